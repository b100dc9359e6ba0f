/** The plan for a pull request: as much as fits, with a visible mark where it was shortened. */
import type { Language } from "../core/language.ts";
import type { Plan } from "../plan/index.ts";
import { viewOf } from "./plan-view.ts";
import type { ChangeView, PlanView } from "./plan-view.ts";
import type { PropertyView } from "./property-view.ts";
import { isolated } from "../core/visible-text.ts";

export interface MarkdownOptions {
  /** Default: the tenant's own. */
  readonly language?: Language;
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
  const { language = plan.tenant.language, mostBytes = MOST_BYTES } = options;
  const view = viewOf(plan, language);
  const whole = page(view, { body: bodyLines(view), warningCount: Infinity });
  return Buffer.byteLength(whole) <= mostBytes ? whole : shortened(view, mostBytes);
}

/** Without properties, and with as many sentences and warnings as there is room for. */
function shortened(view: PlanView, mostBytes: number): string {
  const { texts, number } = view.locale;
  const all = view.sections.flatMap(({ title, changes }) =>
    changes.map((change, index) => [
      ...(index === 0 ? ["", `### ${title}`, ""] : []),
      sentenceLine(change, view),
    ]),
  );
  const make = (shownCount: number): string => {
    const mark = `**${texts.shortened(number(shownCount), number(all.length))}**`;
    return page(view, {
      body: ["", `${mark} ${texts.shortenedAsk}`, ...all.slice(0, shownCount).flat()],
      warningCount: Math.max(1, Math.min(view.warnings.length, shownCount)),
    });
  };
  let [least, most] = [0, all.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (Buffer.byteLength(make(middle)) <= mostBytes) least = middle;
    else most = middle - 1;
  }
  return make(least);
}

interface PageParts {
  readonly body: readonly string[];
  readonly warningCount: number;
}

function page(view: PlanView, { body, warningCount }: PageParts): string {
  const { texts } = view.locale;
  const warnings = view.warnings.slice(0, warningCount);
  const hiddenCount = view.warnings.length - warnings.length;
  const lines = [
    `## ${escapeMarkdown(view.title)}`,
    "",
    ...view.summary.map((line) => `- ${escapeMarkdown(line)}`),
    ...(warnings.length === 0 ? [] : ["", `### ${texts.warnings}`, ""]),
    ...(view.isBlocked ? [`- ❌ **${texts.blocked}**`] : []),
    ...warnings.map(({ blocks, text }) => `- ${blocks ? "❌" : "⚠️"} ${escapeMarkdown(text)}`),
    ...(hiddenCount > 0
      ? [`- **${texts.moreChanges(view.locale.count(hiddenCount, texts.otherChanges))}**`]
      : []),
    ...body,
    "",
    ...view.stays.map(({ line }) => `- ${escapeMarkdown(line)}`),
    "",
    ...view.about.map(([label, value]) => `- ${label}: ${aboutValue(value, view)}`),
  ];
  return `${lines.join("\n")}\n`;
}

const aboutValue = (value: string, { digest }: PlanView): string =>
  value === digest ? `\`${value}\`` : escapeMarkdown(value);

const bodyLines = (view: PlanView): string[] =>
  view.sections.flatMap(({ title, changes }) => [
    "",
    `### ${title}`,
    "",
    ...changes.flatMap((change) => [
      sentenceLine(change, view),
      ...change.removal.map(([label, words]) => `  - **${label}:** ${escapeMarkdown(words)}`),
      ...change.properties.map((property) => `  - ${propertyText(property, view)}`),
      ...change.remarks.map((remark) => `  - ⚠️ ${escapeMarkdown(remark)}`),
    ]),
  ]);

function sentenceLine(change: ChangeView, { locale }: PlanView): string {
  const { texts, list } = locale;
  const affected =
    change.affected.length > 0 ? ` (${texts.affects}: ${list(change.affected)})` : "";
  const commitment =
    change.commitment === undefined ? "" : ` — ${texts.commits}: ${change.commitment}`;
  return `- **${texts.operations[change.operation]}** ${escapeMarkdown(`${change.sentence}${affected}${commitment}`)}`;
}

function propertyText(property: PropertyView, { locale }: PlanView): string {
  const { texts, count } = locale;
  const label = `${escapeMarkdown(property.label ?? property.path)}:`;
  if (property.note !== undefined) return `${label} ${property.note}`;
  if (property.list !== undefined) {
    const { added, removed, keptCount, isReordered } = property.list;
    const parts = [
      ...added.map((item) => `➕ ${escapeMarkdown(item)}`),
      ...removed.map((item) => `➖ ${escapeMarkdown(item)}`),
      ...(isReordered ? [texts.reordered] : []),
      ...(keptCount > 0 ? [`(${count(keptCount, texts.keptForms)})`] : []),
    ];
    return `${label} ${parts.length === 0 ? texts.empty : parts.join(", ")}`;
  }
  const { before, after } = property;
  if (before === undefined) return `${label} ${escapeMarkdown(after ?? texts.empty)}`;
  if (after === undefined) return `${label} ~~${escapeMarkdown(before)}~~`;
  return `${label} ${escapeMarkdown(before)} → **${escapeMarkdown(after)}**`;
}
