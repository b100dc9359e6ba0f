/** The platform that this run is on, by what it says of itself in the environment. */
import type { Platform } from "../ci/platform.ts";
import { azureDevOpsPlatform } from "./azure-devops.ts";
import { gitHubPlatform } from "./github.ts";
import { gitLabPlatform } from "./gitlab.ts";
import type { Environment } from "./platform-authors.ts";

/** @throws ExpectedError `no-platform` */
export async function openPlatform(
  environment: Environment,
  signal: AbortSignal,
): Promise<Platform> {
  if (environment.GITLAB_CI === "true") return await gitLabPlatform(environment, signal);
  if (environment.TF_BUILD === "True") return await azureDevOpsPlatform(environment, signal);
  return await gitHubPlatform(environment, signal);
}
