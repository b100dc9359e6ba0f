/** What a run found, told where the pull request is. */
import type {
  AppliedChanges,
  Check,
  Issues,
  Platform,
  WatchedTenant,
} from "../operations/index.ts";
import { escapeMarkdown } from "../views/index.ts";
import { saidAt } from "./output/annotations.ts";
import { reportComment } from "./output/ci-comment.ts";
import { isFailed, OUTCOME_WORDS } from "./output/ci-report.ts";
import type { CiReport, TenantReport } from "./output/ci-report.ts";
import { historyTexts } from "./output/history-text.ts";
import { standing } from "./output/watch-lines.ts";
import { isFinding } from "./watch-exit.ts";

/**
 * The check that always reports, whatever is touched: the only one that merging may depend on. Those of the tenants stand
 * under it, as `tenantry/contoso`.
 */
const CHECK = "tenantry";
const MOST_DRIFT_LINES = 50;

export async function publishChange(
  platform: Platform,
  report: CiReport,
  head: string,
): Promise<void> {
  await platform.check(wholeCheck(report, head));
  for (const tenant of report.tenants) await platform.check(tenantCheck(tenant, head));
  const { pullRequest } = platform;
  if (pullRequest !== undefined) await platform.comment(pullRequest, reportComment(report));
}

/** Each pull request hears of the tenants that it touched: also the one whose change another brought along. */
export async function publishApply(
  platform: Platform,
  report: CiReport,
  { commit, tenants }: AppliedChanges,
): Promise<void> {
  const moved = report.tenants.filter(({ outcome }) => outcome !== "unchanged");
  await platform.check(wholeCheck(report, commit));
  for (const tenant of moved) await platform.check(tenantCheck(tenant, commit));
  const told = new Map<number, Set<string>>();
  for (const { stack, applied, newest } of tenants) {
    const commits = applied.flatMap((step) => [step.commit, ...step.contains]);
    for (const one of new Set([...commits, ...(newest === undefined ? [] : [newest])])) {
      for (const number of await platform.pullRequestsOf(one)) {
        told.set(number, (told.get(number) ?? new Set()).add(stack));
      }
    }
  }
  for (const [number, stacks] of told) {
    const own = { ...report, tenants: moved.filter(({ stack }) => stacks.has(stack)) };
    if (own.tenants.length > 0) await platform.comment(number, reportComment(own));
  }
}

/** An issue is closed by a look that found nothing, and never because nobody could look. */
export async function publishDrift(
  issues: Issues,
  watched: readonly WatchedTenant[],
): Promise<void> {
  for (const one of watched) {
    if (isFine(one)) await issues.close(one.stack, "Looked at again: it is as its file says.");
    else await issues.open(one.stack, driftIssue(one));
  }
}

const isFine = ({ status, hasFolder }: WatchedTenant): boolean =>
  hasFolder && status !== undefined && !isFinding(status);

/** Names of objects and properties; values are in `tenantry status`, for who may see the tenant. */
function driftIssue(one: WatchedTenant): { readonly title: string; readonly body: string } {
  const drift = one.status?.drift ?? [];
  const lines = drift.slice(0, MOST_DRIFT_LINES).map((found) => {
    const { name, kind, properties } = found;
    const history = historyTexts(found).map((text) => ` (${escapeMarkdown(text)})`);
    const what = kind === "gone" ? "gone" : properties.map(({ path }) => path).join(", ");
    return `- ${escapeMarkdown(name)}: ${escapeMarkdown(what)}${history.join("")}`;
  });
  const more = drift.length - lines.length;
  return {
    title:
      drift.length > 0
        ? `${one.stack} differs from its file`
        : `${one.stack} needs to be looked at`,
    body: [
      ...standing(one).map(escapeMarkdown),
      "",
      ...lines,
      ...(more > 0 ? [`- and ${more} more`] : []),
      "",
      `\`tenantry status ${one.stack}\` shows what differs, and the ways on.`,
    ].join("\n"),
  };
}

function wholeCheck(report: CiReport, head: string): Check {
  const { failure, tenants, notes, title } = report;
  const said = failure?.message ?? (tenants.length === 0 ? notes.join(" ") : title);
  return {
    ...{ name: CHECK, head, title: said === "" ? title : said, annotations: [] },
    conclusion: isFailed(report) ? "failure" : "success",
    summary: reportComment({
      ...report,
      tenants: tenants.map((one) => ({ ...one, plan: undefined })),
    }),
  };
}

function tenantCheck(tenant: TenantReport, head: string): Check {
  const { stack, outcome, counts, problems } = tenant;
  const isBad = isFailed({ failure: undefined, tenants: [tenant] });
  return {
    ...{ name: `${CHECK}/${stack}`, head },
    conclusion: isBad ? "failure" : outcome === "waiting" ? "neutral" : "success",
    title: [OUTCOME_WORDS[outcome], counts].filter((part) => part !== "").join("; "),
    summary: reportComment({ title: stack, notes: [], failure: undefined, tenants: [tenant] }),
    annotations: problems.map((problem) => ({
      ...{ path: problem.file, line: problem.line, message: saidAt(problem) },
      level: problem.level === "error" ? "failure" : "warning",
    })),
  };
}
