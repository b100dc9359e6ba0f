/** The database of a workspace in this process: opened when it is first asked, once, and closed when the process ends. */
import { ExpectedError } from "../../core/expected-error.ts";
import { openStateDatabase } from "./open.ts";
import type { StateDatabase, Transactions } from "./works.ts";

const opened = new Map<string, Promise<StateDatabase>>();

/** @param file path of a SQLite file; on storage that can only be read it is opened for reading */
export const sharedDatabase = (file: string): Transactions => ({
  run: (name, input) => openOnce(file).then((database) => database.run(name, input)),
});

async function openOnce(file: string): Promise<StateDatabase> {
  const known = opened.get(file);
  if (known !== undefined) return await known;
  const opening = openedAsPossible(file);
  opened.set(file, opening);
  try {
    const database = await opening;
    // Keeps no process alive; closed in order, it leaves no log behind that read-only storage could not read.
    process.once("beforeExit", () => {
      opened.delete(file);
      void database.close();
    });
    return database;
  } catch (error) {
    opened.delete(file);
    throw error;
  }
}

async function openedAsPossible(file: string): Promise<StateDatabase> {
  try {
    return await openStateDatabase(file);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== "state-read-only") throw error;
    return await openStateDatabase(file, "read");
  }
}
