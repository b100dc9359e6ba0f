/**
 * GitHub's REST interface, as far as a pipeline needs it: one comment on a pull request that is kept up to date, check
 * runs, and issues.
 * @see @octokit/openapi 23.0.2 (api.github.com.json, read 2026-11-27); limits and retries:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, not read anew
 */
import { PAGE, platformRequests } from "./platform-requests.ts";
import type { IssueBoard, PullRequests } from "./platform-requests.ts";

const API_VERSION = "2022-11-28";
const MOST_ANNOTATIONS = 50;

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

export interface GitHubClient extends PullRequests, IssueBoard {
  putCheck(check: GitHubCheck): Promise<void>;
}

interface Written {
  readonly id: number;
  readonly number?: number;
  readonly body?: string | null;
  readonly user: { readonly login: string } | null;
}

export function createGitHubClient(options: GitHubOptions): GitHubClient {
  const { apiUrl, repository, self, token, signal } = options;
  const { call, find, close } = platformRequests({
    ...{ apiUrl, signal },
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": API_VERSION,
    },
  });
  const repo = `/repos/${repository}`;
  const findOwn = (path: string, mark: string): Promise<Written | undefined> =>
    find<Written>(path, ({ user, body }) => user?.login === self && (body ?? "").startsWith(mark));
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
    close,
  };
}
