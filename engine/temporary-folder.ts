/**
 * Folders that are gone with the process that made them, whatever it died of: the next one removes what a dead one
 * left. Whether a folder's process lives is not asked by its id, which says nothing across containers and is used
 * again: the process holds SQLite's lock on a file in the folder, and the system takes that away from the dead.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const PREFIX = "tenantry-";
const CLAIM = "in-use.sqlite";
const YOUNG_MS = 60_000;

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** Readable by this user only. */
export function temporaryFolder(parent = tmpdir()): TemporaryFolder {
  removeAbandoned(parent);
  const path = mkdtempSync(join(parent, PREFIX));
  const claim = claimed(join(path, CLAIM));
  if (claim === undefined) throw new Error(`${path} is new, and somebody else's`);
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
    if (!name.startsWith(PREFIX) || !isOld(join(path, CLAIM))) continue;
    const claim = claimed(join(path, CLAIM));
    if (claim === undefined) continue;
    claim.close();
    rmSync(path, { recursive: true, force: true });
  }
}

/** One that is new may not be locked yet; a file that is not there, or not to be seen, is none of ours. */
function isOld(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > YOUNG_MS;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
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
