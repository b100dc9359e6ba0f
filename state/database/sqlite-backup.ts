/**
 * A database of a workspace as one file, and back. Both are one transaction of SQLite, so that other commands may be
 * at work meanwhile. Blocks its thread: for commands that do nothing else.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeFileSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { ExpectedError } from "../../core/expected-error.ts";
import { openedForWriting, readable } from "./sqlite-connection.ts";
import { stateErrorOf } from "./sqlite-errors.ts";

/**
 * Copies everything as it stands at one moment; the copy is durable when this returns.
 * @param target a file that is not there yet; readable by its owner only. One that a killed command left is no whole
 * database, see requireWhole
 * @throws ExpectedError when the database cannot be read or the disk of the copy is full
 */
export function backUpDatabase(file: string, target: string): void {
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

/**
 * Brings a database to where a copy of it stands. Epochs of leases never fall, so that no process of before may write
 * again.
 * @param copy of the present version; see migrations
 * @throws ExpectedError `backup-older` when the database holds anything that the copy does not, `tenant-locked` while
 * anybody works with it; nothing was changed then
 */
export function restoreDatabase(file: string, copy: string): void {
  try {
    const database = openedForWriting(file);
    try {
      database.prepare("ATTACH ? AS copy").run(copy);
      database.exec("BEGIN IMMEDIATE");
      refuseWhileLocked(database);
      refuseLoss(database);
      database.exec(REPLACEMENT);
      database.exec("COMMIT");
    } finally {
      // Ends a transaction that came to no end.
      database.close();
    }
  } catch (error) {
    throw stateErrorOf(error, file);
  }
}

/** Tables whose rows change; values of the record never do. */
const REPLACED = ["stacks", "deployments", "updates", "journal", "intents"]
  .map(
    (table) => `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM copy.${table};`,
  )
  .join("\n");

const REPLACEMENT = `${REPLACED}
INSERT INTO main.record_values SELECT * FROM copy.record_values WHERE true ON CONFLICT (key) DO NOTHING;
INSERT INTO main.leases SELECT * FROM copy.leases WHERE true
  ON CONFLICT (name) DO UPDATE SET epoch = max(epoch, excluded.epoch);`;

function refuseWhileLocked(database: DatabaseSync): void {
  const [held] = rowsOf(
    database,
    `SELECT name AS what FROM main.leases WHERE free > ${Date.now()}`,
  );
  if (held === undefined) return;
  throw new ExpectedError("tenant-locked", `A command is at work: ${held} is locked.`, {
    hint: "Wait until it has ended, then restore again; nothing was changed.",
  });
}

/**
 * What the copy lacks: values of the record and of plans, updates of a state, and the end or the newest steps of one
 * that was under way. Previews, which have no version, change nothing.
 */
const LOST = `
SELECT here.key AS what FROM main.record_values here LEFT JOIN copy.record_values there USING (key)
  WHERE there.value IS NOT here.value
UNION ALL
SELECT here.stack || ' version ' || here.version FROM main.updates here LEFT JOIN copy.updates there USING (id)
  WHERE here.version > 0 AND (there.id IS NULL OR there.status = 'running' AND (here.status <> 'running' OR
    (SELECT count(*) FROM main.journal WHERE update_id = here.id) >
    (SELECT count(*) FROM copy.journal WHERE update_id = here.id)))`;

const MOST_NAMED = 10;

function refuseLoss(database: DatabaseSync): void {
  const lost = rowsOf(database, LOST);
  if (lost.length === 0) return;
  throw new ExpectedError(
    "backup-older",
    `This workspace holds ${lost.length} entries and versions that the backup does not hold.`,
    {
      hint: "Nothing was changed. Restore a newer backup; docs/recovery.md says how to go back all the same.",
      details: lost.slice(0, MOST_NAMED),
    },
  );
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
