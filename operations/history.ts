/** Reading a record for people: what every entry says, and whether it all holds. Needs no engine and no tenant. */
import { decodeEntry, headOf, otherVersion, readStatement } from "../approval/index.ts";
import type { ReadStatement, RecordPosition } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { planStore } from "./plan-store.ts";
import { recordOf } from "./records.ts";
import type { RecordPorts } from "./records.ts";

/** Whether the page that a decision maker saw is still here, and still the one that was signed. */
export type PageState = "same" | "changed" | "gone";

export interface LogEntry {
  readonly sequence: number;
  readonly recordedAt: string;
  readonly statement: ReadStatement;
  /** For decisions only. */
  readonly page?: PageState;
}

interface HistoryRequest {
  readonly stack: string;
}

/** Every entry as stored. @throws ExpectedError `record-broken` at one that cannot be read at all. */
export async function readLog(
  context: RecordPorts,
  { stack }: HistoryRequest,
): Promise<LogEntry[]> {
  const plans = planStore(context, stack);
  const entries = await (await recordOf(context, stack)).readEntries();
  return await Promise.all(
    entries.map(async (bytes, at) => {
      const entry = readEntry(bytes, at + 1);
      if (entry.statement.kind !== "decision") return entry;
      const { sha256 } = entry.statement.predicate.shown;
      return { ...entry, page: await plans.pageState(sha256) };
    }),
  );
}

interface VerificationRequest extends HistoryRequest {
  /** The newest entry when somebody decided, as they were told then; undefined: nobody was told anything. */
  readonly receipt: RecordPosition | undefined;
}

/**
 * Chain, signatures, the newest head that this machine has seen, and the entry of a receipt, which lies with whom it was
 * given to: not beside the record. @throws ExpectedError `record-broken`.
 */
export async function verifyLog(
  context: RecordPorts,
  { stack, receipt }: VerificationRequest,
): Promise<{ readonly entries: number; readonly head: RecordPosition }> {
  const verification = await (await recordOf(context, stack)).verify();
  if (verification.ok) {
    const { record } = verification;
    if (receipt !== undefined && record.statements[receipt.sequence - 1]?.hash !== receipt.hash) {
      const why = "it is not the entry of the receipt: entries were cut off or replaced";
      throw broken(receipt.sequence, why);
    }
    return { entries: record.statements.length, head: headOf(record) };
  }
  const { sequence, reason, message } = verification.break;
  throw reason === "other-version"
    ? otherVersion(sequence, message)
    : broken(sequence, `${message} (${reason})`);
}

function readEntry(bytes: Uint8Array, sequence: number): LogEntry {
  try {
    const { recordedAt, envelope, ...entry } = decodeEntry(bytes);
    return { sequence: entry.sequence, recordedAt, statement: readStatement(envelope) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    throw error.code === "other-version"
      ? otherVersion(sequence, error.message)
      : broken(sequence, error.message);
  }
}

const broken = (sequence: number, why: string): ExpectedError =>
  new ExpectedError("record-broken", `The record breaks at entry ${sequence}: ${why}`, {
    hint: "Approve and apply nothing; find out who can write to the storage, and restore the record from a backup.",
  });
