/**
 * The record of a tenant: append-only, each entry holding the hash of the one before, every statement
 * signed. Reading and adding go through the same checks, so nothing can be added that would not verify.
 */
import { ExpectedError } from "../core/expected-error.ts";
import { decodeEntry, EMPTY, encodeEntry, entryHash, sealEntry, type Entry } from "./entry.ts";
import { isValid, isValidAsync, type Envelope, type SignatureCheck } from "./dsse.ts";
import type { RecordPosition } from "./fields.ts";
import { keyId, readPublicKey } from "./keys.ts";
import { readPasskeyKey } from "./passkeys.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import {
  BREAKS,
  headOf,
  newestTime,
  newLedger,
  wrongTimesWith,
  type Fault,
  type Ledger,
  type Recorded,
  type VerifiedRecord,
} from "./ledger.ts";
import { checkSigners, type SignerCheck } from "./signers.ts";
import { readStatement, type ReadStatement } from "./statement.ts";
import { checkStatement } from "./statement-rules.ts";
import type { TrustRoots } from "./trust-roots.ts";
import { devicesOf, peopleOf } from "./authority-facts.ts";

/** The first entry that does not hold, with the reason; the entries before it do hold. */
export interface RecordBreak extends Fault {
  readonly sequence: number;
}

export type Verification =
  | { readonly ok: true; readonly record: VerifiedRecord }
  | { readonly ok: false; readonly break: RecordBreak };

const INVALID_SIGNATURE: Fault = {
  reason: "signature",
  message: "A signature of the entry is not valid.",
};

export const emptyRecord: VerifiedRecord = newLedger();

interface VerifyOptions {
  readonly trustRoots: TrustRoots;
  /** A head seen before, kept elsewhere: the record must still contain it. */
  readonly known?: RecordPosition | undefined;
  /** What was verified before, which the entries follow; the empty record when left out. */
  readonly after?: VerifiedRecord;
}

/**
 * Checks a record. Asynchronous only because signatures are verified on several threads.
 * @param entries stored bytes, in the order of the record.
 */
export async function verifyRecord(
  entries: readonly Uint8Array[],
  { trustRoots, known = EMPTY, after = emptyRecord }: VerifyOptions,
): Promise<Verification> {
  const ledger = newLedger(after);
  const first = headOf(after).sequence + 1;
  const signatures: Promise<boolean>[] = [];
  let found: RecordBreak | undefined;
  for (const [index, bytes] of entries.entries()) {
    const added = addTo(ledger, bytes, trustRoots);
    if ("fault" in added) {
      found = { sequence: first + index, ...added.fault };
      break;
    }
    signatures.push(allValid(added.checks));
  }
  // A forged entry may have led the checks after it astray: the first break is the one that counts.
  const forged = (await Promise.all(signatures)).indexOf(false);
  if (forged !== -1) {
    return { ok: false, break: { sequence: first + forged, ...INVALID_SIGNATURE } };
  }
  const broken = found ?? rollback(ledger, known);
  return broken === undefined ? { ok: true, record: ledger } : { ok: false, break: broken };
}

async function allValid(checks: readonly SignatureCheck[]): Promise<boolean> {
  return (await Promise.all(checks.map(isValidAsync))).every(Boolean);
}

function rollback(ledger: Ledger, known: RecordPosition): RecordBreak | undefined {
  const still = known.sequence === 0 ? EMPTY : ledger.statements[known.sequence - 1];
  if (still?.hash === known.hash) return undefined;
  const message = `Entry ${known.sequence} was seen before and is missing or different now.`;
  return { sequence: known.sequence, reason: "rollback", message };
}

/**
 * The record with one more entry, and the entry's bytes to be stored.
 * @param at.now clock of the one who adds; up to 5 minutes behind the newest entry is taken as equal.
 * @throws ExpectedError with a reason of BREAKS as code when the entry would not verify.
 */
