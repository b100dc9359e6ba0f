/** The database of a workspace in this process: opened when it is first asked, once, and closed when the process ends. */
import { ExpectedError } from "../../core/expected-error.ts";
import { openStateDatabase } from "./open.ts";
import type { StateDatabase, Transactions } from "./works.ts";

const opened = new Map<string, Promise<StateDatabase>>();

/** @param place see `openStateDatabase`; a file on storage that can only be read is opened for reading */
export const sharedDatabase = (place: string): Transactions => ({
  run: (name, input) => openOnce(place).then((database) => database.run(name, input)),
});

async function openOnce(place: string): Promise<StateDatabase> {
  const known = opened.get(place);
  if (known !== undefined) return await known;
  const opening = openedAsPossible(place);
  opened.set(place, opening);
  try {
    const database = await opening;
    // Keeps no process alive; closed in order, it leaves no log behind that read-only storage could not read.
    process.once("beforeExit", () => {
      opened.delete(place);
      void database.close();
    });
    return database;
  } catch (error) {
    opened.delete(place);
    throw error;
  }
}

async function openedAsPossible(place: string): Promise<StateDatabase> {
  try {
    return await openStateDatabase(place);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== "state-read-only") throw error;
    return await openStateDatabase(place, "read");
  }
}
