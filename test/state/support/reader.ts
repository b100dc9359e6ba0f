/** Reads a database where it cannot be written, then tries to write. */
import { ExpectedError } from "../../../core/expected-error.ts";
import { openStateDatabase, recordStore } from "../../../state/index.ts";

const [file = ""] = process.argv.slice(2);
const codeOf = (error: unknown): string => {
  if (!(error instanceof ExpectedError)) throw error;
  return error.code;
};
const reading = await openStateDatabase(file, "read");
const keys = await recordStore(reading).list("");
const writing = await recordStore(reading)
  .putIfAbsent("more", new Uint8Array())
  .then(String, codeOf);
await reading.close();
const opening = await openStateDatabase(file).then(() => "opened", codeOf);
process.stdout.write(JSON.stringify({ keys, writing, opening }));
