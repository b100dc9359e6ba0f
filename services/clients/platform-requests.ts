/**
 * Requests to the REST interfaces of the platforms where pull requests are, and what all of them can be told. Only what our
 * own account wrote is ever changed: whoever can comment can write our marks.
 */
import { setTimeout as pause } from "node:timers/promises";
import {
  connectionFailure,
  createDispatcher,
  fetchOnce,
  isLoopback,
  readAnswer,
} from "../transport/http.ts";
import type { WireAnswer } from "../transport/http.ts";

export const PAGE = 100;
const MOST_PAGES = 50;
const TRIES = 4;
const LONGEST_WAIT_MS = 60_000;

/** What bears a mark at its start, by which it is found again. */
interface Marked {
  readonly mark: string;
  readonly body: string;
}

export interface PullRequests {
  /** Writes the comment that bears the mark, or the first one. */
  putComment(pullRequest: number, comment: Marked): Promise<void>;
  /** Numbers of the pull requests that brought a commit. */
  pullRequestsOf(commit: string): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface IssueBoard {
  /** Opens the issue that bears the mark, or brings it up to date. */
  openIssue(issue: Marked & { readonly title: string }): Promise<void>;
  /** Closes it where it is open. */
  closeIssue(mark: string, why: string): Promise<void>;
}

/** The platform answered, and not with what was asked for. */
class PlatformRefusal extends Error {
  readonly operation: string;
  /** Undefined: there was no answer. */
  readonly status: number | undefined;

  constructor(operation: string, status: number | undefined, cause?: unknown) {
    super(`${operation}: ${status ?? "no answer"}`, { cause });
    this.operation = operation;
    this.status = status;
  }
}

interface PlatformCall {
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly path: string;
  readonly body?: object;
}

interface PlatformOptions {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface PlatformRequests {
  /** @returns the answer's JSON. @throws PlatformRefusal */
  readonly call: (asked: PlatformCall) => Promise<unknown>;
  /** The first of a list that comes in pages. */
  readonly find: <T>(path: string, isIt: (one: T) => boolean) => Promise<T | undefined>;
  readonly close: () => Promise<void>;
}

export function platformRequests(options: PlatformOptions): PlatformRequests {
  const dispatcher = createDispatcher(undefined, { direct: isLoopback(options.apiUrl) });
  const attempt = async ({ method, path, body }: PlatformCall): Promise<WireAnswer> =>
    await readAnswer(
      await fetchOnce(dispatcher, {
        method,
        ...{ url: `${options.apiUrl}${path}`, signal: options.signal },
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "user-agent": "tenantry",
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const call = async (asked: PlatformCall): Promise<unknown> =>
    await repeated(options.signal, asked, attempt);
  return {
    call,
    async find<T>(path: string, isIt: (one: T) => boolean) {
      for (let page = 1; page <= MOST_PAGES; page++) {
        const separator = path.includes("?") ? "&" : "?";
        const asked = `${path}${separator}per_page=${PAGE}&page=${page}`;
        const found = (await call({ method: "GET", path: asked })) as readonly T[];
        const it = found.find(isIt);
        if (it !== undefined || found.length < PAGE) return it;
      }
      return undefined;
    },
    close: () => dispatcher.destroy(),
  };
}

/** What may be sent again does not happen twice: reads, changes to a value, and what was refused before it was done. */
async function repeated(
  signal: AbortSignal,
  asked: PlatformCall,
  attempt: (asked: PlatformCall) => Promise<WireAnswer>,
): Promise<unknown> {
  const { method, path } = asked;
  const operation = `${method} ${path.split("?")[0] ?? ""}`;
  for (let tries = 1; ; tries++) {
    try {
      const answer = await attempt(asked);
      const { status, body } = answer;
      // Azure DevOps answers 203 and a page to sign in where a token is not good.
      if (status >= 200 && status < 300 && typeof body !== "string") return body;
      const wait = waitAfter(answer, method);
      if (wait === undefined || tries === TRIES) throw new PlatformRefusal(operation, status);
      await pause(Math.max(wait, 1000 * (tries - 1)), undefined, { signal });
    } catch (error) {
      const failure = connectionFailure(error);
      if (failure === undefined) throw error;
      const isSafe = method !== "POST" || failure.kind === "not-sent";
      if (!isSafe || failure.kind === "refused" || tries === TRIES) {
        throw new PlatformRefusal(operation, undefined, error);
      }
      await pause(1000 * tries, undefined, { signal });
    }
  }
}

/** Milliseconds; undefined: not again. A limit is told by 429; at GitHub also by 403 with one of two headers. */
function waitAfter(
  { status, headers }: WireAnswer,
  method: PlatformCall["method"],
): number | undefined {
  const { "retry-after": after, "x-ratelimit-remaining": remaining } = headers;
  const isLimit = status === 429 || (status === 403 && (after !== undefined || remaining === "0"));
  const isPassing = status === 503 || (method !== "POST" && [500, 502, 504].includes(status));
  if (!isLimit && !isPassing) return undefined;
  const wait = after === undefined ? 0 : Number(after) * 1000;
  return wait > LONGEST_WAIT_MS || Number.isNaN(wait) ? undefined : wait;
}
