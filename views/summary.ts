/** The plan in numbers: how many people, sites and groups come, go and change. */
import type { Locale } from "../core/i18n/format.ts";
import { KINDS, kindOf, NOUNS } from "../core/nouns.ts";
import { namesOfPeople, sentenceOf } from "./sentence.ts";
import { acceptedChanges, ruleChanges } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Operation } from "../core/nouns.ts";

/** One line a kind; never empty. Raw text: to be escaped by the renderer. */
export function summaryLines(plan: Plan, locale: Locale): string[] {
  const { texts, count, number, language } = locale;
  const lines = countLines(plan, locale);
  if (lines.length > 0) return lines;
  if (ruleChanges(plan.rules).length > 0) return [texts.rulesChange];
  const { added, ended } = acceptedChanges(plan.rules);
  if (added.length + ended.length > 0) return [texts.acceptedChange];
  const [only, ...others] = plan.changes;
  if (only === undefined) return [texts.nothing];
  if (others.length > 0) return [count(plan.changes.length, texts.changeForms)];
  const { commitment } = only;
  if (commitment === undefined || commitment.countBefore === commitment.countAfter)
    return [sentenceOf(only, { language, nameOf: namesOfPeople(plan) })];
  // Until when stands below.
  const { product, countBefore, countAfter } = commitment;
  return [`${product}: ${number(countBefore)} → ${count(countAfter, texts.kinds.licenses)}`];
}

/** "2 medewerkers erbij, 1 verwijderd": the first number of a kind carries its name. */
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
  const counted = [...KINDS, "accessRules" as const];
  return counted.flatMap((kind) => {
    const ofKind = changes.filter(({ type }) =>
      kind === "accessRules" ? type === NOUNS.accessRule.type : kindOf(type) === kind,
    );
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
