/** Reading columns: what comes out of a database has the type that its schema promises, or that is our bug. */
import type { Row } from "./port.ts";

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw wrongType(column, value);
  return value;
}

/** Undefined for NULL. */
export const optionalText = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : text(row, column);

/** Postgres gives its 64-bit integers as text. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) throw wrongType(column, value);
  return number;
}

/** Postgres gives buffers, which are not what they are compared with. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrongType(column, value);
  return Buffer.isBuffer(value) ? new Uint8Array(value) : value;
}

const wrongType = (column: string, value: unknown): TypeError =>
  new TypeError(`Column ${column} holds a ${value === null ? "NULL" : typeof value}`);
