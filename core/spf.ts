/**
 * SPF: one record for each domain, which names everybody who may send. Ours is put into the customer's, never beside it.
 * @see https://www.rfc-editor.org/rfc/rfc7208 (3.2: one record; 4.6.4: ten look-ups; 5: mechanisms; quoted, not read)
 */
import type { LookUp, RecordProblem } from "./dns-records.ts";

/** More than this, and receivers treat the record as broken. */
const MOST_LOOKUPS = 10;

export const isSpf = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

const ALL = /^[+?~-]?all$/i;
/** Softest first: what a record does with senders that it does not name. */
const STRICTNESS = ["+", "?", "~", "-"];

const termsOf = (record: string): string[] => record.split(/\s+/).slice(1).filter(Boolean);

const withoutPlus = (term: string): string => term.replace(/^\+/, "").toLowerCase();

const strictnessOf = (all: string): number =>
  STRICTNESS.indexOf(STRICTNESS.includes(all.charAt(0)) ? all.charAt(0) : "+");

/**
 * One record with every sender of those that are there, in their order, and ours behind them. Their `all` stays, of
 * several the softest, so that nobody's mail is refused that was not refused before; without any, ours counts.
 */
export function mergedSpf(present: readonly string[], ours: string): string {
  const records = present.length === 0 ? [ours] : [...present, ours];
  const seen = new Set<string>();
  const terms = records.flatMap(termsOf).filter((term) => {
    const isNew = !seen.has(withoutPlus(term)) && !ALL.test(term);
    seen.add(withoutPlus(term));
    return isNew;
  });
  // A redirect counts only where no `all` is, and stands last.
  const isRedirect = (term: string): boolean => /^redirect=/i.test(term);
  const alls = present.flatMap(termsOf).filter((term) => ALL.test(term));
  const [softest] = alls.toSorted((one, other) => strictnessOf(one) - strictnessOf(other));
  const redirects = terms.filter(isRedirect);
  const ourAll = redirects.length === 0 ? termsOf(ours).filter((term) => ALL.test(term)) : [];
  return [
    "v=spf1",
    ...terms.filter((term) => !isRedirect(term)),
    ...(softest === undefined ? ourAll : [softest]),
    ...redirects,
  ].join(" ");
}

/** The senders that a record names, in lower case. */
export const sendersOf = (record: string): string[] =>
  termsOf(record)
    .filter((term) => !ALL.test(term))
    .map(withoutPlus);

/** The record without these senders; undefined where none is left. */
export function spfWithout(record: string, senders: readonly string[]): string | undefined {
  const gone = new Set(senders.map(withoutPlus));
  const left = termsOf(record).filter((term) => !gone.has(withoutPlus(term)));
  return left.every((term) => ALL.test(term)) ? undefined : ["v=spf1", ...left].join(" ");
}

/** Whether the record names every sender that ours names. */
export function hasOurs(record: string, ours: string): boolean {
  const there = new Set(sendersOf(record));
  return sendersOf(ours).every((sender) => there.has(sender));
}

/** Depth at which a record of records is surely broken: each level costs a look-up. */
const DEEPEST = MOST_LOOKUPS;

interface Counted {
  readonly count: number;
  readonly unknown: readonly string[];
}

const NOTHING: Counted = { count: 0, unknown: [] };

const sum = (counted: readonly Counted[]): Counted => ({
  count: counted.reduce((total, { count }) => total + count, 0),
  unknown: counted.flatMap(({ unknown }) => unknown),
});

async function costOf(
  term: string,
  { lookUp, depth }: { readonly lookUp: LookUp; readonly depth: number },
): Promise<Counted> {
  const [, mechanism = "", rest = ""] = /^[+?~-]?([a-z0-9]+)[:=/]?(.*)$/i.exec(term) ?? [];
  const kind = mechanism.toLowerCase();
  if (["a", "mx", "ptr", "exists"].includes(kind)) return { count: 1, unknown: [] };
  if (kind !== "include" && kind !== "redirect") return NOTHING;
  const own: Counted = { count: 1, unknown: [] };
  if (depth >= DEEPEST) return own;
  // A macro stands for something that only the receiver knows.
  if (rest.includes("%")) return sum([own, { count: 0, unknown: [term] }]);
  const answer = await lookUp(rest.toLowerCase().replace(/\.$/, ""), "TXT");
  if ("unreachable" in answer) return sum([own, { count: 0, unknown: [term] }]);
  const [record] = answer.values.filter(isSpf);
  return record === undefined
    ? own
    : sum([own, await totalOf(termsOf(record), { lookUp, depth: depth + 1 })]);
}

async function totalOf(
  terms: readonly string[],
  at: { readonly lookUp: LookUp; readonly depth: number },
): Promise<Counted> {
  return sum(await Promise.all(terms.map((term) => costOf(term, at))));
}

/** What is wrong with the number of look-ups that a receiver needs for the record; empty where all is well. */
export async function lookupProblems(record: string, lookUp: LookUp): Promise<RecordProblem[]> {
  const terms = termsOf(record);
  const counted = await Promise.all(terms.map((term) => costOf(term, { lookUp, depth: 0 })));
  const { count, unknown } = sum(counted);
  const expensive = terms
    .map((term, at) => ({ term, count: counted[at]?.count ?? 0 }))
    .filter((one) => one.count > 0)
    .toSorted((one, other) => other.count - one.count);
  return [
    ...(count > MOST_LOOKUPS
      ? [{ kind: "too-many-lookups" as const, count, terms: expensive }]
      : []),
    ...(unknown.length > 0 ? [{ kind: "lookups-unknown" as const, terms: unknown }] : []),
  ];
}