export function appendEntry(
  record: VerifiedRecord,
  envelope: Envelope,
  at: { now: Date; trustRoots: TrustRoots },
): { record: VerifiedRecord; entry: Entry; bytes: Uint8Array } {
  const newest = timeBefore(record, readStatement(envelope));
  const now = at.now.toISOString();
  if (now < newest && Date.parse(newest) - at.now.getTime() > CLOCK_TOLERANCE_MS) {
    const message = `The clock (${now}) is behind the newest entry (${newest}).`;
    throw new ExpectedError("time", message, {
      hint: "Set this machine's clock right and try again. If it is right and the entry's time is wrong, say so on the record: {acknowledge}.",
      remedy: { acknowledge: { tenant: record.statements[0]?.predicate.stack ?? "" } },
    });
  }
  const recordedAt = now < newest ? newest : now;
  const entry = sealEntry(headOf(record), { envelope, recordedAt });
  const bytes = encodeEntry(entry);
  const ledger = newLedger(record);
  const added = addTo(ledger, bytes, at.trustRoots);
  if ("fault" in added) throw refusal(added.fault);
  if (!added.checks.every(isValid)) throw refusal(INVALID_SIGNATURE);
  return { record: ledger, entry, bytes };
}

/** Adds one entry to the ledger if everything about it holds; its signatures are still to be verified. */
function addTo(ledger: Ledger, bytes: Uint8Array, trustRoots: TrustRoots): SignerCheck {
  let entry: Entry;
  let statement: ReadStatement;
  try {
    entry = decodeEntry(bytes);
    const misplaced = checkPlace(ledger, entry);
    if (misplaced !== undefined) return { fault: misplaced };
    statement = readStatement(entry.envelope);
    if (entry.recordedAt < timeBefore(ledger, statement)) {
      const message = `Entry ${entry.sequence} is older than the entry before it.`;
      return { fault: { reason: "time", message } };
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const reason = error.code === "other-version" ? error.code : "malformed";
    return { fault: { reason, message: error.message } };
  }
  const { envelope, recordedAt } = entry;
  const misfit = checkStatement(ledger, statement, recordedAt);
  if (misfit !== undefined) return { fault: misfit };
  const signers = checkSigners(statement, { record: ledger, envelope, recordedAt, trustRoots });
  if ("fault" in signers) return signers;
  const signedBy = envelope.signatures.map(({ keyid }) => keyid);
  const place = { sequence: entry.sequence, hash: entryHash(bytes), recordedAt, signedBy };
  const fault = keep(ledger, { ...statement, ...place });
  return fault === undefined ? signers : { fault };
}

function checkPlace(ledger: Ledger, entry: Entry): Fault | undefined {
  const head = headOf(ledger);
  const expected = head.sequence + 1;
  if (entry.sequence !== expected) {
    const reason = entry.sequence > expected ? "gap" : "order";
    return { reason, message: `Entry ${entry.sequence} is in the place of entry ${expected}.` };
  }
  if (entry.previousHash !== head.hash) {
    return { reason: "chain", message: `Entry ${expected} does not continue the entry before it.` };
  }
  return undefined;
}

/** The time before which a statement is not recorded; one that says which times are wrong does not wait for them. */
const timeBefore = (record: VerifiedRecord, statement: ReadStatement): string =>
  newestTime({ ...record, wrongTimes: wrongTimesWith(record, statement) });

function keep(ledger: Ledger, recorded: Recorded): Fault | undefined {
  if (recorded.kind === "registration") {
    const held = peopleOf(recorded.predicate.authority).flatMap((person) =>
      devicesOf(person).map((device) => ({ email: person.email, ...device })),
    );
    for (const { email, publicKey, passkey } of held) {
      try {
        const key = passkey === undefined ? readPublicKey(publicKey) : readPasskeyKey(publicKey);
        ledger.registeredKeys.set(keyId(publicKey), { email, key, passkey });
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error;
        return {
          reason: "malformed",
          message: `The key of ${email} is not of a kind that may sign.`,
        };
      }
    }
    ledger.registrations.push(recorded);
  }
  if (recorded.kind === "application-start") ledger.openStart = recorded;
  if (recorded.kind === "application") {
    ledger.applications.push(recorded);
    ledger.openStart = undefined;
  }
  if (recorded.kind === "acknowledgement") {
    for (const { sequence } of recorded.predicate.wrongTimes) ledger.wrongTimes.add(sequence);
  }
  ledger.statements.push(recorded);
  ledger.byId.set(recorded.id, recorded);
  return undefined;
}

function refusal({ reason, message }: Fault): ExpectedError {
  return new ExpectedError(reason, message, { hint: BREAKS[reason] });
}
