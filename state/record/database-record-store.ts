/** The record in the state's database: rolled back together with the state, and written under its leases. */
import type { StateDatabase } from "../database/works.ts";
import type { Fence } from "../leases/table.ts";

/** A write-once store of small values; the same contract as the record in a folder. */
interface DatabaseRecordStore {
  /** True when this call stored it. @throws {StateError} `lease-lost` when the lease it is written under is over */
  putIfAbsent(key: string, value: Uint8Array): Promise<boolean>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** All keys that start with the prefix, sorted by code units. */
  list(prefix: string): Promise<string[]>;
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** @param lease under which everything is written; none for what needs no lock, such as an approval */
export function recordStore(database: StateDatabase, lease?: Fence): DatabaseRecordStore {
  const fence = lease && { name: lease.name, epoch: lease.epoch, holder: lease.holder };
  return {
    putIfAbsent: (key, value) => database.run("putValue", { key: checked(key), value, fence }),
    get: (key) => database.run("getValue", checked(key)),
    list: async (prefix) => [...(await database.run("listKeys", prefix))],
  };
}

/** A key of another form is a bug of the caller. */
function checked(key: string): string {
  if (!KEY.test(key)) throw new TypeError(`Not a key of a record store: ${JSON.stringify(key)}`);
  return key;
}
