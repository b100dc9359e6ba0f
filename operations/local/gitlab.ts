/**
 * GitLab from inside a job. Its own token may not comment, so that a token of the project is needed.
 * @see docs.gitlab.com/ci/variables/predefined_variables (not read anew on 2026-11-28)
 */
import { createGitLab } from "../../services/index.ts";
import type { Platform } from "../ci/platform.ts";
import type { Environment } from "./platform-authors.ts";
import {
  COMMENT_MARK,
  given,
  isSafeUrl,
  issueMark,
  noPlatform,
  told,
} from "./platform-refusals.ts";

/** @throws ExpectedError `no-platform` where the job was given no token */
export async function gitLabPlatform(
  environment: Environment,
  signal: AbortSignal,
): Promise<Platform> {
  const {
    TENANTRY_GITLAB_TOKEN: token,
    CI_API_V4_URL: apiUrl,
    CI_PROJECT_ID: project,
    CI_MERGE_REQUEST_IID: mergeRequest,
  } = environment;
  if (!given(token) || project === undefined || !isSafeUrl(apiUrl)) {
    throw noPlatform("TENANTRY_GITLAB_TOKEN, a token of the project with the scope api");
  }
  const client = await createGitLab({ apiUrl, project, token, signal });
  const gitLab = <T>(request: Promise<T>): Promise<T> => told("GitLab", request);
  return {
    pullRequest: mergeRequest === undefined ? undefined : Number(mergeRequest),
    comment: (number, body) =>
      gitLab(client.putComment(number, { mark: COMMENT_MARK, body: withoutActions(body) })),
    // A merge request shows its jobs, and what they end with.
    check: () => Promise.resolve(),
    pullRequestsOf: (commit) => gitLab(client.pullRequestsOf(commit)),
    issues: {
      open: (stack, { title, body }) =>
        gitLab(client.openIssue({ mark: issueMark(stack), title, body: withoutActions(body) })),
      close: (stack, why) => gitLab(client.closeIssue(issueMark(stack), why)),
    },
    close: () => client.close(),
  };
}

/** A line that starts with `/merge` would be done, with the rights of the token: text of a tenant file must not. */
const withoutActions = (markdown: string): string => markdown.replaceAll(/^([\t >]*)\//gm, "$1\\/");
