import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leases, openStateDatabase, recordStore } from "../../../state/index.ts";
import {
  backUpSqlite,
  requireWhole,
  restoreSqlite,
} from "../../../state/database/sqlite-backup.ts";

const STACK = "tenantry/tenantry/example";
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("a backup of the database", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "backup-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function put(file: string, ...keys: readonly string[]): Promise<void> {
    const database = await openStateDatabase(file);
    for (const key of keys) await recordStore(database).putIfAbsent(key, bytes(key));
    await database.close();
  }

  async function keysIn(file: string): Promise<readonly string[]> {
    const database = await openStateDatabase(file, "read");
    const keys = await recordStore(database).list("");
    await database.close();
    return keys;
  }

  const inSql = (file: string, sql: string): unknown => {
    const database = new DatabaseSync(file);
    try {
      return database.prepare(sql).get();
    } finally {
      database.close();
    }
  };

  it("holds what was durable at that moment, while another process has the database open", async () => {
    const database = await openStateDatabase(at("state.sqlite"));
    await recordStore(database).putIfAbsent("example/entries/1.json", bytes("one"));
    backUpSqlite(at("state.sqlite"), at("copy"));
    await recordStore(database).putIfAbsent("example/entries/2.json", bytes("two"));
    await database.close();
    requireWhole(at("copy"));
    expect(await keysIn(at("copy"))).toEqual(["example/entries/1.json"]);
    expect(statSync(at("copy")).mode & 0o777).toBe(0o600);
  });

  it("is not made of a database that is not there, and leaves nothing behind", () => {
    const made = () => {
      backUpSqlite(at("state.sqlite"), at("copy"));
    };
    expect(made).toThrow(expect.objectContaining({ code: "state-unusable" }));
    expect(() => statSync(at("copy"))).toThrow("ENOENT");
  });

  it("comes back into a workspace without a database, and into one that lies behind", async () => {
    await put(at("state.sqlite"), "example/entries/1.json");
    await put(at("behind"), "example/entries/1.json");
    await put(at("state.sqlite"), "example/entries/2.json");
    const whole = await keysIn(at("state.sqlite"));
    backUpSqlite(at("state.sqlite"), at("copy"));
    restoreSqlite(at("new"), at("copy"));
    restoreSqlite(at("behind"), at("copy"));
    expect(await keysIn(at("new"))).toEqual(whole);
    expect(await keysIn(at("behind"))).toEqual(whole);
  });

  it("never takes away an entry of the record, or another content of one", async () => {
    await put(at("state.sqlite"), "example/entries/1.json");
    backUpSqlite(at("state.sqlite"), at("copy"));
    await put(at("state.sqlite"), "example/entries/2.json");
    const restored = (file: string) => () => {
      restoreSqlite(file, at("copy"));
    };
    const details = ["example/entries/2.json"];
    const older = expect.objectContaining({ code: "backup-older", details }) as unknown;
    expect(restored(at("state.sqlite"))).toThrow(older);
    expect(await keysIn(at("state.sqlite"))).toHaveLength(2);

    await put(at("other"), "example/entries/1.json");
    inSql(at("other"), "UPDATE record_values SET value = x'00' RETURNING 1");
    expect(restored(at("other"))).toThrow(expect.objectContaining({ code: "backup-older" }));
  });

  it("never takes away a version of a state, nor the steps of one that is under way", async () => {
    await put(at("state.sqlite"));
    const update = (status: string) =>
      `INSERT INTO updates (id, stack, kind, status, version, engine_version, request, started)
       VALUES ('u1', '${STACK}', 'update', '${status}', 1, '', '{}', 0)`;
    backUpSqlite(at("state.sqlite"), at("empty"));
    inSql(at("state.sqlite"), update("running"));
    backUpSqlite(at("state.sqlite"), at("running"));
    inSql(
      at("state.sqlite"),
      "INSERT INTO journal (update_id, sequence, content) VALUES ('u1', 1, '{}')",
    );
    for (const copy of ["empty", "running"]) {
      const restored = () => {
        restoreSqlite(at("state.sqlite"), at(copy));
      };
      const details = [`${STACK} version 1`];
      expect(restored).toThrow(expect.objectContaining({ code: "backup-older", details }));
    }
    // The same copy, once nothing here is newer.
    inSql(at("state.sqlite"), "DELETE FROM journal");
    restoreSqlite(at("state.sqlite"), at("running"));
    inSql(at("state.sqlite"), "UPDATE updates SET status = 'succeeded'");
    expect(() => {
      restoreSqlite(at("state.sqlite"), at("running"));
    }).toThrow(expect.objectContaining({ code: "backup-older" }));
  });

  it("is refused while a command holds a tenant, and lets no epoch fall", async () => {
    await put(at("state.sqlite"), "example/entries/1.json");
    backUpSqlite(at("state.sqlite"), at("copy"));
    const database = await openStateDatabase(at("state.sqlite"));
    const held = await leases(database, { lifetime: 45_000, grace: 10_000 }).acquire(STACK, {
      purpose: "apply",
      signal: new AbortController().signal,
    });
    const restored = () => {
      restoreSqlite(at("state.sqlite"), at("copy"));
    };
    expect(restored).toThrow(expect.objectContaining({ code: "tenant-locked" }));
    await held.release();
    await database.close();
    restored();
    const epoch = "SELECT epoch FROM leases";
    expect(inSql(at("state.sqlite"), epoch)).toEqual({ epoch: 1 });

    inSql(at("state.sqlite"), "UPDATE leases SET epoch = 7");
    backUpSqlite(at("state.sqlite"), at("later"));
    inSql(at("state.sqlite"), "UPDATE leases SET epoch = 9");
    restoreSqlite(at("state.sqlite"), at("later"));
    expect(inSql(at("state.sqlite"), epoch)).toEqual({ epoch: 9 });
  });

  it("that is damaged, or no database at all, is said to be that", async () => {
    await put(at("state.sqlite"), ...Array.from({ length: 200 }, (_, n) => `example/pages/${n}`));
    backUpSqlite(at("state.sqlite"), at("copy"));
    const content = readFileSync(at("copy"));
    writeFileSync(at("damaged"), Buffer.concat([content.subarray(0, 8192), Buffer.alloc(8192, 7)]));
    writeFileSync(at("text"), "not a database".repeat(100));
    // One letter of a key, so that the table says something else than its index.
    const letter = content.lastIndexOf("example/pages/199") + 1;
    writeFileSync(at("subtle"), content.fill("X", letter, letter + 1));
    for (const file of ["damaged", "subtle", "text", "missing"]) {
      expect(() => {
        requireWhole(at(file));
      }, file).toThrow(expect.objectContaining({ code: "backup-damaged" }));
    }
  });
});
