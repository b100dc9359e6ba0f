/** A record whose every entry was verified, in memory, and the words for what can be wrong with one. */
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { KeyObject } from "node:crypto";
import { EMPTY } from "./entry.ts";
import type { RecordPosition } from "./fields.ts";
import type { Passkey } from "./passkeys.ts";
import type { ReadStatement, StatementOf } from "./statement.ts";
import type { StatementKind } from "./statements.ts";

interface Place extends RecordPosition {
  readonly recordedAt: string;
  /** Ids of the keys whose signatures were verified. */
  readonly signedBy: readonly string[];
}
export type RecordedOf<K extends StatementKind> = StatementOf<K> & Place;
export type Recorded = { [K in StatementKind]: RecordedOf<K> }[StatementKind];

export interface RegisteredKey {
  readonly email: string;
  readonly key: KeyObject;
  /** Undefined: an Ed25519 key that signs by itself. */
  readonly passkey: Passkey | undefined;
}

/** Comes from verifyRecord, emptyRecord and appendEntry only. */
export interface VerifiedRecord {
  /** Oldest first; the entry with sequence n is at n - 1. */
  readonly statements: readonly Recorded[];
  readonly byId: ReadonlyMap<string, Recorded>;
  readonly registrations: readonly RecordedOf<"registration">[];
  readonly applications: readonly RecordedOf<"application">[];
  /** An apply that was started and of which no end is recorded: it is under way, or its process died. */
  readonly openStart: RecordedOf<"application-start"> | undefined;
  /** Sequences of entries whose times were found to be wrong, on the record. */
  readonly wrongTimes: ReadonlySet<number>;
  /** Every key that was ever registered for a decision maker or a deputy, by key id. */
  readonly registeredKeys: ReadonlyMap<string, RegisteredKey>;
}

export interface Ledger extends VerifiedRecord {
  readonly statements: Recorded[];
  readonly byId: Map<string, Recorded>;
  readonly registrations: RecordedOf<"registration">[];
  readonly applications: RecordedOf<"application">[];
  openStart: RecordedOf<"application-start"> | undefined;
  readonly wrongTimes: Set<number>;
  readonly registeredKeys: Map<string, RegisteredKey>;
}

/** Why an entry is not accepted, and what to do. Also the codes with which appendEntry refuses. */
export const BREAKS = {
  malformed: "Look for a damaged or hand-edited file; restore the entry from a backup.",
  gap: "An entry is missing; restore it from a backup.",
  order: "An entry is duplicated or misplaced; restore the record from a backup.",
  chain: "An earlier entry was changed or replaced; restore the record from a backup.",
  rollback: "Entries have disappeared; restore them and find out who can write to the storage.",
  signature: "Somebody changed the statement or forged the signature; restore it from a backup.",
  "unknown-signer": "The key must be registered for this person and this use before it may sign.",
  "too-few-signers": "Have the statement signed by everyone required, then add it.",
  "surplus-signer": "Create the statement again with only the signatures that it needs.",
  "foreign-tenant": "The statement belongs to another tenant; use the record of that tenant.",
  "other-stack": "The statement belongs to another stack; use the record of that stack.",
  repeated: "The statement is already recorded; sign a new one to repeat it.",
  time: "Correct the clock of the machine that signed, then sign again.",
  reference: "The statement refers to something that is not in this record; sign a new one.",
  "not-registered": "Start the record with a registration signed by two people of the provider.",
  "other-version":
    "Read this record with the version of Tenantry that wrote it. For this version move it away and register the decision makers again.",
  "key-not-allowed": "Every person needs their own key, created by themselves.",
} as const;
type BreakReason = keyof typeof BREAKS;

/** What is wrong with one entry; one sentence. */
export interface Fault {
  readonly reason: BreakReason;
  readonly message: string;
}

/** Nothing is wrong with the record; this version cannot read it. */
export const otherVersion = (sequence: number, why: string): ExpectedError =>
  new ExpectedError("other-version", `Entry ${sequence} of the approval record: ${why}`, {
    hint: BREAKS["other-version"],
  });

export function newLedger(from?: VerifiedRecord): Ledger {
  return {
    statements: [...(from?.statements ?? [])],
    byId: new Map(from?.byId),
    registrations: [...(from?.registrations ?? [])],
    applications: [...(from?.applications ?? [])],
    openStart: from?.openStart,
    wrongTimes: new Set(from?.wrongTimes),
    registeredKeys: new Map(from?.registeredKeys),
  };
}

type Times = Pick<VerifiedRecord, "statements" | "wrongTimes">;

/** The times that count no more once this is said as well. */
export function wrongTimesWith(
  { wrongTimes }: Pick<VerifiedRecord, "wrongTimes">,
  statement: ReadStatement,
): ReadonlySet<number> {
  if (statement.kind !== "acknowledgement") return wrongTimes;
  return new Set([
    ...wrongTimes,
    ...statement.predicate.wrongTimes.map(({ sequence }) => sequence),
  ]);
}

/** Time of the newest entry that says a right one, before which nothing is recorded any more; empty where there is none. */
export const newestTime = ({ statements, wrongTimes }: Times): string =>
  statements.findLast(({ sequence }) => !wrongTimes.has(sequence))?.recordedAt ?? "";

/** When a statement counts as made: when it says, or with the entry before it where that time was found to be wrong. */
export const countsFrom = (
  { statements, wrongTimes }: Times,
  { sequence }: Place,
  said: string,
): string =>
  wrongTimes.has(sequence)
    ? newestTime({ statements: statements.slice(0, sequence - 1), wrongTimes })
    : said;

/** The same for what takes something back: whatever was said before it, by a clock as fast as may be, is older. */
export function countsUntil(times: Times, place: Place, said: string): string {
  const from = countsFrom(times, place, said);
  if (from === said || from === "") return from;
  return new Date(Date.parse(from) + CLOCK_TOLERANCE_MS).toISOString();
}

/** The newest entry's place; what a new statement names as `seen`. */
export function headOf(record: VerifiedRecord): RecordPosition {
  const last = record.statements.at(-1);
  return last === undefined ? EMPTY : { sequence: last.sequence, hash: last.hash };
}
