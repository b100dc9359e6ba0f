/** The one database behind all tenants: SQLite in WAL mode, so that several processes can hold it open. */
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Each brings a database of the version before to its own; `PRAGMA user_version` says which have run. */
const MIGRATIONS = [
  `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL,
  json TEXT NOT NULL, created INTEGER NOT NULL, deleted INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS objects_by_id ON objects (tenant, id, type);
CREATE INDEX IF NOT EXISTS objects_by_type ON objects (tenant, type, deleted, seq);
CREATE TABLE IF NOT EXISTS keys (
  tenant TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (tenant, type, name, value, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_by_object ON keys (tenant, type, id);
CREATE TABLE IF NOT EXISTS links (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS links_by_source ON links (tenant, kind, source, target);
CREATE INDEX IF NOT EXISTS links_by_target ON links (tenant, kind, target);
CREATE TABLE IF NOT EXISTS changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS changes_by_type ON changes (tenant, type, seq);
CREATE TABLE IF NOT EXISTS jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, tenant TEXT NOT NULL, kind TEXT NOT NULL, due INTEGER NOT NULL, payload TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS jobs_by_due ON jobs (due);
`,
  `
ALTER TABLE objects ADD COLUMN changed INTEGER;
ALTER TABLE objects ADD COLUMN previous TEXT;
ALTER TABLE changes ADD COLUMN properties TEXT;
CREATE TABLE draws (
  bucket TEXT NOT NULL, slot INTEGER NOT NULL, cost INTEGER NOT NULL, PRIMARY KEY (bucket, slot)) WITHOUT ROWID;
`,
];

const BUSY_TIMEOUT_MS = 10_000;

export type SqlValue = string | number | null;

export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param file path of the database, or `:memory:` for one that lives as long as the emulator */
  constructor(file: string) {
    this.#connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    this.#connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    this.transaction("write", () => {
      this.#migrate();
    });
  }

  /** Runs the work in one transaction: all of it counts, or nothing. */
  transaction<T>(intent: "read" | "write", work: () => T): T {
    this.#connection.exec(intent === "write" ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
      const result = work();
      this.#connection.exec("COMMIT");
      return result;
    } catch (error) {
      this.#connection.exec("ROLLBACK");
      throw error;
    }
  }

  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  get(sql: string, ...values: SqlValue[]): unknown {
    return this.#prepare(sql).get(...values);
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** The next value of a counter that all processes on this database share. */
  next(counter: string): number {
    const row = this.get(
      "INSERT INTO meta (name, value) VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
      `counter:${counter}`,
    ) as { value: string } | undefined;
    return Number(row?.value);
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #migrate(): void {
    const { user_version: version } = this.get("PRAGMA user_version") as { user_version: number };
    for (const migration of MIGRATIONS.slice(version)) this.#connection.exec(migration);
    this.#connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
