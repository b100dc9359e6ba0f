/** Reading records on a server: by the provider's keys, and against what this process saw before. */
import type { RecordPosition } from "../approval/index.ts";
import { readTrustRoots } from "../operations/index.ts";
import type { RecordPorts } from "../operations/index.ts";
import { recordStore } from "../state/index.ts";
import type { StateDatabase } from "../state/index.ts";

/** @param trustRoots file @throws ExpectedError those of the trust roots */
export function recordPorts(database: StateDatabase, trustRoots: string): RecordPorts {
  readTrustRoots(trustRoots);
  const seen = new Map<string, RecordPosition>();
  return {
    records: recordStore(database),
    // Of this process: a database that was put back while it runs is noticed.
    heads: {
      read: (stack) => Promise.resolve(seen.get(stack)),
      write: async (stack, head) => {
        if ((seen.get(stack)?.sequence ?? 0) < head.sequence) seen.set(stack, head);
      },
    },
    // Read each time: a key that is revoked counts no more from then on.
    trust: { roots: () => Promise.resolve(readTrustRoots(trustRoots)) },
    now: () => new Date(),
  };
}
