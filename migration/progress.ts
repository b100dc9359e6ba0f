/** What is done so far, out of the words in the record. */
import { dayAt } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { LAST_STAGE_WITH_A_WAY_BACK, NO_RETURN } from "./run-book.ts";
import type { Migration } from "./migration-schema.ts";
import type { Step } from "./step.ts";
import { stepsOf } from "./steps.ts";

/**
 * `done` and `undone`: a step; `lifted`: a gate; `signed`: a document; `noted` and `accepted`: a leftover point;
 * `asked`: a question within the scope, `askedOutside`: one beyond it; `back`: the day is gone back on.
 */
const SAYINGS = [
  ...(["done", "undone", "lifted", "signed", "noted", "accepted"] as const),
  ...(["asked", "askedOutside", "back"] as const),
] as const;
export type Saying = (typeof SAYINGS)[number];

export const isSaying = (said: string): said is Saying =>
  (SAYINGS as readonly string[]).includes(said);

/** One statement of the record about the migration. */
export interface Word {
  readonly said: Saying;
  /** Id of the step, gate, document or point. */
  readonly about: string;
  /** Of what was signed, lifted or accepted: the hash of what it is about. */
  readonly document: string | null;
  readonly counts: { readonly source: number; readonly target: number } | null;
  /** Who did it. */
  readonly by: string;
  readonly remark: string;
  /** UTC. */
  readonly at: string;
  /** Address of a decision maker of the customer, as registered when the record is read; undefined: of the provider. */
  readonly decisionMaker: string | undefined;
}

export interface Known {
  readonly migration: Migration;
  readonly tenant: Tenant;
  /** Oldest first. */
  readonly words: readonly Word[];
  /** Whether the tenant file was applied, with nothing left over. */
  readonly isApplied: boolean;
  /** How many decision makers must say the same. */
  readonly required: number;
  readonly now: Date;
}

export interface Progress extends Known {
  /** In the customer's country. */
  readonly today: string;
  readonly steps: readonly Step[];
  /** By id, the word that it is done. */
  readonly done: ReadonlyMap<string, Word>;
  readonly points: readonly Point[];
  readonly isGoingBack: boolean;
}

/** A leftover point that was noted, beside those of the file. */
interface Point {
  readonly id: string;
  readonly text: string;
  readonly noted: Word;
  readonly settled: Word | undefined;
}

export function progressOf(known: Known): Progress {
  const { migration, tenant, words, now } = known;
  const steps = stepsOf(migration, tenant.tenant.country);
  const done = new Map<string, Word>();
  for (const word of words) {
    if (word.said === "done") done.set(word.about, word);
    if (word.said === "undone") done.delete(word.about);
  }
  const points = words
    .filter(({ said }) => said === "noted")
    .map((noted) => ({
      ...{ id: noted.about, text: noted.remark, noted },
      settled:
        done.get(noted.about) ??
        (agreed(known, { said: "accepted", about: noted.about, document: null })
          ? words.findLast(({ said, about }) => said === "accepted" && about === noted.about)
          : undefined),
    }));
  const ofTheDay = new Set(steps.flatMap(({ id, stage }) => (stage === undefined ? [] : [id])));
  const wentBack = words.findLastIndex(({ said }) => said === "back");
  const hasBegunAnew = words
    .slice(wentBack + 1)
    .some(({ said, about }) => said === "done" && ofTheDay.has(about));
  return {
    ...known,
    ...{ steps, done, points, today: dayAt(tenant, now) },
    isGoingBack: wentBack >= 0 && !hasBegunAnew && [...ofTheDay].some((id) => done.has(id)),
  };
}

/** Whether enough decision makers have said this about exactly this document. */
export const agreed = (
  { words, required }: Pick<Known, "words" | "required">,
  what: Pick<Word, "said" | "about" | "document">,
): boolean =>
  new Set(
    words
      .filter(({ said, about }) => said === what.said && about === what.about)
      .flatMap((word) => (word.document === what.document ? (word.decisionMaker ?? []) : [])),
  ).size >= required;

export const isPastReturn = ({ done }: Pick<Progress, "done">): boolean => done.has(NO_RETURN);

/** Steps that stand before this one on the day and are not done. */
export const openBefore = ({ steps, done }: Progress, { stage }: Step): readonly Step[] => {
  if (stage === undefined) return [];
  // Once people are in, each is helped in whatever order; before it, one thing rests on the other.
  const until = Math.min(stage, LAST_STAGE_WITH_A_WAY_BACK + 1);
  return steps.filter((one) => one.stage !== undefined && one.stage < until && !done.has(one.id));
};

/** What is undone first when the day is gone back on: the steps of the latest stage. */
export function nextBack({ steps, done }: Progress): readonly Step[] {
  const open = steps.filter(({ id, stage }) => stage !== undefined && done.has(id));
  const latest = Math.max(...open.map(({ stage = 0 }) => stage));
  return open.filter(({ stage }) => stage === latest);
}
