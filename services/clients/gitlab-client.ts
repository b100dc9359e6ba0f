/**
 * GitLab's REST interface, as far as a pipeline needs it: one note on a merge request that is kept up to date, and issues.
 * @see doc/api/notes.md of gitlabhq/gitlabhq (a stored version of 2024, read 2026-11-28: a note has `body`, `author`, up to
 * 1,000,000 characters; PUT changes it). Issues, the merge requests of a commit and GET /user are as their pages say, which
 * were not read anew. A job's own token may not comment (gitlab-org/gitlab#464591, read 2026-11-28).
 */
import { PAGE, platformRequests } from "./platform-requests.ts";
import type { IssueBoard, PullRequests } from "./platform-requests.ts";

export interface GitLabOptions {
  /** Such as https://gitlab.com/api/v4. */
  readonly apiUrl: string;
  /** Id of the project. */
  readonly project: string;
  /** Of a project or a person, with the scope `api`. */
  readonly token: string;
  readonly signal: AbortSignal;
}

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly username: string };
}

interface Issue {
  readonly iid: number;
  readonly description: string | null;
  readonly author: { readonly username: string };
}

export function createGitLabClient({
  apiUrl,
  project,
  token,
  signal,
}: GitLabOptions): PullRequests & IssueBoard {
  const headers = { "private-token": token };
  const { call, find, close } = platformRequests({ apiUrl, headers, signal });
  const base = `/projects/${encodeURIComponent(project)}`;
  let known: string | undefined;
  const self = async (): Promise<string> => {
    const user = known ?? (await call({ method: "GET", path: "/user" }));
    known = typeof user === "string" ? user : (user as { readonly username: string }).username;
    return known;
  };
  const findIssue = async (mark: string): Promise<Issue | undefined> => {
    const me = await self();
    const path = `${base}/issues?state=opened&scope=all&author_username=${encodeURIComponent(me)}`;
    return await find<Issue>(
      path,
      ({ author, description }) => author.username === me && (description ?? "").startsWith(mark),
    );
  };
  return {
    async putComment(mergeRequest, { mark, body }) {
      const me = await self();
      const path = `${base}/merge_requests/${mergeRequest}/notes`;
      const own = await find<Note>(
        `${path}?sort=asc`,
        (note) => note.author.username === me && note.body.startsWith(mark),
      );
      const text = `${mark}\n${body}`;
      if (own === undefined) await call({ method: "POST", path, body: { body: text } });
      else if (own.body !== text) {
        await call({ method: "PUT", path: `${path}/${own.id}`, body: { body: text } });
      }
    },
    async pullRequestsOf(commit) {
      const path = `${base}/repository/commits/${commit}/merge_requests?per_page=${PAGE}`;
      const found = (await call({ method: "GET", path })) as readonly { readonly iid: number }[];
      return found.map(({ iid }) => iid);
    },
    async openIssue({ mark, title, body }) {
      const own = await findIssue(mark);
      const text = `${mark}\n${body}`;
      const issue = { title, description: text };
      if (own === undefined) await call({ method: "POST", path: `${base}/issues`, body: issue });
      else if (own.description !== text) {
        await call({ method: "PUT", path: `${base}/issues/${own.iid}`, body: issue });
      }
    },
    async closeIssue(mark, why) {
      const own = await findIssue(mark);
      if (own === undefined) return;
      const path = `${base}/issues/${own.iid}`;
      await call({ method: "POST", path: `${path}/notes`, body: { body: why } });
      await call({ method: "PUT", path, body: { state_event: "close" } });
    },
    close,
  };
}
