/** A record whose every entry was verified, in memory, and the words for what can be wrong with one. */
import type { KeyObject } from "node:crypto";
import { EMPTY } from "./entry.ts";
import type { RecordPosition } from "./fields.ts";
import type { StatementOf } from "./statement.ts";
import type { StatementKind } from "./statements.ts";

interface Place extends RecordPosition {
  readonly recordedAt: string;
  /** Ids of the keys whose signatures were verified. */
  readonly signedBy: readonly string[];
}
export type RecordedOf<K extends StatementKind> = StatementOf<K> & Place;
export type Recorded = { [K in StatementKind]: RecordedOf<K> }[StatementKind];

interface RegisteredKey {
  readonly email: string;
  readonly key: KeyObject;
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
  /** Every key that was ever registered for a decision maker or a deputy, by key id. */
  readonly registeredKeys: ReadonlyMap<string, RegisteredKey>;
}

export interface Ledger extends VerifiedRecord {
  readonly statements: Recorded[];
  readonly byId: Map<string, Recorded>;
  readonly registrations: RecordedOf<"registration">[];
  readonly applications: RecordedOf<"application">[];
  openStart: RecordedOf<"application-start"> | undefined;
  readonly registeredKeys: Map<string, RegisteredKey>;
}

/** Why an entry is not accepted, and what to do. Also the codes with which appendEntry refuses. */
export const BREAKS = {
  malformed: "Look for a damaged or hand-edited file; restore the entry from a copy.",
  gap: "An entry is missing; restore it from a copy.",
  order: "An entry stands twice or in the wrong place; restore the record from a copy.",
  chain: "An earlier entry was changed or exchanged; restore the record from a copy.",
  rollback: "Entries that were there have gone; restore them, and find out who can write here.",
  signature: "Somebody changed the statement or forged the signature; restore it from a copy.",
  "unknown-signer": "The key must be registered for this person and this use before it may sign.",
  "too-few-signers": "Have the statement signed by everybody it needs, then add it.",
  "surplus-signer": "Make the statement again with only the signatures that it needs.",
  "foreign-tenant": "The statement belongs to another tenant; use the record of that tenant.",
  "other-stack": "The statement belongs to another stack; use the record of that stack.",
  repeated: "The statement is already there; make a new one if you mean it again.",
  time: "Correct the clock of the machine that signed, and make the statement again.",
  reference: "The statement speaks of something that this record does not hold; make it again.",
  "not-registered": "Start the record with a registration signed by two people of the provider.",
  "key-not-allowed": "Every person needs a key of their own, made by themselves.",
} as const;
type BreakReason = keyof typeof BREAKS;

/** What is wrong with one entry; one sentence. */
export interface Fault {
  readonly reason: BreakReason;
  readonly message: string;
}

export function newLedger(from?: VerifiedRecord): Ledger {
  return {
    statements: [...(from?.statements ?? [])],
    byId: new Map(from?.byId),
    registrations: [...(from?.registrations ?? [])],
    applications: [...(from?.applications ?? [])],
    openStart: from?.openStart,
    registeredKeys: new Map(from?.registeredKeys),
  };
}

/** The newest entry's place; what a new statement names as `seen`. */
export function headOf(record: VerifiedRecord): RecordPosition {
  const last = record.statements.at(-1);
  return last === undefined ? EMPTY : { sequence: last.sequence, hash: last.hash };
}
