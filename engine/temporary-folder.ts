/**
 * Folders that are gone with the process that made them, whatever it died of: the next one removes what a dead one
 * left. Whether a folder's process lives is not asked by its id, which says nothing across containers and is used
 * again: the process holds SQLite's lock on a file in the folder, and the system takes that away from the dead.
 */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const PREFIX = "tenantry-";
const CLAIM = "in-use.sqlite";

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** Readable by this user only. */
export function temporaryFolder(parent = tmpdir()): TemporaryFolder {
  removeAbandoned(parent);
  const path = mkdtempSync(join(parent, PREFIX));
  // Under its name only once it is locked: nobody may take it for one that was left behind.
  const unclaimed = join(path, "unclaimed.sqlite");
  const claim = claimed(unclaimed);
  if (claim === undefined) throw new Error(`${path} is new, and somebody else's`);
  renameSync(unclaimed, join(path, CLAIM));
  return {
    path,
    remove: () => {
      claim.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (!name.startsWith(PREFIX) || !existsSync(join(path, CLAIM))) continue;
    const claim = claimed(join(path, CLAIM));
    if (claim === undefined) continue;
    claim.close();
    rmSync(path, { recursive: true, force: true });
  }
}

/** The lock on the file; undefined when a living process has it, and when the file is not ours to open. */
function claimed(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error) return undefined;
    throw error;
  }
}
