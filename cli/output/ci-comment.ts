/** What a run found as one comment: short enough to be read. */
import { escapeMarkdown } from "../../views/index.ts";
import { OUTCOME_WORDS, isFailed } from "./ci-report.ts";
import type { CiReport, TenantReport } from "./ci-report.ts";

/** GitHub takes 65,536 characters (checked 2026-11). */
const MOST_BYTES = 60_000;
/** About 25 people; the page has everything. */
const PLAN_BYTES = 4_000;
const LEAST_PLAN_BYTES = 700;
const MOST_ROWS = 200;

const SIGNS: Readonly<Record<TenantReport["outcome"], string>> = {
  unchanged: "➖",
  approved: "✅",
  applied: "✅",
  waiting: "⏳",
  locked: "❌",
  invalid: "❌",
  refused: "❌",
};

export function reportComment(report: CiReport): string {
  const { title, notes, failure, tenants } = report;
  const rows = tenants.slice(0, MOST_ROWS);
  const head = [
    `### ${isFailed(report) ? "❌ " : ""}${escapeMarkdown(title)}`,
    "",
    ...notes.flatMap((note) => [escapeMarkdown(note), ""]),
    ...(failure === undefined
      ? []
      : [
          `**${escapeMarkdown(failure.message)}** ${asCode(failure.hint)}`,
          ...failure.details.map((line) => `- ${escapeMarkdown(line)}`),
          "",
        ]),
    ...(rows.length === 0 ? [] : ["| tenant | |", "| --- | --- |", ...rows.map(row)]),
    ...(tenants.length > rows.length ? ["", `And ${tenants.length - rows.length} more.`] : []),
  ].join("\n");
  return `${head}\n${plans(tenants, MOST_BYTES - Buffer.byteLength(head))}`;
}

function row({ stack, outcome, counts, applied, failure }: TenantReport): string {
  const said = [OUTCOME_WORDS[outcome], counts].filter((part) => part !== "").join("; ");
  const steps = applied.map(
    ({ commit, digest, contains }) =>
      `applied \`${digest}\` of ${commit}${contains.length === 0 ? "" : `, which holds ${contains.join(", ")}`}`,
  );
  const why =
    failure === undefined
      ? []
      : [`${escapeMarkdown(failure.message)} ${asCode(failure.hint)}`.replaceAll("\n", " ")];
  const cells = [`${SIGNS[outcome]} ${escapeMarkdown(said)}`, ...steps, ...why].join("<br>");
  return `| ${escapeMarkdown(stack)} | ${cells} |`;
}

/** Command lines of a hint stand in backticks, and stay so. */
const asCode = (hint: string): string =>
  hint
    .split("`")
    .map((part, at) => (at % 2 === 1 ? `\`${part}\`` : escapeMarkdown(part)))
    .join("");

/** Each in its share of the room; those for which there is none are counted. */
function plans(tenants: readonly TenantReport[], room: number): string {
  const shown = tenants.filter(({ plan }) => plan !== undefined);
  const share = Math.min(PLAN_BYTES, Math.floor(room / Math.max(shown.length, 1)) - 300);
  if (shown.length > 0 && share < LEAST_PLAN_BYTES) {
    return "\nThere are too many plans to show here: `tenantry show` has each.\n";
  }
  return shown
    .map(({ stack, digest, plan }) =>
      [
        "",
        `<details><summary>${escapeMarkdown(stack)}</summary>`,
        "",
        plan?.(share) ?? "",
        `\`tenantry approve ${stack} --digest ${digest ?? ""}\``,
        "",
        "</details>",
        "",
      ].join("\n"),
    )
    .join("");
}
