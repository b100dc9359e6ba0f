/** What `tenantry ci` does, step by step: an operation, and its result in the forms that a pipeline takes. */
import { appendFile, readFile } from "node:fs/promises";
import { z } from "zod";
import { ExpectedError } from "../core/expected-error.ts";
import {
  applyMerged,
  openPlatform,
  planChange,
  waitForApprovals,
  watchTenants,
} from "../operations/index.ts";
import type { Platform, WatchedTenant } from "../operations/index.ts";
import { publishApply, publishChange, publishDrift } from "./ci-publish.ts";
import type { CiOptions } from "./ci-options.ts";
import type { CommandContext, Outcome } from "./command.ts";
import { EXIT } from "./exit-codes.ts";
import { annotationLines } from "./output/annotations.ts";
import { reportComment } from "./output/ci-comment.ts";
import { applyReport, changeReport, exitOf, reportJson, waitReport } from "./output/ci-report.ts";
import type { CiReport } from "./output/ci-report.ts";
import { reportText, withoutCommands } from "./output/ci-text.ts";
import { writeNewestPages } from "./output/pages.ts";
import { watchLines, watchedJson } from "./output/watch-lines.ts";
import { tenantName } from "./shared-words.ts";
import { exitOfAll } from "./watch-exit.ts";

/** How often the record is looked at while approvals are waited for. */
const LOOK_EVERY_MS = 5_000;

export async function planStep(
  context: CommandContext,
  { base, head, publish }: CiOptions,
): Promise<Outcome> {
  if (head === undefined) throw missing("--head <commit>", "the newest commit of the pull request");
  const operation = await context.operation();
  const change = await planChange(operation, { base, head });
  for (const { planned } of change.tenants) {
    if (planned !== undefined) await writeNewestPages(operation, planned);
  }
  const report = changeReport(change);
  const problems = report.tenants.flatMap((tenant) => tenant.problems);
  for (const line of annotationLines(problems, process.env)) context.terminal.note(line);
  await summarize(reportComment(report));
  if (publish) await withPlatform(context, (at) => publishChange(at, report, change.head));
  return {
    exitCode: exitOf(report, { whenWaiting: EXIT.done }),
    text: reportText(report),
    json: { base: change.base, head: change.head, shared: change.shared, ...reportJson(report) },
  };
}

/** What `plan` prints, as far as `wait` needs it. */
const planResult = z.object({
  tenants: z.array(
    z.object({ tenant: tenantName, outcome: z.string(), digest: z.string().optional() }),
  ),
});

export async function waitStep(
  context: CommandContext,
  { result, minutes }: CiOptions,
): Promise<Outcome> {
  if (result === undefined) throw missing("--result <file>", "what plan printed with --json");
  const { tenants } = readResult(await readFile(result, "utf8"), result);
  const awaited = await waitForApprovals(await context.operation(), {
    plans: tenants.flatMap(({ tenant: stack, digest }) =>
      digest === undefined ? [] : [{ stack, digest }],
    ),
    ...{ mostMs: minutes * 60_000, everyMs: LOOK_EVERY_MS },
  });
  return outcomeOf(waitReport(awaited), {});
}

function readResult(content: string, path: string): z.output<typeof planResult> {
  try {
    return planResult.parse(JSON.parse(content));
  } catch (cause) {
    if (!(cause instanceof z.ZodError || cause instanceof SyntaxError)) throw cause;
    throw new ExpectedError("invalid-option", `${path} is not what plan printed with --json.`, {
      hint: "Keep what the plan prints with --json in a file, and name that.",
      cause,
    });
  }
}

export async function applyStep(
  context: CommandContext,
  { base, publish }: CiOptions,
  tenants: readonly string[],
): Promise<Outcome> {
  const applied = await applyMerged(await context.operation(), { base, tenants });
  const report = applyReport(applied);
  await summarize(reportComment(report));
  if (publish) await withPlatform(context, (at) => publishApply(at, report, applied));
  return outcomeOf(report, { commit: applied.commit });
}

export async function driftStep(context: CommandContext, { publish }: CiOptions): Promise<Outcome> {
  const look = async (): Promise<readonly WatchedTenant[]> =>
    await watchTenants(await context.operation(), { tenant: undefined, look: true });
  const watched = publish
    ? await withPlatform(context, async ({ issues }) => {
        // Before the look, which takes minutes.
        if (issues === undefined) throw withoutIssues();
        const found = await look();
        await publishDrift(issues, found);
        return found;
      })
    : await look();
  return {
    exitCode: exitOfAll(watched, { exitCode: true }),
    text: watchLines(watched).map(withoutCommands).join("\n"),
    json: { tenants: watchedJson(watched) },
  };
}

const withoutIssues = (): ExpectedError =>
  new ExpectedError("no-platform", "This platform has no issues that a job may write.", {
    hint: "Leave --publish out: the job's result says that there is drift, and its log what.",
  });

async function withPlatform<T>(
  { signal }: CommandContext,
  use: (platform: Platform) => Promise<T>,
): Promise<T> {
  const platform = await openPlatform(process.env, signal);
  try {
    return await use(platform);
  } finally {
    await platform.close();
  }
}

const outcomeOf = (report: CiReport, more: object): Outcome => ({
  exitCode: exitOf(report, { whenWaiting: EXIT.notApproved }),
  text: reportText(report),
  json: { ...more, ...reportJson(report) },
});

/** On the page of the run, where the platform has one for Markdown (GitHub). */
async function summarize(markdown: string): Promise<void> {
  const { GITHUB_STEP_SUMMARY: path } = process.env;
  if (path !== undefined) await appendFile(path, markdown);
}

const missing = (what: string, meaning: string): ExpectedError =>
  new ExpectedError("invalid-option", `Missing option ${what}.`, {
    hint: `Add ${what}: ${meaning}.`,
  });
