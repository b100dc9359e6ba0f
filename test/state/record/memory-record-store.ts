/** A record store in memory, with a place to step in between what two writers do. */
import { checkedKey, type RecordStore } from "../../../state/record/record-store.ts";

export function memoryRecordStore(
  beforePut: (key: string) => Promise<void> | void = () => undefined,
): RecordStore {
  const values = new Map<string, Uint8Array>();
  return {
    async putIfAbsent(key, value) {
      checkedKey(key);
      await beforePut(key);
      if (values.has(key)) return false;
      values.set(key, Uint8Array.from(value));
      return true;
    },
    async get(key) {
      checkedKey(key);
      return values.get(key);
    },
    async list(prefix) {
      return [...values.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
  };
}
