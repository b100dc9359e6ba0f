/** The plan for a terminal. Colours come from outside; without them every line still says what it means. */
import type { Language, Text } from "../core/language.ts";
import type { Plan } from "../plan/index.ts";
import type { PageFacts } from "./page-facts.ts";
import type { Operation } from "../core/nouns.ts";
import type { Locale } from "../core/i18n/format.ts";
import { viewOf } from "./plan-view.ts";
import type { ChangeView } from "./change-view.ts";
import type { PlanView } from "./plan-view.ts";
import type { PropertyView } from "./property-view.ts";
import { isolated } from "../core/visible-text.ts";

export type TextStyle = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export interface TextOptions {
  readonly language: Language;
  /** Default: no more than the plan holds. */
  readonly facts?: PageFacts;
  /** Gives text a style; gets text that holds no control characters. Default: leaves it as it is. */
  readonly style?: (style: TextStyle, text: string) => string;
}

export type Styler = (style: TextStyle, text: string) => string;

const SIGNS: Readonly<Record<Operation, readonly [sign: string, style: TextStyle]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  replace: ["±", "red"],
  delete: ["-", "red"],
  adopt: ["→", "cyan"],
  forget: ["○", "cyan"],
};

/** So many lines of people and places stand in a summary. */
const MOST_ROWS = 12;

/** The first screen of the page and the first of its lines, without a line break each. */
export function renderSummary(plan: Plan, options: Omit<TextOptions, "style">): string[] {
  const { summary, facts, net, locale } = viewOf(plan, options);
  const rows = net.flatMap((section) => section.rows.map(({ name, line }) => `${name}: ${line}`));
  const shown = rows.slice(0, MOST_ROWS);
  const rest = locale.count(rows.length - shown.length, locale.texts.lineForms);
  return [
    ...summary,
    ...facts.map(factLine),
    ...shown,
    ...(rows.length > shown.length ? [locale.texts.moreChanges(rest)] : []),
  ].map(isolated);
}

/** What a plan does, in a line of each language. */
export const summaryOf = (plan: Plan, facts: PageFacts): Text => {
  const inLanguage = (language: Language): string =>
    viewOf(plan, { language, facts }).summary.map(isolated).join("; ");
  return { nl: inLanguage("nl"), en: inLanguage("en") };
};

/** What the page is called. */
export const titleOf = (plan: Plan, facts: PageFacts): Text => ({
  nl: viewOf(plan, { language: "nl", facts }).title,
  en: viewOf(plan, { language: "en", facts }).title,
});

const factLine = ({ label, lines }: PlanView["facts"][number]): string =>
  `${label}: ${lines.join("; ")}`;

/** The whole plan, ending with a line break. */
export function renderText(plan: Plan, options: TextOptions): string {
  const style: Styler = options.style ?? ((_style, text) => text);
  const view = viewOf(plan, options);
  const lines = [
    style("bold", isolated(view.title)),
    ...view.summary.map((line) => `  ${isolated(line)}`),
    ...view.facts.map((fact) => `  ${isolated(factLine(fact))}`),
    ...warningLines(view, style),
    ...view.sections.flatMap(({ title, changes }) => [
      "",
      style("bold", title),
      ...changes.flatMap((change) => changeLines(change, { view, style })),
    ]),
    "",
    ...view.stays.map(({ line }) => style("dim", isolated(line))),
    ...view.about.map(([label, value]) => `${style("dim", `${label}:`)} ${isolated(value)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function warningLines({ warnings, isBlocked, locale }: PlanView, style: Styler): string[] {
  if (warnings.length === 0) return [];
  return [
    "",
    style("bold", locale.texts.warnings),
    ...(isBlocked ? [style("red", `  ✗ ${locale.texts.blocked}`)] : []),
    ...warnings.map(({ blocks, text }) =>
      style(blocks ? "red" : "yellow", `  ${blocks ? "✗" : "!"} ${isolated(text)}`),
    ),
  ];
}

interface Context {
  readonly view: PlanView;
  readonly style: Styler;
}

function changeLines(change: ChangeView, { view, style }: Context): string[] {
  const { texts, list } = view.locale;
  const [sign, colour] = SIGNS[change.operation];
  const under = (text: string): string => `      ${text}`;
  return [
    `  ${style(colour, sign)} ${isolated(change.sentence)} ${style("dim", `[${texts.operations[change.operation]}]`)}`,
    ...change.removal.map(([label, words]) =>
      under(`${style("bold", `${label}:`)} ${isolated(words)}`),
    ),
    ...change.properties.map((property) =>
      under(propertyLine(property, { locale: view.locale, style })),
    ),
    ...(change.affected.length > 0
      ? [under(`${texts.affects}: ${isolated(list(change.affected))}`)]
      : []),
    ...(change.commitment === undefined
      ? []
      : [under(style("yellow", `${texts.commits}: ${isolated(change.commitment)}`))]),
    ...change.remarks.map((remark) => under(style("yellow", isolated(remark)))),
  ];
}

export function propertyLine(
  property: PropertyView,
  { locale, style }: { readonly locale: Locale; readonly style: Styler },
): string {
  const { texts, count } = locale;
  const label = style("dim", `${isolated(property.label ?? property.path)}:`);
  if (property.note !== undefined) return `${label} ${property.note}`;
  if (property.list !== undefined) {
    const { added, removed, keptCount, isReordered } = property.list;
    const parts = [
      ...added.map((item) => style("green", `+ ${isolated(item)}`)),
      ...removed.map((item) => style("red", `- ${isolated(item)}`)),
      ...(isReordered ? [texts.reordered] : []),
      ...(keptCount > 0 ? [style("dim", `(${count(keptCount, texts.keptForms)})`)] : []),
    ];
    return `${label} ${parts.length === 0 ? texts.empty : parts.join(", ")}`;
  }
  const { before, after } = property;
  if (before === undefined) return `${label} ${style("green", isolated(after ?? texts.empty))}`;
  if (after === undefined) return `${label} ${style("red", isolated(before))}`;
  return `${label} ${style("red", isolated(before))} → ${style("green", isolated(after))}`;
}
