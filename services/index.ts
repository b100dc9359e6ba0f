/** Microsoft 365 over HTTP: batches, quotas, retries, paging, errors. Imports nothing of the project. */
import type { AzureDevOpsOptions } from "./clients/azure-devops-client.ts";
import type { GitHubClient, GitHubOptions } from "./clients/github-client.ts";
import type { GitLabOptions } from "./clients/gitlab-client.ts";
import type { IssueBoard, PullRequests } from "./clients/platform-requests.ts";
import type { ServiceTimeOptions } from "./service-time.ts";
import type { Microsoft365, Microsoft365Options } from "./transport/types.ts";

export { microsoftEndpoints } from "./transport/endpoints.ts";
export { GraphRequestError, isRequestError } from "./transport/errors.ts";
export type { FailureCode } from "./transport/errors.ts";
export type * from "./transport/relations.ts";
export type * from "./transport/types.ts";
export { odata } from "./transport/paths.ts";
export { toHar } from "./transport/har.ts";
export type { Har, HarEntry } from "./transport/har.ts";
export { Gate } from "./transport/semaphore.ts";

/** See service-time.ts. Who knows the time by other means never loads the HTTP libraries. */
export const serviceTime = async (asked: ServiceTimeOptions): Promise<Date | undefined> =>
  await (await import("./service-time.ts")).serviceTime(asked);

/** Everything of one tenant, for one application. A plan that reads no tenant never loads the HTTP libraries. */
export const openMicrosoft365 = async (options: Microsoft365Options): Promise<Microsoft365> =>
  (await import("./microsoft365.ts")).createMicrosoft365(options);

/** See clients/github-client.ts. */
export const createGitHub = async (options: GitHubOptions): Promise<GitHubClient> =>
  (await import("./clients/github-client.ts")).createGitHubClient(options);

/** See clients/gitlab-client.ts. */
export const createGitLab = async (options: GitLabOptions): Promise<PullRequests & IssueBoard> =>
  (await import("./clients/gitlab-client.ts")).createGitLabClient(options);

/** See clients/azure-devops-client.ts. */
export const createAzureDevOps = async (options: AzureDevOpsOptions): Promise<PullRequests> =>
  (await import("./clients/azure-devops-client.ts")).createAzureDevOpsClient(options);
