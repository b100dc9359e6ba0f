/** The plan in a few plain sentences: who comes and goes, what it commits to, what else matters. */
import type { Locale } from "../core/i18n/format.ts";
import { KINDS, kindOf } from "../core/nouns.ts";
import { ruleChanges } from "../plan/index.ts";
import type { Change, Commitment, Plan } from "../plan/index.ts";
import type { Operation } from "../core/nouns.ts";

/** How many changes other than people, sites and groups get a sentence each before the rest is counted. */
const MOST_SENTENCES = 6;

/** One line per thing to say, most important first; never empty. Raw text: to be escaped by the renderer. */
export function summaryLines(plan: Plan, locale: Locale): string[] {
  const { texts, language } = locale;
  const rules = ruleChanges(plan.rules).length === 0 ? [] : [texts.rulesChange];
  if (plan.changes.length === 0) return rules.length === 0 ? [texts.nothing] : rules;
  const counted = countLines(plan, locale);
  const told = plan.changes.filter(
    ({ type, commitment }) => kindOf(type) === undefined && commitment === undefined,
  );
  const order = ["destructive", "sensitive", "routine"];
  const ranked = told.toSorted(
    (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity),
  );
  const sentences = ranked.slice(0, MOST_SENTENCES).map(({ description }) => description[language]);
  const restCount = ranked.length - sentences.length;
  return [
    ...counted,
    ...commitmentLines(plan.changes, locale),
    ...rules,
    ...sentences,
    ...(restCount > 0 ? [texts.moreChanges(locale.count(restCount, texts.otherChanges))] : []),
  ];
}

/** "2 medewerkers erbij, 1 eruit": the first number of a kind carries its name. */
function countLines({ changes }: Plan, locale: Locale): string[] {
  const { texts } = locale;
  const phrases: readonly [Operation, (count: string) => string][] = [
    ["create", texts.joined],
    ["adopt", texts.adopted],
    ["delete", texts.left],
    ["replace", texts.replaced],
    ["forget", texts.forgotten],
    ["update", texts.changed],
  ];
  return KINDS.flatMap((kind) => {
    const ofKind = changes.filter((change) => kindOf(change.type) === kind);
    const parts: string[] = [];
    for (const [operation, phrase] of phrases) {
      const count = ofKind.filter((change) => change.operation === operation).length;
      if (count === 0) continue;
      const isFirst = parts.length === 0;
      parts.push(phrase(isFirst ? locale.count(count, texts.kinds[kind]) : locale.number(count)));
    }
    return parts.length === 0 ? [] : [parts.join(", ")];
  });
}

function commitmentLines(changes: readonly Change[], locale: Locale): string[] {
  return changes.flatMap(({ commitment }) =>
    commitment === undefined ? [] : [commitmentLine(commitment, locale)],
  );
}

/** "1 licentie extra (SPB), vast tot 1 februari 2027". */
function commitmentLine(commitment: Commitment, locale: Locale): string {
  const { texts } = locale;
  const difference = commitment.countAfter - commitment.countBefore;
  const amount = locale.count(Math.abs(difference), texts.kinds.licenses);
  const what =
    difference > 0
      ? texts.licensesMore(amount, commitment.product)
      : difference < 0
        ? texts.licensesFewer(amount, commitment.product)
        : texts.licensesSame(commitment.product);
  return commitment.until === undefined
    ? what
    : `${what}, ${texts.until(locale.day(commitment.until))}`;
}
