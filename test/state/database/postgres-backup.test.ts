/** One format of backups for both databases: what is copied out of one goes into the other, row by row. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  backUpDatabase,
  leases,
  openStateDatabase,
  recordStore,
  requireWhole,
  restoreDatabase,
} from "../../../state/index.ts";
import { KEPT_TABLES } from "../../../state/database/restore-sql.ts";
import { histories } from "../support/histories.ts";
import { startPostgres } from "../support/postgres.ts";
import type { PostgresServer } from "../support/postgres.ts";
import { append, imported, STACK, startUpdate } from "../support/state.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("a backup of a Postgres database", { timeout: 60_000 }, () => {
  let server: PostgresServer;
  const folder = mkdtempSync(join(tmpdir(), "copies-"));
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.close();
  }, 60_000);

  const put = async (place: string, ...keys: readonly string[]): Promise<void> => {
    const database = await openStateDatabase(place);
    for (const key of keys) await recordStore(database).putIfAbsent(key, bytes(key));
    await database.close();
  };

  /** Everything in a backup. */
  function contentOf(file: string): unknown {
    const database = new DatabaseSync(file, { readOnly: true });
    const rows = KEPT_TABLES.map((table) =>
      database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
    );
    database.close();
    return rows;
  }

  it("goes from a workspace to a server and back, whole, with an update under way and more rows than one reading takes", async () => {
    const [history] = histories;
    if (history === undefined) throw new Error("There is no history");
    const database = await openStateDatabase(at("workspace"));
    await imported(database, { version: 3, deployment: history.base });
    await append(database, await startUpdate(database), history.entries);
    for (let entry = 1; entry <= 120; entry += 1) {
      await recordStore(database).putIfAbsent(`example/entries/${entry}.json`, bytes(`e${entry}`));
    }
    await database.close();
    await backUpDatabase(at("workspace"), at("out"));
    // Nobody is at work in the copy any more, as when the lease has run out.
    const copy = new DatabaseSync(at("out"));
    copy.exec("UPDATE leases SET free = 0");
    copy.close();

    const url = await server.database();
    await restoreDatabase(url, at("out"));
    await backUpDatabase(url, at("back"));
    requireWhole(at("back"));
    expect(contentOf(at("back"))).toEqual(contentOf(at("out")));
    expect(JSON.stringify(contentOf(at("back")))).toContain(STACK);
    // Again: nothing is lost, and nothing is there twice.
    await restoreDatabase(url, at("back"));
    await backUpDatabase(url, at("again"));
    expect(contentOf(at("again"))).toEqual(contentOf(at("out")));
    expect(readdirSync(folder).filter((name) => /^(back|again)-/.test(name))).toEqual([]);
  });

  it("never takes away what a server has, and waits for who holds a tenant", async () => {
    const url = await server.database();
    await put(url, "one/entries/1.json");
    await backUpDatabase(url, at("older"));
    await put(url, "one/entries/2.json");
    const restored = restoreDatabase(url, at("older"));
    const details = ["one/entries/2.json"];
    await expect(restored).rejects.toMatchObject({ code: "backup-older", details });

    await backUpDatabase(url, at("newest"));
    const database = await openStateDatabase(url);
    const held = await leases(database, { lifetime: 45_000, grace: 10_000 }).acquire(STACK, {
      purpose: "apply",
      signal: new AbortController().signal,
    });
    const locked = { code: "tenant-locked" };
    await expect(restoreDatabase(url, at("newest"))).rejects.toMatchObject(locked);
    await held.release();
    await restoreDatabase(url, at("newest"));
    expect(await recordStore(database).list("")).toHaveLength(2);
    await database.close();
  });

  it("is not made of a database that holds nothing of ours, nor over a file that is there", async () => {
    const url = await server.database();
    const empty = {
      code: "state-unusable",
      message: expect.stringContaining("no state") as unknown,
    };
    await expect(backUpDatabase(url, at("none"))).rejects.toMatchObject(empty);
    await put(url, "one/entries/1.json");
    await backUpDatabase(url, at("there"));
    const before = contentOf(at("there"));
    await expect(backUpDatabase(url, at("there"))).rejects.toMatchObject({ code: "EEXIST" });
    expect(contentOf(at("there"))).toEqual(before);
    expect(readdirSync(folder)).not.toContain("none");
  });
});
