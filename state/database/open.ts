/** The one database behind state, record, plans and locks. */
import { fileURLToPath } from "node:url";
import type { Access } from "./port.ts";
import { openSqlite } from "./sqlite.ts";
import type { StateDatabase } from "./works.ts";

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
