/** What every step of `tenantry ci` can be told. */
import { z } from "zod";
import { file, flag, text, wholeNumber } from "./shared-words.ts";

const MOST_MINUTES = 24 * 60;

export const ciOptions = z.strictObject({
  base: text.optional().meta({
    value: "branch",
    description: "branch of origin that changes are merged into (default: its default branch)",
  }),
  head: text
    .optional()
    .meta({ value: "commit", description: "newest commit of the pull request, for plan" }),
  result: file.optional().describe("what plan printed with --json, for wait"),
  publish: flag.describe(
    "tell the platform: a comment on the pull request; checks on GitHub; an issue for each tenant that drifted on GitHub and GitLab; takes GITHUB_TOKEN, TENANTRY_GITLAB_TOKEN or SYSTEM_ACCESSTOKEN",
  ),
  minutes: wholeNumber(MOST_MINUTES).default(0).describe("how long wait may take"),
});

export type CiOptions = z.output<typeof ciOptions>;
