/** The record of one tenant in a store: reading it verified, and adding to it safely with others at work. */
import { ExpectedError } from "../../core/expected-error.ts";
import { appendEntry, stackName, verifyRecord } from "../../approval/index.ts";
import type {
  Entry,
  Envelope,
  RecordPosition,
  TrustRoots,
  Verification,
  VerifiedRecord,
} from "../../approval/index.ts";
import type { RecordStore } from "./record-store.ts";

export interface TenantRecordOptions {
  readonly store: RecordStore;
  readonly stack: string;
  readonly trustRoots: TrustRoots;
  readonly now: () => Date;
  /** A head seen before and kept outside the store; see known-heads.ts. */
  readonly knownHead?: RecordPosition;
}

export interface TenantRecord {
  /** The stored entries as they are, verified or not. */
  readEntries(): Promise<Uint8Array[]>;
  /** Reads and verifies everything. */
  verify(): Promise<Verification>;
  /**
   * Adds a statement after everything that is there by then. Others may add at the same time.
   * @throws ExpectedError `record-broken`, `record-busy`, or a reason of BREAKS when the statement would not verify.
   */
  append(envelope: Envelope): Promise<{ entry: Entry; record: VerifiedRecord }>;
}

/** Every lost race means that somebody else's entry went in; more than this in one go is no accident. */
const MOST_LOST_RACES = 20;

export function tenantRecord(options: TenantRecordOptions): TenantRecord {
  const { store, trustRoots } = options;
  const prefix = `${stackName.parse(options.stack)}/entries/`;

  const readEntries = async () => {
    const keys = await store.list(prefix);
    const entries: Uint8Array[] = [];
    // In bulk, yet with a bound on open files and requests.
    for (let start = 0; start < keys.length; start += 64) {
      const values = keys.slice(start, start + 64).map(async (key) => requireValue(store, key));
      entries.push(...(await Promise.all(values)));
    }
    return entries;
  };

  const verify = async () => verifyRecord(await readEntries(), trustRoots, options.knownHead);

  return {
    readEntries,
    verify,
    async append(envelope) {
      for (let lost = 0; lost < MOST_LOST_RACES; lost++) {
        const verification = await verify();
        if (!verification.ok) throw brokenRecord(verification.break);
        const added = appendEntry(verification.record, envelope, {
          now: options.now(),
          trustRoots,
        });
        const key = `${prefix}${entryName(added.entry.sequence)}`;
        if (await store.putIfAbsent(key, added.bytes)) return added;
      }
      throw new ExpectedError("record-busy", "Others keep adding to the record at the same time.", {
        hint: "Try again in a moment.",
      });
    },
  };
}

/** Fixed width, so that the order of the keys is the order of the entries. */
function entryName(sequence: number): string {
  return `${String(sequence).padStart(10, "0")}.json`;
}

async function requireValue(store: RecordStore, key: string): Promise<Uint8Array> {
  const value = await store.get(key);
  if (value === undefined) throw new Error(`${key} was listed by the store and is not there`);
  return value;
}

function brokenRecord({ sequence, message }: { sequence: number; message: string }): ExpectedError {
  return new ExpectedError(
    "record-broken",
    `The approval record does not hold from entry ${sequence}: ${message}`,
    { hint: "Find out with `tenantry log --verify` what was changed before anything is added." },
  );
}
