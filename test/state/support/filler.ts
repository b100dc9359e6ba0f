/** Writes to a database on a small disk until it is full, and says what it was told and what is there afterwards. */
import { ExpectedError } from "../../../core/expected-error.ts";
import { openStateDatabase, recordStore } from "../../../state/index.ts";

const [file = ""] = process.argv.slice(2);
const CHUNK = 16 * 1024;

const database = await openStateDatabase(file);
const record = recordStore(database);
let stored = 0;
let code = "none";
while (code === "none" && stored < 10_000) {
  try {
    await record.putIfAbsent(`value/${stored}`, new Uint8Array(CHUNK).fill(stored));
    stored += 1;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    code = error.code;
  }
}
await database.close();

const again = await openStateDatabase(file, "read");
const keys = await recordStore(again).list("");
const last = await recordStore(again).get(`value/${stored - 1}`);
await again.close();
process.stdout.write(JSON.stringify({ code, stored, kept: keys.length, last: last?.length }));
