/**
 * What the rest of the state knows of a database. SQLite and Postgres speak the same SQL here: upserts, RETURNING and
 * `?` for parameters; a query builder would cost each command its loading and buy little for so few statements.
 */
export type SqlValue = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

/** One transaction. All of it counts, or nothing. */
export interface Queries {
  /** Rows of a SELECT, or of what RETURNING names. */
  all(sql: string, ...values: SqlValue[]): Promise<readonly Row[]>;
  /** Number of rows that were inserted, changed or removed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
  /** Milliseconds since 1970 by the clock that all processes on this database share. */
  now(): Promise<number>;
}

/**
 * A named piece of work in one transaction. It runs beside the database (for SQLite in a worker thread), so that no
 * transaction stays open while a busy program gets round to it; what goes in and comes out can be cloned. It may be
 * run again from its start, so it does nothing but query.
 */
export interface Work<Input, Output> {
  readonly access: "read" | "write";
  run(queries: Queries, input: Input): Promise<Output>;
}

/** `write` makes what is not there; `read` also works on storage that cannot be written. */
export type Access = "read" | "write";
