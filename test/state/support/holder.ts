/**
 * A process that holds a lease and writes under it, the way a sender does: it asks `remaining()` before each request.
 * Prints a line of JSON for each thing that it does, and rests after it: whoever is stopped in the middle of a
 * transaction keeps SQLite's lock, which is another story (`state-busy`).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { ExpectedError } from "../../../core/expected-error.ts";
import { leases, openStateDatabase, recordStore } from "../../../state/index.ts";

const [file = "", lifetime = "", grace = ""] = process.argv.slice(2);
const times = { lifetime: Number(lifetime), grace: Number(grace) };
const say = (what: object): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};

const database = await openStateDatabase(file);
const { signal } = new AbortController();
const lease = await leases(database, times).acquire("contoso", { purpose: "hold", signal });
say({ did: "acquired", epoch: lease.epoch, previous: lease.previous?.epoch });
const record = recordStore(database, lease);
for (let count = 0; ; count += 1) {
  const mayStillSend = lease.remaining() > 0;
  try {
    const stored = await record.putIfAbsent(`${lease.epoch}/${count}`, new Uint8Array());
    say({ did: "stored", stored, mayStillSend });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    say({ did: "refused", code: error.code, mayStillSend: lease.remaining() > 0 });
    break;
  }
  await sleep(200);
}
await database.close();
