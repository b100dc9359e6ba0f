/**
 * Record and plans of a test's workspace, read and changed as somebody could who may write to its database. What the
 * program itself never does, to change or remove a value, is done here by hand.
 */
import { DatabaseSync } from "node:sqlite";
import type { TestWorkspace } from "./workspace.ts";

/** Of entries, plans and pages: below `<tenant>/entries/`, `<tenant>/plans/` and `<tenant>/pages/`. */
export function recordKeys(workspace: TestWorkspace, prefix: string): string[] {
  return using(workspace, (database) =>
    database
      .prepare("SELECT key FROM record_values WHERE key >= ? AND key < ? ORDER BY key")
      .all(prefix, `${prefix}~`)
      .map(({ key }) => String(key)),
  );
}

/** The last of those keys. @throws when there is none */
export function newestKey(workspace: TestWorkspace, prefix: string): string {
  const key = recordKeys(workspace, prefix).at(-1);
  if (key === undefined) throw new Error(`Nothing is stored below ${prefix}`);
  return key;
}

export function recordValue(workspace: TestWorkspace, key: string): string {
  return using(workspace, (database) => {
    const row = database.prepare("SELECT value FROM record_values WHERE key = ?").get(key);
    if (row === undefined) throw new Error(`${key} is not stored`);
    return Buffer.from(row.value as Uint8Array).toString("utf8");
  });
}

export function writeRecordValue(workspace: TestWorkspace, key: string, value: string): void {
  using(workspace, (database) =>
    database
      .prepare("INSERT OR REPLACE INTO record_values (key, value, stored) VALUES (?, ?, 0)")
      .run(key, Buffer.from(value)),
  );
}

export function removeRecordValue(workspace: TestWorkspace, key: string): void {
  using(workspace, (database) =>
    database.prepare("DELETE FROM record_values WHERE key = ?").run(key),
  );
}

/** @throws when the edit changes nothing */
export function editRecordValue(
  workspace: TestWorkspace,
  key: string,
  edit: (value: string) => string,
): void {
  const value = recordValue(workspace, key);
  const edited = edit(value);
  if (edited === value) throw new Error(`Nothing in ${key} was changed`);
  writeRecordValue(workspace, key, edited);
}

function using<T>(workspace: TestWorkspace, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(workspace.data("state.sqlite"));
  try {
    return use(database);
  } finally {
    database.close();
  }
}
