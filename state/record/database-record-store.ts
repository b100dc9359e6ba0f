/** The record in the state's database: rolled back together with the state, and written under its leases. */
import type { Transactions } from "../database/works.ts";
import type { Fence } from "../leases/table.ts";
import { checkedKey } from "./record-store.ts";
import type { RecordStore } from "./record-store.ts";

/**
 * @param fence lease under which everything is written; none for what needs no lock, such as an approval. Writing is
 * refused with `lease-lost` once it is another's.
 */
export function recordStore(database: Transactions, fence?: Fence): RecordStore {
  return {
    putIfAbsent: (key, value) => database.run("putValue", { key: checkedKey(key), value, fence }),
    get: (key) => database.run("getValue", checkedKey(key)),
    list: async (prefix) => [...(await database.run("listKeys", prefix))],
  };
}
