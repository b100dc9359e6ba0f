/**
 * Azure Repos from inside a job. Drift has no issue there: a work item needs a type that depends on the project's process,
 * and rights that a job does not have; the job's result says it.
 * @see https://learn.microsoft.com/azure/devops/pipelines/build/variables (not read anew on 2026-11-28)
 */
import { createAzureDevOps } from "../../services/index.ts";
import type { Platform } from "../ci/platform.ts";
import type { Environment } from "./platform-authors.ts";
import { COMMENT_MARK, given, isSafeUrl, noPlatform, told } from "./platform-refusals.ts";

/** @throws ExpectedError `no-platform` where the job was given no token, or the repository is on another platform */
export async function azureDevOpsPlatform(
  environment: Environment,
  signal: AbortSignal,
): Promise<Platform> {
  const {
    SYSTEM_ACCESSTOKEN: token,
    SYSTEM_COLLECTIONURI: collection,
    SYSTEM_TEAMPROJECTID: project,
    BUILD_REPOSITORY_ID: repository,
    BUILD_REPOSITORY_PROVIDER: provider,
    SYSTEM_PULLREQUEST_PULLREQUESTID: pullRequest,
  } = environment;
  const isKnown = given(token) && project !== undefined && repository !== undefined;
  if (!isKnown || !isSafeUrl(collection) || provider !== "TfsGit") {
    throw noPlatform("SYSTEM_ACCESSTOKEN in a pipeline of a repository in Azure Repos");
  }
  const apiUrl = collection.replace(/\/+$/, "");
  const client = await createAzureDevOps({ apiUrl, project, repository, token, signal });
  const azure = <T>(request: Promise<T>): Promise<T> => told("Azure DevOps", request);
  return {
    pullRequest: given(pullRequest) ? Number(pullRequest) : undefined,
    comment: (number, body) => azure(client.putComment(number, { mark: COMMENT_MARK, body })),
    // A pull request shows its builds, and what they end with.
    check: () => Promise.resolve(),
    pullRequestsOf: (commit) => azure(client.pullRequestsOf(commit)),
    issues: undefined,
    close: () => client.close(),
  };
}
