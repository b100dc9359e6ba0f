/** A database as one file, whatever it lies on, and back: backups, and the way from a workspace to a server. */
import { isPostgres } from "./open.ts";
import { backUpSqlite, restoreSqlite } from "./sqlite-backup.ts";

/**
 * Copies everything as it stands at one moment; the copy is durable when this returns.
 * @param place path of a SQLite file, or `postgres:` URL
 * @param target a file that is not there yet; readable by its owner only. One that a killed command left is no whole
 * database, see requireWhole
 * @throws ExpectedError when the database cannot be read or the disk of the copy is full
 */
export async function backUpDatabase(place: string, target: string): Promise<void> {
  if (!isPostgres(place)) {
    backUpSqlite(place, target);
    return;
  }
  const { backUpPostgres } = await import("./postgres-backup.ts");
  await backUpPostgres(place, target);
}

/**
 * Brings a database to where a copy of it stands. One that is not there yet is made.
 * @param copy SQLite file of the present version; see migrations
 * @throws ExpectedError `backup-older` when the database holds anything that the copy does not, `tenant-locked` while
 * anybody works with it; nothing was changed then
 */
export async function restoreDatabase(place: string, copy: string): Promise<void> {
  if (!isPostgres(place)) {
    restoreSqlite(place, copy);
    return;
  }
  const { restorePostgres } = await import("./postgres-backup.ts");
  await restorePostgres(place, copy);
}
