/** The record of one tenant in a store: read and verified once, then added to safely with others at work. */
import {
  appendEntry,
  headOf,
  otherVersion,
  stackName,
  verifyRecord,
} from "../../approval/index.ts";
import type { Envelope, TrustRoots, Verification, VerifiedRecord } from "../../approval/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { KnownHeads } from "./checkpoints.ts";
import type { RecordStore } from "./record-store.ts";

export interface TenantRecordOptions {
  readonly store: RecordStore;
  readonly stack: string;
  readonly trustRoots: TrustRoots;
  readonly now: () => Date;
  /** Heads seen before, kept outside the store: what was cut off since is noticed. */
  readonly heads: KnownHeads;
}

export interface TenantRecord {
  /** The stored entries as they are, verified or not. */
  readEntries(): Promise<Uint8Array[]>;
  /** Reads and verifies everything. */
  verify(): Promise<Verification>;
  /** Does so for a caller who continues with it. @throws ExpectedError `record-broken`. */
  open(): Promise<Ledger>;
}

/** A record that was read and verified, in memory; never changed, each step gives the next one. */
export interface Ledger {
  readonly record: VerifiedRecord;
  /**
   * With what others added since; only that is read and verified. @throws ExpectedError `record-broken`.
   * @param through where what is added from then on is stored, such as the records of a lock
   */
  renew(through?: RecordStore): Promise<Ledger>;
  /**
   * With this statement, after everything that is there by then. Others may add at the same time.
   * @throws ExpectedError `record-broken`, `record-busy`, or a reason of BREAKS when the statement would not verify.
   */
  append(envelope: Envelope): Promise<Ledger>;
}

/** Every lost race means that somebody else's entry went in; more than this in a row is not a coincidence. */
const MOST_LOST_RACES = 20;

export function tenantRecord(options: TenantRecordOptions): TenantRecord {
  const { store, stack, trustRoots, now, heads } = options;
  const prefix = `${stackName.parse(stack)}/entries/`;

  const readEntries = async (after = 0) => {
    const keys = (await store.list(prefix)).slice(after);
    const entries: Uint8Array[] = [];
    // In bulk, yet with a bound on open files and requests.
    for (let start = 0; start < keys.length; start += 64) {
      const values = keys.slice(start, start + 64).map(async (key) => requireValue(store, key));
      entries.push(...(await Promise.all(values)));
    }
    return entries;
  };

  const verifyAfter = async (record?: VerifiedRecord): Promise<Verification> => {
    // The head first: another process may add to both in between, and its entry is not missing then.
    const known = await heads.read(stack);
    const entries = await readEntries(record?.statements.length);
    const after = record === undefined ? {} : { after: record };
    const verification = await verifyRecord(entries, { trustRoots, known, ...after });
    if (verification.ok) await heads.write(stack, headOf(verification.record));
    return verification;
  };

  const ledgerOf = (record: VerifiedRecord, written = store): Ledger => ({
    record,
    renew: async (through = written) => ledgerOf(requireWhole(await verifyAfter(record)), through),
    async append(envelope) {
      let newest = record;
      for (let lost = 0; lost < MOST_LOST_RACES; lost++) {
        const added = appendEntry(newest, envelope, { now: now(), trustRoots });
        const key = `${prefix}${entryName(added.entry.sequence)}`;
        if (await written.putIfAbsent(key, added.bytes)) {
          await heads.write(stack, headOf(added.record));
          return ledgerOf(added.record, written);
        }
        newest = requireWhole(await verifyAfter(newest));
      }
      throw new ExpectedError("record-busy", "Other processes keep adding to the record.", {
        hint: "Try again in a moment.",
      });
    },
  });

  return {
    readEntries: () => readEntries(),
    verify: () => verifyAfter(),
    open: async () => ledgerOf(requireWhole(await verifyAfter())),
  };

  function requireWhole(verification: Verification): VerifiedRecord {
    if (verification.ok) return verification.record;
    const { sequence, message, reason } = verification.break;
    if (reason === "other-version") throw otherVersion(sequence, message);
    throw new ExpectedError(
      "record-broken",
      `The approval record is not valid from entry ${sequence}: ${message}`,
      {
        hint: "Find out with {log} what was changed before anything else is done.",
        remedy: { log: { tenant: stack, verify: true } },
      },
    );
  }
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
