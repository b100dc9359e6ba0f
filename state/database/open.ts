/** Opens the database of the state: a file of the workspace, or one on a Postgres server. */
import { fileURLToPath } from "node:url";
import type { Access } from "./port.ts";
import { openSqlite } from "./sqlite.ts";
import type { StateDatabase } from "./works.ts";

/**
 * @param place path or `file:` URL of a SQLite file on a local disk, or `postgres:` URL of a database
 * @throws ExpectedError when it cannot be used
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
