/**
 * A SQLite database as one file, and back. Both are one transaction, so that other commands may be at work meanwhile.
 * Blocks its thread: for commands that do nothing else.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { ExpectedError } from "../../core/expected-error.ts";
import {
  heldAt,
  lostIn,
  MOST_NAMED,
  refuseLoss,
  refuseWhileLocked,
  replacedBy,
} from "./restore-sql.ts";
import { openedForWriting, readable } from "./sqlite-connection.ts";
import { stateErrorOf } from "./sqlite-errors.ts";

/**
 * Copies everything as it stands at one moment; the copy is durable when this returns.
 * @param target a file that is not there yet; readable by its owner only. One that a killed command left is no whole
 * database, see requireWhole
 * @throws ExpectedError when the database cannot be read or the disk of the copy is full
 */
export function backUpSqlite(file: string, target: string): void {
  // Nothing is ever overwritten; and SQLite fills an empty file, with the rights that it has.
  writeFileSync(target, "", { flag: "wx", mode: 0o600 });
  try {
    const database = readable(file);
    try {
      database.prepare("VACUUM INTO ?").run(target);
    } finally {
      database.close();
    }
    flush(target);
  } catch (error) {
    rmSync(target, { force: true });
    throw stateErrorOf(error, existsSync(file) ? target : file);
  }
}

function flush(file: string): void {
  const handle = openSync(file, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** See `restoreDatabase`. */
export function restoreSqlite(file: string, copy: string): void {
  try {
    const database = openedForWriting(file);
    try {
      database.prepare("ATTACH ? AS copy").run(copy);
      database.exec("BEGIN IMMEDIATE");
      refuseWhileLocked(rowsOf(database, heldAt(Date.now())));
      refuseLoss(rowsOf(database, lostIn("copy.")));
      for (const statement of replacedBy("copy.")) database.exec(statement);
      database.exec("COMMIT");
    } finally {
      // Ends a transaction that came to no end.
      database.close();
    }
  } catch (error) {
    throw stateErrorOf(error, file);
  }
}

const rowsOf = (database: DatabaseSync, sql: string): string[] =>
  database
    .prepare(sql)
    .all()
    .map(({ what }) => String(what));

/** @throws ExpectedError `backup-damaged` unless every page and index of the file is whole */
export function requireWhole(file: string): void {
  let said: string[];
  try {
    const database = readable(file);
    try {
      said = rowsOf(database, "SELECT integrity_check AS what FROM pragma_integrity_check");
    } finally {
      database.close();
    }
  } catch (error) {
    throw damaged(file, [], stateErrorOf(error, file));
  }
  if (said.join() !== "ok") throw damaged(file, said.slice(0, MOST_NAMED));
}

const damaged = (file: string, details: readonly string[], cause?: unknown): ExpectedError =>
  new ExpectedError("backup-damaged", `The backup cannot be used: ${file}.`, {
    hint: "Use another copy of it, or an older backup.",
    details,
    cause,
  });
