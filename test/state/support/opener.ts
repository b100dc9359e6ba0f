/** A process that opens a database as soon as it is told to, and writes one value. */
import { once } from "node:events";
import { openStateDatabase, recordStore } from "../../../state/index.ts";

const [file = "", key = ""] = process.argv.slice(2);
process.send?.("ready");
await once(process, "message");
const database = await openStateDatabase(file);
const stored = await recordStore(database).putIfAbsent(key, new Uint8Array());
await database.close();
process.send?.(stored);
process.disconnect();
