/**
 * GitHub from inside a workflow run: where it is and who we are follows from the run's environment. The token comes from
 * there alone, and is never written anywhere.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables (not read anew on 2026-11-27)
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { createGitHub } from "../../services/index.ts";
import type { Platform } from "../ci/platform.ts";
import type { Environment } from "./platform-authors.ts";

/** A comment starts with it; shown to nobody. */
const COMMENT_MARK = "<!-- tenantry:change -->";
const issueMark = (stack: string): string => `<!-- tenantry:drift:${stack} -->`;

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
  const isSafe =
    apiUrl?.startsWith("https://") === true || apiUrl?.startsWith("http://127.0.0.1:") === true;
  if (
    token === undefined ||
    token === "" ||
    repository === undefined ||
    apiUrl === undefined ||
    !isSafe
  ) {
    throw new ExpectedError("no-platform", "There is no platform here to tell the result.", {
      hint: "Leave --publish out, or give the step GITHUB_TOKEN in a workflow of GitHub (docs/pipelines.md).",
    });
  }
  const self = environment.TENANTRY_GITHUB_LOGIN ?? DEFAULT_SELF;
  const client = await createGitHub({ apiUrl, repository, token, self, signal });
  const pullRequest = await pullRequestOf(environment);
  return {
    pullRequest,
    comment: (number, body) => told(client.putComment(number, { mark: COMMENT_MARK, body })),
    check: (check) => told(client.putCheck(check)),
    pullRequestsOf: (commit) => told(client.pullRequestsOf(commit)),
    openIssue: (stack, issue) => told(client.openIssue({ mark: issueMark(stack), ...issue })),
    closeIssue: (stack, why) => told(client.closeIssue(issueMark(stack), why)),
    close: () => client.close(),
  };
}

async function pullRequestOf({
  GITHUB_EVENT_PATH: path,
}: Environment): Promise<number | undefined> {
  if (path === undefined) return undefined;
  return event.parse(JSON.parse(await readFile(path, "utf8"))).pull_request?.number;
}

/** Names the operation, which is all that a log may hold of a request. */
async function told<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { operation, status } = error;
    throw new ExpectedError(
      "platform-refused",
      `GitHub did not take ${operation}: ${status ?? "no answer"}.`,
      {
        hint: "For 403 and 404, give the job the permissions that docs/pipelines.md lists. Everything else was done: run the step again.",
        cause: error,
      },
    );
  }
}

const isRefusal = (
  error: unknown,
): error is Error & { operation: string; status: number | undefined } =>
  error instanceof Error && "operation" in error && "status" in error;
