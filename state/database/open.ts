/** Opens the database of the state: a file of the workspace, one on a Postgres server, or that of `tenantry serve`. */
import { fileURLToPath } from "node:url";
import type { Access } from "./port.ts";
import { openSqlite } from "./sqlite.ts";
import type { StateDatabase } from "./works.ts";

/**
 * @param place path or `file:` URL of a SQLite file on a local disk, `postgres:` URL of a database, or `https:` URL of a
 * server (`http:` on this machine)
 * @throws ExpectedError when it cannot be used
 */
export async function openStateDatabase(
  place: string,
  access: Access = "write",
): Promise<StateDatabase> {
  if (isPostgres(place)) {
    const { openPostgres } = await import("./postgres.ts");
    return await openPostgres(place, access);
  }
  if (/^https?:/.test(place)) {
    const { openServerDatabase } = await import("../remote/server-database.ts");
    return openServerDatabase(place);
  }
  return await openSqlite(place.startsWith("file:") ? fileURLToPath(place) : place, access);
}

export const isPostgres = (place: string): boolean => /^postgres(ql)?:/.test(place);
