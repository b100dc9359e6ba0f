/** A Postgres database as a SQLite file, and back: one format of backups, whatever the state lies on. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import pg from "pg";
import type { Row, SqlValue } from "./port.ts";
import { postgresErrorOf } from "./postgres-errors.ts";
import { connectionTo, NOW, openPostgres } from "./postgres.ts";
import {
  heldAt,
  KEPT_TABLES,
  lostIn,
  refuseLoss,
  refuseWhileLocked,
  replacedBy,
} from "./restore-sql.ts";
import { backUpSqlite } from "./sqlite-backup.ts";
import { openedForWriting, readable } from "./sqlite-connection.ts";
import { stateErrorOf } from "./sqlite-errors.ts";

/** Rows in memory at once. A deployment of 5,000 objects is some hundred kilobytes. */
const ROWS = 50;

/** See `backUpDatabase`. */
export async function backUpPostgres(url: string, target: string): Promise<void> {
  // Refuses a database that is of another version or holds nothing of ours.
  await (await openPostgres(url, "read")).close();
  const folder = mkdtempSync(`${target}-`);
  try {
    const part = join(folder, "part.sqlite");
    await connected(url, (client) => copyAll(client, part));
    backUpSqlite(part, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copyAll(client: pg.Client, part: string): Promise<void> {
  try {
    const copy = openedForWriting(part);
    try {
      copy.exec("BEGIN");
      // A moment that could have been, without stopping anybody and without having to be tried again.
      await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
      for (const table of KEPT_TABLES) await copyOut(client, copy, table);
      await client.query("COMMIT");
      copy.exec("COMMIT");
    } finally {
      copy.close();
    }
  } catch (error) {
    throw stateErrorOf(error, part);
  }
}

async function copyOut(
  client: pg.Client,
  copy: DatabaseSync,
  table: (typeof KEPT_TABLES)[number],
): Promise<void> {
  const columns = columnsOf(copy, table);
  const insert = copy.prepare(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  await client.query(
    `DECLARE kept NO SCROLL CURSOR FOR SELECT ${columns.join(", ")} FROM ${table}`,
  );
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${ROWS} FROM kept`);
    // SQLite turns the text of Postgres' large integers into the integers that its columns take.
    for (const row of rows) insert.run(...columns.map((name) => row[name] as SQLInputValue));
    if (rows.length < ROWS) break;
  }
  await client.query("CLOSE kept");
}

/** See `restoreDatabase`. */
export async function restorePostgres(url: string, file: string): Promise<void> {
  await (await openPostgres(url, "write")).close();
  const copy = readable(file);
  try {
    await connected(url, async (client) => {
      await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      // Before anything is read: servers that are at work wait until this has ended.
      await client.query(`LOCK TABLE ${KEPT_TABLES.join(", ")} IN EXCLUSIVE MODE`);
      refuseWhileLocked(await names(client, heldAt(NOW)));
      for (const table of KEPT_TABLES) await copyIn(client, copy, table);
      refuseLoss(await names(client, lostIn("copy_")));
      for (const statement of replacedBy("copy_")) await client.query(statement);
      await client.query("COMMIT");
    });
  } finally {
    copy.close();
  }
}

async function copyIn(
  client: pg.Client,
  copy: DatabaseSync,
  table: (typeof KEPT_TABLES)[number],
): Promise<void> {
  await client.query(`CREATE TEMPORARY TABLE copy_${table} (LIKE ${table}) ON COMMIT DROP`);
  const columns = columnsOf(copy, table);
  let rows: Row[] = [];
  const insert = async (): Promise<void> => {
    if (rows.length === 0) return;
    const values = rows.map(
      (_, row) => `(${columns.map((_name, at) => `$${row * columns.length + at + 1}`).join(", ")})`,
    );
    await client.query(
      `INSERT INTO copy_${table} (${columns.join(", ")}) VALUES ${values.join(", ")}`,
      rows.flatMap((row) => columns.map((name) => row[name] as SqlValue)),
    );
    rows = [];
  };
  for (const row of copy.prepare(`SELECT * FROM ${table}`).iterate()) {
    rows.push(row);
    if (rows.length === ROWS) await insert();
  }
  await insert();
}

const columnsOf = (database: DatabaseSync, table: string): readonly string[] =>
  database
    .prepare("SELECT name FROM pragma_table_info(?)")
    .all(table)
    .map(({ name }) => String(name));

const names = async (client: pg.Client, sql: string): Promise<readonly string[]> =>
  (await client.query<Row>(sql)).rows.map(({ what }) => String(what));

/** What was begun and not committed is undone. */
async function connected<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionTo(url));
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw postgresErrorOf(error);
  } finally {
    await client.end();
  }
}
