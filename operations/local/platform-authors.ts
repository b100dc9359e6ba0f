/**
 * Who opened or pushed the change by the platform on which CI runs. What it says counts beside the commits, never
 * instead of them: an author chooses the name in a commit, and not the account that they push with.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A run that nobody's change started (by hand, by the clock) says nothing about its author.
 * Sources (checked 2026-11-27): docs.gitlab.com/ci/variables/predefined_variables,
 * learn.microsoft.com/azure/devops/pipelines/build/variables.
 */
const PLATFORMS = [
  {
    startedBy: "CI_PIPELINE_SOURCE",
    changes: ["push", "merge_request_event"],
    email: "GITLAB_USER_EMAIL",
  },
  {
    startedBy: "BUILD_REASON",
    changes: ["PullRequest", "IndividualCI", "BatchedCI"],
    email: "BUILD_REQUESTEDFOREMAIL",
  },
] as const;

const account = z.object({ login: z.string() }).optional();

/** Webhook payloads `push` and `pull_request` (docs.github.com/webhooks/webhook-events-and-payloads, checked 2026-11-27). */
const gitHubEvent = z.object({
  pull_request: z.object({ user: account }).optional(),
  pusher: z.object({ email: z.string().nullish() }).optional(),
  sender: account,
});

const GITHUB_CHANGES = ["push", "pull_request", "pull_request_target", "merge_group"];

/** @returns addresses; GitHub's accounts by the address that GitHub gives each of them. Empty outside CI. */
export async function platformAuthors(environment: Environment): Promise<string[]> {
  const named = PLATFORMS.flatMap(({ startedBy, changes, email }) =>
    changes.some((one) => one === environment[startedBy]) ? [environment[email] ?? ""] : [],
  );
  return [...named, ...(await onGitHub(environment))].filter((email) => email.includes("@"));
}

async function onGitHub(environment: Environment): Promise<string[]> {
  const { GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path } = environment;
  if (path === undefined || !GITHUB_CHANGES.includes(name)) return [];
  const { pull_request, pusher, sender } = gitHubEvent.parse(
    JSON.parse(await readFile(path, "utf8")),
  );
  const logins = [pull_request?.user, sender].flatMap((one) => one?.login ?? []);
  return [pusher?.email ?? "", ...logins.map((login) => `${login}@users.noreply.github.com`)];
}
