/**
 * The state in a Postgres database, for a server or a team: the same work in the same SQL. Transactions are
 * serializable and run again when they met another, so that several processes at once see what SQLite's single
 * writer sees. The driver is loaded only where Postgres is used.
 */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Access, Queries, Row, SqlValue, Work } from "./port.ts";
import { isToBeRunAgain, postgresErrorOf } from "./postgres-errors.ts";
import { integer } from "./row.ts";
import { migrations } from "./schema.ts";
import { workOf } from "./works.ts";
import type { StateDatabase } from "./works.ts";

const SCHEMA = "tenantry";
const MIGRATIONS = migrations({
  bytes: "BYTEA",
  integer: "BIGINT",
  // As SQLite compares and sorts, whatever the language of the database.
  text: 'TEXT COLLATE "C"',
  table: "",
});
/** Number of the lock under which the tables are made and changed, any that nobody else uses. */
const MIGRATION_LOCK = 7_362_011;
const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
const ATTEMPTS = 20;
const PAUSE_MS = 25;

/** Milliseconds since 1970, by the one clock that all processes share. */
export const NOW = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

export const connectionTo = (url: string): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  // A commit is answered when it is durable, whatever the server's default.
  options: `-c search_path=${SCHEMA} -c synchronous_commit=on`,
});

/** @throws ExpectedError when it cannot be reached or used */
export async function openPostgres(url: string, access: Access): Promise<StateDatabase> {
  const pool = new pg.Pool({
    ...connectionTo(url),
    max: CONNECTIONS,
    allowExitOnIdle: true,
  });
  // An idle connection that breaks is replaced; what is under way fails by itself.
  pool.on("error", () => undefined);
  const connected = async <T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    try {
      const client = await pool.connect();
      try {
        return await use(client);
      } finally {
        client.release();
      }
    } catch (error) {
      throw postgresErrorOf(error);
    }
  };
  try {
    await connected(access === "write" ? migrate : requireVersion);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    run: (name, input) =>
      connected((client) => transaction(client, workOf({ name, input }), input)) as never,
    close: () => pool.end(),
  };
}

async function transaction(
  client: pg.PoolClient,
  work: Work<unknown, unknown>,
  input: unknown,
): Promise<unknown> {
  const mode = work.access === "write" ? "READ WRITE" : "READ ONLY";
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`BEGIN ISOLATION LEVEL SERIALIZABLE ${mode}`);
      const output = await work.run(new PostgresQueries(client), input);
      await client.query("COMMIT");
      return output;
    } catch (error) {
      await client.query("ROLLBACK");
      if (!isToBeRunAgain(error) || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS * attempt * Math.random());
    }
  }
}

class PostgresQueries implements Queries {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async all(sql: string, ...values: SqlValue[]): Promise<readonly Row[]> {
    return (await this.#client.query<Row>(numbered(sql), values)).rows;
  }

  async run(sql: string, ...values: SqlValue[]): Promise<number> {
    return (await this.#client.query(numbered(sql), values)).rowCount ?? 0;
  }

  async now(): Promise<number> {
    const [row] = await this.all(`SELECT ${NOW} AS now`);
    return row === undefined ? Number.NaN : integer(row, "now");
  }
}

/** Postgres numbers its parameters. No statement here has a question mark in a text. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll("?", () => {
    count += 1;
    return `$${count}`;
  });
}

async function migrate(client: pg.PoolClient): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    await client.query(
      "CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY)",
    );
    const version = await versionOf(client);
    for (const [at, migration] of MIGRATIONS.entries()) {
      if (at < version) continue;
      await client.query(migration);
      await client.query("INSERT INTO migrations (version) VALUES ($1)", [at + 1]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

async function requireVersion(client: pg.PoolClient): Promise<void> {
  if ((await versionOf(client)) === MIGRATIONS.length) return;
  throw new ExpectedError(
    "state-read-only",
    "The state's database is from an earlier version and has to be upgraded first.",
    {
      hint: "Plan once with write access; that upgrades it.",
    },
  );
}

async function versionOf(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<Row>(
    "SELECT COALESCE(MAX(version), 0) AS version FROM migrations",
  );
  const version = rows[0] === undefined ? 0 : integer(rows[0], "version");
  if (version <= MIGRATIONS.length) return version;
  throw new ExpectedError(
    "state-newer",
    "The state's database was upgraded by a newer version of Tenantry.",
    { hint: "Update Tenantry to the version that the others use." },
  );
}
