/** The one database behind state, record, plans and locks. */
import { fileURLToPath } from "node:url";
import type { Access } from "./port.ts";
import { openSqlite } from "./sqlite.ts";
import type { InputOf, OutputOf, WorkName } from "./works.ts";

export interface StateDatabase {
  /** One transaction. @throws {StateError} for what the disk, the other processes or the locks do not allow */
  run<Name extends WorkName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  /** Waits for what was asked before. */
  close(): Promise<void>;
}

/**
 * @param place path or `file:` URL of a SQLite file on a local disk, or `postgres:` URL of a database
 * @throws {StateError} when it cannot be used
 */
export async function openStateDatabase(
  place: string,
  access: Access = "write",
): Promise<StateDatabase> {
  if (/^postgres(ql)?:/.test(place)) {
    const { openPostgres } = await import("./postgres.ts");
    return await openPostgres(place, access);
  }
  return await openSqlite(place.startsWith("file:") ? fileURLToPath(place) : place, access);
}
