/**
 * One SQLite file, open in several processes at once. WAL lets them read while one writes, and `synchronous = FULL`
 * makes a commit durable before it is answered. Blocks its thread; see sqlite.ts.
 */
import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { ExpectedError } from "../../core/expected-error.ts";
import { requireLocalDisk } from "./local-disk.ts";
import type { Access, Queries, Row, SqlValue, Work } from "./port.ts";
import { migrations } from "./schema.ts";
import { isBusy, stateErrorOf } from "./sqlite-errors.ts";

/** Longer than any transaction here takes, the folding of a large journal included. */
const BUSY_MS = 30_000;
const RETRY_MS = 20;
const MIGRATIONS = migrations({
  bytes: "BLOB",
  integer: "INTEGER",
  text: "TEXT",
  table: " STRICT",
});

export class SqliteConnection implements Queries {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws ExpectedError when the file cannot be used so */
  constructor(file: string, access: Access) {
    this.#file = file;
    try {
      requireLocalDisk(dirname(file));
      this.#database = access === "write" ? openedForWriting(file) : openedForReading(file);
    } catch (error) {
      throw stateErrorOf(error, file);
    }
  }

  /** Runs the work in one transaction: all of it counts, or nothing. */
  async transaction<Input, Output>(work: Work<Input, Output>, input: Input): Promise<Output> {
    try {
      this.#database.exec(work.access === "write" ? "BEGIN IMMEDIATE" : "BEGIN");
      const output = await work.run(this, input);
      this.#database.exec("COMMIT");
      return output;
    } catch (error) {
      // A full disk has ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw stateErrorOf(error, this.#file);
    }
  }

  all(sql: string, ...values: SqlValue[]): Promise<readonly Row[]> {
    return promised(() => this.#prepared(sql).all(...values));
  }

  run(sql: string, ...values: SqlValue[]): Promise<number> {
    return promised(() => Number(this.#prepared(sql).run(...values).changes));
  }

  /** One clock for all processes, since all are on one machine. */
  now(): Promise<number> {
    return Promise.resolve(Date.now());
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const promised = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

/** Made where it is not there yet, and of the present version. */
export function openedForWriting(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // SQLite's own files beside it get the rights of this one.
  closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    // The change to WAL is the one thing for which SQLite does not wait by itself.
    retried(() => {
      database.exec("PRAGMA journal_mode = WAL");
    });
    database.exec("PRAGMA synchronous = FULL");
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A database that is not there yet reads as an empty one. */
function openedForReading(file: string): DatabaseSync {
  if (!existsSync(file)) {
    const empty = new DatabaseSync(":memory:");
    migrate(empty, file);
    return empty;
  }
  const database = readable(file);
  const version = versionOf(database);
  if (version === MIGRATIONS.length) return database;
  database.close();
  throw version > MIGRATIONS.length ? newer(file) : older(file);
}

/**
 * SQLite shares its read marks in files beside the database, which cannot be made on read-only storage. Where there
 * is no log to read with it, nobody can be writing, and the file is read as it stands.
 */
export function readable(file: string): DatabaseSync {
  try {
    return tried(new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS }));
  } catch (error) {
    if (hasLog(file)) throw error;
    const url = pathToFileURL(file);
    url.searchParams.set("immutable", "1");
    return tried(new DatabaseSync(url, { readOnly: true }));
  }
}

function tried(database: DatabaseSync): DatabaseSync {
  try {
    versionOf(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const hasLog = (file: string): boolean =>
  (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

function migrate(database: DatabaseSync, file: string): void {
  // So that who only reads waits for nobody who writes.
  if (versionOf(database) === MIGRATIONS.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw newer(file);
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** Also reads the file for the first time. */
function versionOf(database: DatabaseSync): number {
  const row = database.prepare("SELECT user_version FROM pragma_user_version").get();
  return Number(row?.user_version);
}

function retried(work: () => void): void {
  const deadline = Date.now() + BUSY_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

const newer = (file: string): ExpectedError =>
  new ExpectedError(
    "state-newer",
    `The state's database was upgraded by a newer version of Tenantry: ${file}.`,
    { hint: "Update Tenantry to the version that the others use." },
  );

const older = (file: string): ExpectedError =>
  new ExpectedError(
    "state-read-only",
    `The state's database is from an earlier version and has to be upgraded first: ${file}.`,
    {
      hint: "Plan once where the workspace is writable; that upgrades it.",
    },
  );
