/**
 * GitHub from inside a workflow run: where it is and who we are follows from the run's environment. The token comes from
 * there alone, and is never written anywhere.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables (not read anew on 2026-11-27)
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { createGitHub } from "../../services/index.ts";
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

/** Whose token a workflow has unless it makes one of an app of its own. Nobody else can have a name with brackets. */
const DEFAULT_SELF = "github-actions[bot]";

const event = z.object({ pull_request: z.object({ number: z.int() }).optional() });

/** @throws ExpectedError `no-platform` where the run has no token, or is none of GitHub's */
export async function gitHubPlatform(
  environment: Environment,
  signal: AbortSignal,
): Promise<Platform> {
  const {
    GITHUB_TOKEN: token,
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: apiUrl,
  } = environment;
  if (!given(token) || repository === undefined || !isSafeUrl(apiUrl)) {
    throw noPlatform("GITHUB_TOKEN in a workflow of GitHub");
  }
  const self = environment.TENANTRY_GITHUB_LOGIN ?? DEFAULT_SELF;
  const client = await createGitHub({ apiUrl, repository, token, self, signal });
  const gitHub = <T>(request: Promise<T>): Promise<T> => told("GitHub", request);
  const pullRequest = await pullRequestOf(environment);
  return {
    pullRequest,
    comment: (number, body) => gitHub(client.putComment(number, { mark: COMMENT_MARK, body })),
    check: (check) => gitHub(client.putCheck(check)),
    pullRequestsOf: (commit) => gitHub(client.pullRequestsOf(commit)),
    issues: {
      open: (stack, issue) => gitHub(client.openIssue({ mark: issueMark(stack), ...issue })),
      close: (stack, why) => gitHub(client.closeIssue(issueMark(stack), why)),
    },
    close: () => client.close(),
  };
}

async function pullRequestOf({
  GITHUB_EVENT_PATH: path,
}: Environment): Promise<number | undefined> {
  if (path === undefined) return undefined;
  return event.parse(JSON.parse(await readFile(path, "utf8"))).pull_request?.number;
}
