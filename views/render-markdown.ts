/**
 * The plan for a pull request, in the order of the page: what stops it, the first screen, and a line for each person
 * and place. Details are on the page. What does not fit is counted, with a visible mark.
 */
import type { Language } from "../core/language.ts";
import type { Plan } from "../plan/index.ts";
import type { NetRow } from "./net.ts";
import type { PageFacts } from "./page-facts.ts";
import { viewOf } from "./plan-view.ts";
import type { PlanView } from "./plan-view.ts";
import type { Locale } from "../core/i18n/format.ts";
import { isolated } from "../core/visible-text.ts";

export interface MarkdownOptions {
  /** Default: the tenant's own. */
  readonly language?: Language;
  /** Default: no more than the plan holds. */
  readonly facts?: PageFacts;
  /** Most bytes of the result. GitHub takes 65,536 characters in a comment, GitLab 1,000,000 (checked 2026-11). */
  readonly mostBytes?: number;
}

const MOST_BYTES = 65_000;

/** Text of strangers as Markdown that shows exactly that text: no markup, no links, no mentions. */
export function escapeMarkdown(text: string): string {
  return (
    isolated(text)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/[\\`*_[\]|~$^]/g, "\\$&")
      // What would start a list, a heading or a rule at the beginning of a line.
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
      .replace(/^[-+=#]/, "\\$&")
      // An empty comment keeps platforms from making mentions, references and links.
      .replaceAll(/(?<!\w)([@#!%])(?=\w)/g, "$1<!-- -->")
      .replaceAll(/:\/\/|www\./gi, "$&<!-- -->")
  );
}

export function renderMarkdown(plan: Plan, options: MarkdownOptions = {}): string {
  const { language = plan.tenant.language, facts, mostBytes = MOST_BYTES } = options;
  const view = viewOf(plan, { language, facts });
  const whole = page(view, { shown: Infinity, warningCount: Infinity });
  return Buffer.byteLength(whole) <= mostBytes ? whole : shortened(view, mostBytes);
}

const rowsOf = ({ net }: PlanView): number => net.reduce((sum, { rows }) => sum + rows.length, 0);

/** With as many lines and warnings as there is room for. */
function shortened(view: PlanView, mostBytes: number): string {
  const make = (shown: number): string =>
    page(view, { shown, warningCount: Math.max(1, Math.min(view.warnings.length, shown)) });
  let [least, most] = [0, rowsOf(view)];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (Buffer.byteLength(make(middle)) <= mostBytes) least = middle;
    else most = middle - 1;
  }
  return make(least);
}

interface PageParts {
  /** Most lines of people and places. */
  readonly shown: number;
  readonly warningCount: number;
}

function page(view: PlanView, parts: PageParts): string {
  const { texts } = view.locale;
  const lines = [
    `## ${escapeMarkdown(view.title)}`,
    "",
    ...warningLines(view, parts),
    ...view.summary.map((line) => `- ${escapeMarkdown(line)}`),
    ...view.facts.map(
      ({ label, lines: said }) => `- **${label}:** ${said.map(escapeMarkdown).join("; ")}`,
    ),
    ...netLines(view, parts.shown),
    "",
    ...view.stays.map(({ line }) => `- ${escapeMarkdown(line)}`),
    `- ${texts.digest}: \`${view.digest}\``,
  ];
  return `${lines.join("\n")}\n`;
}

function warningLines(view: PlanView, { warningCount }: PageParts): string[] {
  const { texts, count } = view.locale;
  if (view.warnings.length === 0) return [];
  const warnings = view.warnings.slice(0, warningCount);
  const hiddenCount = view.warnings.length - warnings.length;
  return [
    view.isBlocked ? `❌ **${texts.blocked}**` : `**${texts.warnings}**`,
    "",
    ...warnings.map(({ blocks, text }) => `- ${blocks ? "❌" : "⚠️"} ${escapeMarkdown(text)}`),
    ...(hiddenCount > 0
      ? [`- **${texts.moreChanges(count(hiddenCount, texts.otherChanges))}**`]
      : []),
    "",
  ];
}

function netLines(view: PlanView, shown: number): string[] {
  const { texts, number } = view.locale;
  const total = rowsOf(view);
  let room = shown;
  const sections = view.net.flatMap(({ title, rows }) => {
    const here = rows.slice(0, room);
    room -= here.length;
    return here.length === 0 ? [] : ["", `### ${title}`, "", ...groupLines(here, view.locale)];
  });
  if (shown >= total) return sections;
  const mark = `**${texts.shortened(number(shown), number(total), number(total - shown))}**`;
  return ["", `${mark} ${texts.shortenedAsk}`, ...sections];
}

/**
 * Those to whom the same happens stand in one line, at the place of the first. With the reason and the fate of the data
 * for what goes: those are what is decided on.
 */
function groupLines(rows: readonly NetRow[], { list }: Locale): string[] {
  const said = rows.map(({ name, line, words }) => {
    const own = words.map(([label, text]) => ` — ${label}: ${escapeMarkdown(text)}`);
    return { name: escapeMarkdown(name), text: `${escapeMarkdown(line)}${own.join("")}` };
  });
  return [...Map.groupBy(said, ({ text }) => text)].map(
    ([text, alike]) => `- **${list(alike.map(({ name }) => name))}:** ${text}`,
  );
}
