/**
 * GitHub's REST interface, as far as a pipeline needs it: one comment on a pull request that is kept up to date, check
 * runs, and issues. Only what our own account wrote is ever changed: whoever can comment can write our marks.
 * @see @octokit/openapi 23.0.2 (api.github.com.json, read 2026-11-27); limits and retries:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, not read anew
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Dispatcher } from "undici";
import {
  connectionFailure,
  createDispatcher,
  fetchOnce,
  isLoopback,
  readAnswer,
} from "../transport/http.ts";
import type { WireAnswer } from "../transport/http.ts";

const API_VERSION = "2022-11-28";
const PAGE = 100;
const MOST_PAGES = 50;
const MOST_ANNOTATIONS = 50;
const TRIES = 4;
const LONGEST_WAIT_MS = 60_000;

export interface GitHubOptions {
  /** Without a slash at the end, such as https://api.github.com. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  /** Login of the account that the token is of. */
  readonly self: string;
  readonly signal: AbortSignal;
}

export interface GitHubCheck {
  readonly name: string;
  /** Commit. */
  readonly head: string;
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly GitHubAnnotation[];
}

export interface GitHubAnnotation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly level: "warning" | "failure";
  readonly message: string;
}

export interface GitHubClient {
  /** Writes the comment that bears the mark, or the first one. */
  putComment(
    pullRequest: number,
    comment: { readonly mark: string; readonly body: string },
  ): Promise<void>;
  putCheck(check: GitHubCheck): Promise<void>;
  /** Numbers of the pull requests that brought a commit. */
  pullRequestsOf(commit: string): Promise<readonly number[]>;
  /** Opens the issue that bears the mark, or brings it up to date. */
  openIssue(issue: {
    readonly mark: string;
    readonly title: string;
    readonly body: string;
  }): Promise<void>;
  /** Closes it where it is open. */
  closeIssue(mark: string, why: string): Promise<void>;
  close(): Promise<void>;
}

/** GitHub answered, and not with what was asked for. */
export class GitHubRefusal extends Error {
  readonly operation: string;
  /** Undefined: there was no answer. */
  readonly status: number | undefined;

  constructor(operation: string, status: number | undefined, cause?: unknown) {
    super(`${operation}: ${status ?? "no answer"}`, { cause });
    this.operation = operation;
    this.status = status;
  }
}

interface Call {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  readonly body?: object;
}

interface Written {
  readonly id: number;
  readonly number?: number;
  readonly body?: string | null;
  readonly user: { readonly login: string } | null;
}

export function createGitHubClient(options: GitHubOptions): GitHubClient {
  const { apiUrl, repository, self } = options;
  const dispatcher = createDispatcher(undefined, { direct: isLoopback(apiUrl) });
  const repo = `/repos/${repository}`;
  const call = async (asked: Call): Promise<unknown> => await send(options, dispatcher, asked);
  const findOwn = async (path: string, mark: string): Promise<Written | undefined> => {
    for (let page = 1; page <= MOST_PAGES; page++) {
      const separator = path.includes("?") ? "&" : "?";
      const asked = `${path}${separator}per_page=${PAGE}&page=${page}`;
      const found = (await call({ method: "GET", path: asked })) as readonly Written[];
      const own = found.find(
        ({ user, body }) => user?.login === self && (body ?? "").startsWith(mark),
      );
      if (own !== undefined || found.length < PAGE) return own;
    }
    return undefined;
  };
  const findIssue = (mark: string): Promise<Written | undefined> =>
    findOwn(`${repo}/issues?state=open&creator=${encodeURIComponent(self)}`, mark);
  return {
    async putComment(pullRequest, { mark, body }) {
      const path = `${repo}/issues/${pullRequest}/comments`;
      const own = await findOwn(path, mark);
      const text = `${mark}\n${body}`;
      if (own === undefined) await call({ method: "POST", path, body: { body: text } });
      else if (own.body !== text) {
        await call({
          ...{ method: "PATCH", path: `${repo}/issues/comments/${own.id}` },
          body: { body: text },
        });
      }
    },
    async putCheck({ name, head, conclusion, title, summary, annotations }) {
      const shown = annotations.slice(0, MOST_ANNOTATIONS);
      const body = {
        ...{ name, head_sha: head, status: "completed", conclusion },
        output: {
          ...{ title, summary },
          annotations: shown.map(({ path, line, level, message }) => ({
            ...{ path, start_line: line, end_line: line, annotation_level: level, message },
          })),
        },
      };
      await call({ method: "POST", path: `${repo}/check-runs`, body });
    },
    async pullRequestsOf(commit) {
      const path = `${repo}/commits/${commit}/pulls?per_page=${PAGE}`;
      const found = (await call({ method: "GET", path })) as readonly { readonly number: number }[];
      return found.map(({ number }) => number);
    },
    async openIssue({ mark, title, body }) {
      const own = await findIssue(mark);
      const text = `${mark}\n${body}`;
      if (own === undefined) {
        await call({ method: "POST", path: `${repo}/issues`, body: { title, body: text } });
      } else if (own.body !== text) {
        const path = `${repo}/issues/${own.number}`;
        await call({ method: "PATCH", path, body: { title, body: text } });
      }
    },
    async closeIssue(mark, why) {
      const own = await findIssue(mark);
      if (own === undefined) return;
      const path = `${repo}/issues/${own.number}`;
      await call({ method: "POST", path: `${path}/comments`, body: { body: why } });
      const body = { state: "closed", state_reason: "completed" };
      await call({ method: "PATCH", path, body });
    },
    close: () => dispatcher.destroy(),
  };
}

/** What may be sent again does not happen twice: reads, changes to a value, and what was refused before it was done. */
async function send(
  { apiUrl, token, signal }: GitHubOptions,
  dispatcher: Dispatcher,
  { method, path, body }: Call,
): Promise<unknown> {
  const operation = `${method} ${path.split("?")[0] ?? ""}`;
  for (let tries = 1; ; tries++) {
    try {
      const answer = await readAnswer(
        await fetchOnce(dispatcher, {
          method,
          ...{ url: `${apiUrl}${path}`, signal },
          headers: {
            accept: "application/vnd.github+json",
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            "user-agent": "tenantry",
            "x-github-api-version": API_VERSION,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      const wait = waitAfter(answer, method);
      if (wait === undefined || tries === TRIES) throw new GitHubRefusal(operation, answer.status);
      await pause(Math.max(wait, 1000 * (tries - 1)), undefined, { signal });
    } catch (error) {
      const failure = connectionFailure(error);
      if (failure === undefined) throw error;
      const isSafe = method !== "POST" || failure.kind === "not-sent";
      if (!isSafe || failure.kind === "refused" || tries === TRIES) {
        throw new GitHubRefusal(operation, undefined, error);
      }
      await pause(1000 * tries, undefined, { signal });
    }
  }
}

/** Milliseconds; undefined: not again. A limit is told by 429, or by 403 with one of two headers. */
function waitAfter({ status, headers }: WireAnswer, method: Call["method"]): number | undefined {
  const { "retry-after": after, "x-ratelimit-remaining": remaining } = headers;
  const isLimit = status === 429 || (status === 403 && (after !== undefined || remaining === "0"));
  const isPassing = status === 503 || (method !== "POST" && [500, 502, 504].includes(status));
  if (!isLimit && !isPassing) return undefined;
  const wait = after === undefined ? 0 : Number(after) * 1000;
  return wait > LONGEST_WAIT_MS || Number.isNaN(wait) ? undefined : wait;
}
