/**
 * The net change of each person and place, one line each: what goes first, then what is committed to, then the rest
 * by section. Every change of the plan stands under exactly one line.
 */
import { kindOf, NOUN_OF, nounOf, SECTIONS } from "../core/nouns.ts";
import type { Section } from "../core/nouns.ts";
import type { Locale } from "../core/i18n/format.ts";
import type { Change, Plan } from "../plan/index.ts";
import type { ChangeView } from "./change-view.ts";
import { NAME_ORDER } from "../core/i18n/format.ts";
import { clausesOf, saidTogether, subjectOf } from "./net-clauses.ts";
import type { Clause, SubjectKey } from "./net-clauses.ts";
import { clausesOfPerson } from "./consequence-clauses.ts";
import { namesOfPeople } from "./sentence.ts";

export interface NetRow {
  readonly name: string;
  /** What happens, most important first. */
  readonly line: string;
  /** For what goes or is blocked: pairs of label and the tenant file's own words. */
  readonly words: readonly (readonly [label: string, words: string])[];
  /** The changes that stand under it, to be folded. */
  readonly changes: readonly ChangeView[];
}

export interface NetSection {
  readonly id: "rules" | "accepted" | "goes" | "commits" | Section;
  readonly title: string;
  readonly rows: readonly NetRow[];
}

interface Row {
  readonly subject: SubjectKey;
  readonly name: string;
  readonly section: Section;
  readonly clauses: readonly Clause[];
  readonly changes: readonly Change[];
}

export function netSections(
  plan: Plan,
  locale: Locale,
  viewOf: (change: Change) => ChangeView,
): NetSection[] {
  const rows = rowsOf(plan, locale);
  const places = rows.map((row) => ({ row, id: placeOf(row) }));
  const ids = ["goes", "commits", ...SECTIONS] as const;
  return ids.flatMap((id) => {
    const ofPlace = places.filter((one) => one.id === id).map(({ row }) => row);
    if (ofPlace.length === 0) return [];
    const title =
      id === "goes" || id === "commits" ? locale.texts.netTitles[id] : locale.texts.sections[id];
    const shown = ofPlace.map((row) => {
      const views = row.changes.map(viewOf);
      const words = new Map(views.flatMap(({ removal }) => removal));
      return { name: row.name, line: lineOf(row, locale), words: [...words], changes: views };
    });
    return [{ id, title, rows: shown }];
  });
}

function placeOf({ clauses, changes, section }: Row): NetSection["id"] {
  if (clauses.some(({ isLoss }) => isLoss)) return "goes";
  return changes.some(({ commitment }) => commitment !== undefined) ? "commits" : section;
}

function rowsOf(plan: Plan, locale: Locale): Row[] {
  const nameOf = namesOfPeople(plan);
  const ordered = plan.changes.toSorted((one, other) => rank(one) - rank(other));
  const ofPeople = new Map(
    plan.consequences
      .filter(({ holder }) => holder === "user")
      .map(({ name, products }) => [name, new Set([...products.gained, ...products.lost])]),
  );
  const differsFor = (address: string): ReadonlySet<string> => ofPeople.get(address) ?? new Set();
  const isNew = new Set(
    plan.changes.filter(({ operation }) => operation === "create").map(subjectOf),
  );
  const released = new Set(
    plan.changes.filter((one) => isObject(one) && one.operation === "forget").map(subjectOf),
  );
  // Whoever is let go of takes along the lists that nobody manages then either.
  const isSaid = (change: Change): boolean =>
    isObject(change) || change.operation !== "forget" || !released.has(subjectOf(change));
  const clauses = Map.groupBy(
    [
      ...ordered
        .filter(isSaid)
        .flatMap((change) => clausesOf(change, { locale, nameOf, differsFor })),
      ...plan.consequences.flatMap((one) =>
        clausesOfPerson(one, { locale, isNew: isNew.has(`user:${one.name}`) }),
      ),
    ],
    ({ subject }) => subject,
  );
  const changes = Map.groupBy(ordered, subjectOf);
  const subjects = [...new Set([...changes.keys(), ...clauses.keys()])];
  const rows = subjects.map((subject) => {
    const own = changes.get(subject) ?? [];
    const [first] = own;
    const isGone = first !== undefined && isObject(first) && first.operation === "delete";
    const all = (clauses.get(subject) ?? []).toSorted(lossFirst);
    return {
      subject,
      name: first === undefined ? nameOf(subject.replace(/^user:/, "")) : nameOfRow(first, locale),
      section: first === undefined ? "people" : placeOfChange(first),
      // The rest goes with whoever goes.
      clauses: isGone ? all.slice(0, 1) : all,
      changes: own,
    };
  });
  return rows.toSorted((one, other) => NAME_ORDER.compare(one.name, other.name));
}

/** The object itself before its lists. */
const rank = (change: Change): number => (isObject(change) ? 0 : 1);
const isObject = ({ type }: Change): boolean => nounOf(type)?.list === undefined;

/** A list is shown where its owner is. */
function placeOfChange({ type, section }: Change): Section {
  const owner = nounOf(type)?.list?.owner;
  return owner === undefined ? section : NOUN_OF[owner].section;
}

const lossFirst = (one: Clause, other: Clause): number => Number(other.isLoss) - Number(one.isLoss);

function nameOfRow({ type, name, commitment }: Change, { texts }: Locale): string {
  if (commitment !== undefined) return commitment.product;
  return kindOf(type) === undefined && nounOf(type)?.naming.length === 0
    ? texts.sections[nounOf(type)?.section ?? "other"]
    : name;
}

function lineOf({ clauses, changes, name }: Row, locale: Locale): string {
  const said = saidTogether(
    clauses.map((clause) =>
      clause.isSentence === true ? { ...clause, text: withoutName(clause.text, name) } : clause,
    ),
    locale,
  );
  const sentences = changes.map(({ description }) => description[locale.language]);
  return (said.length > 0 ? said : sentences.map((text) => withoutName(text, name))).join("; ");
}

/** A sentence that begins with the name of its line, as in "Anna: …", need not say it twice. */
const withoutName = (sentence: string, name: string): string =>
  sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
