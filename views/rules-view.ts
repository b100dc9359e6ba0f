/** What outlives a plan and changes with it: rules, and deviations that are accepted. No resource of the program holds them. */
import { statePlaceOf } from "../core/accepted.ts";
import type { Accepted } from "../core/accepted.ts";
import type { Locale } from "../core/i18n/format.ts";
import { labelOf, wordOf } from "../core/i18n/labels.ts";
import { NOUNS, SAFEGUARDED } from "../core/nouns.ts";
import type { Section } from "../core/nouns.ts";
import { acceptedChanges, ruleChanges } from "../plan/index.ts";
import type { Plan, PropertyChange } from "../plan/index.ts";
import type { ChangeView } from "./change-view.ts";
import { propertyText } from "./net-clauses.ts";
import type { NetSection } from "./net.ts";
import { propertyView } from "./property-view.ts";
import type { PropertyView } from "./property-view.ts";

/** Where people look for what holds for the tenant as a whole. */
export const RULES_IN: Section = NOUNS.tenant.section;

/** Rules as one change like the others, and each deviation as one. */
export const rulesView = (plan: Plan, locale: Locale): ChangeView[] => [
  ...changedRules(plan, locale),
  ...acceptedLines(plan, locale).map(({ change }) => change),
];

/** The rules of the tenant stand with its other lines, first; a deviation has a line of its own. */
export function rulesSections(plan: Plan, locale: Locale): NetSection[] {
  const { texts } = locale;
  const rules = changedRules(plan, locale).map((change) => {
    const line = change.properties.map((property) => propertyText(property, locale)).join("; ");
    return { name: texts.rulesOf, line, words: [], changes: [change] };
  });
  const accepted = acceptedLines(plan, locale).map(({ name, line, reason, change }) => ({
    ...{ name, line, changes: [change] },
    words: [[texts.reason, reason] as const],
  }));
  const sections: NetSection[] = [
    { id: "rules", title: texts.rulesName, rows: rules },
    { id: "accepted", title: texts.acceptedName, rows: accepted },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function changedRules(plan: Plan, locale: Locale): ChangeView[] {
  const properties = ruleChanges(plan.rules).map((property) => ({
    ...propertyView(property, locale),
    ...limitView(property, locale),
  }));
  if (properties.length === 0) return [];
  return [{ ...NO_RESOURCE, sentence: locale.texts.rulesChange, properties }];
}

const NO_RESOURCE = {
  ...{ urn: "", type: "", operation: "update", severity: "sensitive" },
  ...{ affected: [], commitment: undefined, removal: [], properties: [], usual: [], remarks: [] },
} as const satisfies Omit<ChangeView, "sentence">;

interface AcceptedLine {
  readonly name: string;
  /** What about the object. */
  readonly line: string;
  readonly reason: string;
  readonly change: ChangeView;
}

function acceptedLines(plan: Plan, locale: Locale): AcceptedLine[] {
  const { texts, day } = locale;
  const { added, ended } = acceptedChanges(plan.rules);
  const lineOf = (entry: Accepted, line: string): AcceptedLine => {
    const { name, reason } = entry;
    const change = { ...NO_RESOURCE, sentence: `${name}: ${line}` };
    return { name, line, reason, change: { ...change, removal: [[texts.reason, reason]] } };
  };
  return [
    ...added.map((entry) =>
      lineOf(entry, texts.accepted(acceptedText(entry, locale), day(entry.until))),
    ),
    ...ended.map((entry) => lineOf(entry, texts.acceptedEnds(acceptedText(entry, locale)))),
  ];
}

/** `Job title: Director`, `Members: eva@contoso.com besides`. */
export function acceptedText(entry: Accepted, locale: Locale): string {
  const { texts, language } = locale;
  const { property, value, extra, missing, role } = entry;
  const label = labelOf(statePlaceOf(entry).path)?.[language] ?? property;
  const right = role === undefined ? "" : ` (${wordOf("role", role)?.[language] ?? role})`;
  if (extra !== undefined) return `${label}: ${texts.acceptedExtra(extra)}${right}`;
  if (missing !== undefined) return `${label}: ${texts.acceptedMissing(missing)}`;
  const found = { path: property, kind: "changed", secret: false, after: value ?? "" } as const;
  return `${label}: ${propertyView(found, locale).after ?? texts.empty}`;
}

/** `limits.people.most` by what it limits, and a share as people write one. */
function limitView(
  { path, before, after }: PropertyChange,
  { texts, percent }: Locale,
): Partial<PropertyView> {
  const [section, what, measure] = path.split(".");
  const limited = SAFEGUARDED.find((one) => one === what);
  if (section !== "limits" || limited === undefined) return {};
  const label = (say: (what: string) => string): string => say(texts.kinds[limited].other);
  if (measure === "most") return { label: label(texts.limitMost) };
  const share = (value: unknown): string | undefined =>
    typeof value === "number" ? percent(value) : undefined;
  return { label: label(texts.limitShare), before: share(before), after: share(after) };
}
