/** The first screen: what somebody has to know who reads no further. Label and lines, in the order of weight. */
import { dayIn, daysBetween } from "../core/calendar.ts";
import { NOUNS, nounOf } from "../core/nouns.ts";
import { partOf } from "../core/money.ts";
import type { Locale } from "../core/i18n/format.ts";
import { admission, changesRules } from "../plan/index.ts";
import type { Change, Plan } from "../plan/index.ts";
import { subjectOf } from "./net-clauses.ts";
import type { SubjectKey } from "./net-clauses.ts";
import { lossLines } from "./consequence-clauses.ts";
import { namesOfPeople, sentenceOf } from "./sentence.ts";
import { costLines } from "./cost.ts";
import { decideBy } from "./page-facts.ts";
import type { PageFacts } from "./page-facts.ts";

export interface ScreenFact {
  readonly id: "asked" | "reason" | "commits" | "cost" | "final" | "agree" | "deadline";
  readonly label: string;
  readonly lines: readonly string[];
}

/** So that one screen stays one. */
const MOST_LINES = 4;

export function screenFacts(plan: Plan, facts: PageFacts, locale: Locale): ScreenFact[] {
  const { texts, list, day } = locale;
  if (plan.changes.length === 0 && !changesRules(plan.rules)) return [];
  // Nobody can agree to what has to be mended first.
  const isStopped = admission(plan).stops.length > 0;
  const fact = (id: ScreenFact["id"], lines: readonly string[]): ScreenFact[] =>
    lines.length === 0 ? [] : [{ id, label: texts.facts[id], lines: shortened(lines, locale) }];
  return [
    ...fact("asked", facts.requestedBy.length === 0 ? [] : [list(facts.requestedBy)]),
    ...fact("reason", facts.reason === null ? [] : [facts.reason]),
    ...fact("commits", commitments(plan, facts, locale)),
    ...fact("cost", costLines(plan, locale)),
    ...fact("final", finalLines(plan, locale)),
    ...(isStopped
      ? []
      : [
          ...fact("agree", [whoMustAgree(plan, locale)]),
          ...fact("deadline", [texts.decideBy(day(decideBy(plan, facts)))]),
        ]),
  ];
}

const shortened = (lines: readonly string[], { count, texts }: Locale): string[] =>
  lines.length <= MOST_LINES
    ? [...lines]
    : [
        ...lines.slice(0, MOST_LINES - 1),
        texts.moreChanges(count(lines.length - MOST_LINES + 1, texts.lineForms)),
      ];

/** Longest commitment first; without one, that there is none. */
function commitments({ changes }: Plan, { asOf }: PageFacts, locale: Locale): string[] {
  const { texts, count, number, day } = locale;
  const today = dayIn("NL", new Date(asOf));
  const lines = changes
    .flatMap(({ commitment }) => commitment ?? [])
    .toSorted((one, other) => (other.until ?? "").localeCompare(one.until ?? ""))
    .map(({ product, countBefore, countAfter, until, atRenewal, atTermEnd, total }) => {
      const licenses = count(countAfter, texts.kinds.licenses);
      const term =
        until === undefined
          ? texts.monthly
          : atTermEnd === "stop"
            ? texts.untilItStops(day(until))
            : atTermEnd === "extend"
              ? texts.untilByTheMonth(day(until))
              : atRenewal === undefined
                ? texts.until(day(until))
                : texts.untilThen(day(until), number(atRenewal));
      const before = countBefore === countAfter ? undefined : countBefore;
      const line = texts.commitment({ product, licenses, term, before });
      if (until === undefined || total === undefined) return line;
      return `${line}, ${texts.inTotal(leftOf({ ...total, until }, today, locale))}`;
    });
  return lines.length === 0 ? [texts.noCommitment] : lines;
}

type Total = NonNullable<NonNullable<Change["commitment"]>["total"]> & { readonly until: string };

/** "€ 824,00": what of a term is still to come, by days. */
function leftOf({ since, until, amount, currency }: Total, today: string, locale: Locale): string {
  const from = today < since ? since : today;
  const left = partOf(amount, Math.max(0, daysBetween(from, until)), daysBetween(since, until));
  return locale.money(left, currency);
}

/** What is gone afterwards, or can be had back only for a while or in part. */
function finalLines(plan: Plan, locale: Locale): string[] {
  const { changes } = plan;
  const { texts, language } = locale;
  const nameOf = namesOfPeople(plan);
  const gone = new Set(
    changes.filter(({ operation, type }) => operation === "delete" && !isList(type)).map(subjectOf),
  );
  const lines = changes
    .filter((change) => isFinal(change, gone))
    .map((change) =>
      change.type === NOUNS.user.type && change.operation === "delete"
        ? texts.accountGoes(change.name)
        : sentenceOf(change, { language, nameOf }),
    );
  const all = [
    ...lines,
    ...lossLines(plan, { locale, nameOf }),
    ...lostAddresses(plan).map(texts.addressGoes),
  ];
  return all.length === 0 ? [texts.nothingGoes] : all;
}

/** An account keeps one address: who gets another one loses the first (stacks/README.md, `formerly`). */
const lostAddresses = ({ changes }: Plan): string[] =>
  changes
    .filter(({ type, operation }) => type === NOUNS.user.type && operation === "update")
    .flatMap(({ properties }) => properties)
    .flatMap(({ path, kind, before }) =>
      path === "mail" && kind === "changed" && typeof before === "string" ? [before] : [],
    );

const isList = (type: string): boolean => nounOf(type)?.list !== undefined;

/**
 * Out of a group or a site is undone by the next change; what is lost with its owner is told with the owner, and what
 * people lose in the end with the people.
 */
function isFinal(change: Change, gone: ReadonlySet<SubjectKey>): boolean {
  const { type, severity, operation } = change;
  if (severity !== "destructive" || operation === "forget") return false;
  if (!isList(type)) return true;
  return type === NOUNS.groupLicense.type && !gone.has(subjectOf(change));
}

/** By the rules as last applied; a change of them is judged by its own as well. */
function whoMustAgree(plan: Plan, { texts, list, either, number }: Locale): string {
  const { applied, proposed } = plan.rules;
  const makers = (applied ?? proposed).decisionMakers.map(({ name }) => name);
  const required = Math.max(applied?.required ?? 1, proposed.required);
  const need = admission(plan).needsSecondApprover ? Math.max(2, required) : required;
  if (need === 1) return either(makers);
  if (makers.length === 1) return texts.twiceBy(list(makers));
  if (need < makers.length) return texts.someOf(number(need), list(makers));
  return makers.length === 2 ? texts.bothOf(list(makers)) : texts.allOf(list(makers));
}
