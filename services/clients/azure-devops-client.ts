/**
 * The REST interface of Azure Repos, as far as a pipeline needs it: one comment on a pull request that is kept up to date.
 * @see specification/git/7.2/git.json of MicrosoftDocs/vsts-rest-api-specs (2026-05-12, read 2026-11-28); that
 * `_apis/connectionData` says whose token it is, from azure-devops-node-api 17.0.1, and is in no description
 */
import { platformRequests } from "./platform-requests.ts";
import type { PullRequests } from "./platform-requests.ts";

const VERSION = "api-version=7.1";

export interface AzureDevOpsOptions {
  /** Without a slash at the end, such as https://dev.azure.com/voorbeeld. */
  readonly apiUrl: string;
  /** Ids or names. */
  readonly project: string;
  readonly repository: string;
  /** `System.AccessToken` of a job. */
  readonly token: string;
  readonly signal: AbortSignal;
}

interface Thread {
  readonly id: number;
  readonly comments?: readonly {
    readonly id: number;
    readonly content?: string;
    readonly author?: { readonly id?: string };
  }[];
}

interface QueryAnswer {
  /** Pull requests by commit, one for each query. */
  readonly results?: readonly Readonly<
    Record<string, readonly { readonly pullRequestId: number }[]>
  >[];
}

export function createAzureDevOpsClient({
  apiUrl,
  project,
  repository,
  token,
  signal,
}: AzureDevOpsOptions): PullRequests {
  const headers = { authorization: `Bearer ${token}` };
  const { call, close } = platformRequests({ apiUrl, headers, signal });
  const base = `/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}`;
  return {
    async putComment(pullRequest, { mark, body }) {
      const me = (await call({ method: "GET", path: "/_apis/connectionData" })) as {
        readonly authenticatedUser: { readonly id: string };
      };
      const path = `${base}/pullRequests/${pullRequest}/threads`;
      const all = (await call({ method: "GET", path: `${path}?${VERSION}` })) as {
        readonly value: readonly Thread[];
      };
      const own = all.value.flatMap(({ id: thread, comments = [] }) =>
        comments
          .filter(({ author }) => author?.id === me.authenticatedUser.id)
          .filter(({ content = "" }) => content.startsWith(mark))
          .map((comment) => ({ ...comment, thread })),
      )[0];
      const content = `${mark}\n${body}`;
      if (own === undefined) {
        const comments = [{ parentCommentId: 0, content, commentType: "text" }];
        // A policy may ask that no thread is left open before a merge.
        const thread = { comments, status: "closed" };
        await call({ method: "POST", path: `${path}?${VERSION}`, body: thread });
      } else if (own.content !== content) {
        const at = `${path}/${own.thread}/comments/${own.id}?${VERSION}`;
        await call({ method: "PATCH", path: at, body: { content } });
      }
    },
    async pullRequestsOf(commit) {
      const types = ["lastMergeCommit", "commit"];
      const queries = types.map((type) => ({ type, items: [commit] }));
      const path = `${base}/pullrequestquery?${VERSION}`;
      const { results = [] } = (await call({
        ...{ method: "POST", path },
        body: { queries },
      })) as QueryAnswer;
      const found = results.flatMap((one) => Object.values(one).flat());
      return [...new Set(found.map(({ pullRequestId }) => pullRequestId))];
    },
    close,
  };
}
