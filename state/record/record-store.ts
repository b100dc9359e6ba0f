/**
 * Where records are kept: a write-once store of small values. Small enough for a folder, object storage
 * (PUT with If-None-Match: *) and a table (INSERT … ON CONFLICT DO NOTHING). Nothing is ever changed or removed,
 * so the storage behind it may forbid both.
 */
export interface RecordStore {
  /**
   * Stores the value unless the key is there; true when this call stored it. Of several calls at once for one
   * key exactly one gets true. Once true, the value survives a crash, and is never seen in part.
   */
  putIfAbsent(key: string, value: Uint8Array): Promise<boolean>;
  /** Undefined only when the key is not there; every other failure throws. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** All keys that start with the prefix, sorted by code units. */
  list(prefix: string): Promise<string[]>;
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/** Keys are path-like and the same on every storage; a key of another form is a bug of the caller. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new TypeError(`Not a key of a record store: ${JSON.stringify(key)}`);
  return key;
}
