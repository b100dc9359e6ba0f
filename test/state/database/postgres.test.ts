import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pg from "pg";
import { leaseNameOf, leases, openStateDatabase, recordStore } from "../../../state/index.ts";
import type { StateDatabase } from "../../../state/index.ts";
import { comparable, histories } from "../support/histories.ts";
import { startPostgres } from "../support/postgres.ts";
import type { PostgresServer } from "../support/postgres.ts";
import { append, exported, imported, STACK, startUpdate } from "../support/state.ts";

const { signal: never } = new AbortController();

describe("the state in Postgres", { timeout: 60_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(async () => {
    await server.close();
  }, 60_000);

  /** Several processes on one new database, as far as Postgres can tell. */
  async function opened(count: number): Promise<readonly StateDatabase[]> {
    const url = await server.database();
    return await Promise.all(Array.from({ length: count }, () => openStateDatabase(url)));
  }
  const closed = async (databases: readonly StateDatabase[]): Promise<void> => {
    await Promise.all(databases.map((database) => database.close()));
  };

  it("is made by eight that open it at once, and all succeed", async () => {
    const databases = await opened(8);
    const told = await Promise.all(
      databases.map((database) => recordStore(database).putIfAbsent("key", new Uint8Array([1]))),
    );
    expect(told.filter(Boolean)).toHaveLength(1);
    await closed(databases);
  });

  it("holds the same states as the engine's own replayer makes", async () => {
    const [database] = await opened(1);
    if (database === undefined) return;
    for (const { base, entries, cuts } of histories.slice(0, 20)) {
      const whole = cuts.at(-1);
      await imported(database, { version: 3, deployment: base });
      const key = await startUpdate(database);
      await append(database, key, entries);
      await append(database, key, entries.slice(0, 3));
      await database.run("completeUpdate", { key, ending: "succeeded" });
      const told = await exported(database);
      Object.assign(whole?.deployment.manifest ?? {}, told.deployment.manifest);
      expect(comparable(told)).toEqual(whole && comparable(whole));
    }
    const told = await database.run("history", { stack: STACK, limit: 2, offset: 0 });
    expect(told.map(({ version, kind, result }) => [version, kind, result])).toEqual([
      [40, "update", "succeeded"],
      [39, "import", "succeeded"],
    ]);
    await database.run("deleteStack", {
      ...{ stack: STACK, isForced: true },
      guard: { lease: leaseNameOf(STACK), fence: undefined },
    });
    expect(await database.run("listStacks", undefined)).toEqual([]);
    await closed([database]);
  });

  it("lets one of ten start an update, and one of ten take a lease", async () => {
    const databases = await opened(10);
    const started = await Promise.allSettled(databases.map((database) => startUpdate(database)));
    expect(started.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const times = { lifetime: 2_000, grace: 0 };
    const taken = await Promise.allSettled(
      databases.map((database) =>
        leases(database, times).acquire("a", { purpose: "p", signal: never }),
      ),
    );
    const won = taken.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won.map(({ epoch }) => epoch)).toEqual([1]);
    for (const lease of won) await lease.release();
    await closed(databases);
  });

  it("takes nothing of an update or a record whose lease was broken by another process", async () => {
    const [one, other] = await opened(2);
    if (one === undefined || other === undefined) return;
    const name = leaseNameOf(STACK);
    const times = { lifetime: 60_000, grace: 0 };
    const fence = await leases(one, times).acquire(name, { purpose: "apply", signal: never });
    const key = await startUpdate(one, {
      fence: { name, epoch: fence.epoch, holder: fence.holder },
    });
    await leases(other, times).break(name);
    const lost = expect.objectContaining({ code: "lease-lost" }) as unknown as Error;
    await expect(append(one, key, [])).rejects.toThrow(lost);
    await expect(recordStore(one, fence).putIfAbsent("k", new Uint8Array())).rejects.toThrow(lost);
    await closed([one, other]);
  });

  it("sorts keys by code units and keeps every byte", async () => {
    const [database] = await opened(1);
    if (database === undefined) return;
    const record = recordStore(database);
    const value = Uint8Array.from({ length: 256 }, (_, at) => at);
    for (const key of ["b/1", "a/10", "a/2", "a-b", "A/1", "a/Z"])
      await record.putIfAbsent(key, value);
    expect(await record.list("")).toEqual(["A/1", "a-b", "a/10", "a/2", "a/Z", "b/1"]);
    expect(await record.list("a/")).toEqual(["a/10", "a/2", "a/Z"]);
    expect(await record.get("a/2")).toEqual(value);
    await closed([database]);
  });

  it("says what it cannot do", async () => {
    const url = await server.database();
    const code = (name: string) => expect.objectContaining({ code: name }) as unknown as Error;
    await expect(openStateDatabase("postgres://postgres@127.0.0.1:1/x")).rejects.toThrow(
      code("state-unusable"),
    );
    await expect(openStateDatabase(`${url}_missing`)).rejects.toThrow(code("state-unusable"));
    await (await openStateDatabase(url)).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query("ALTER ROLE postgres SET default_transaction_read_only = on");
    await expect(openStateDatabase(url)).rejects.toThrow(code("state-read-only"));
    const reading = await openStateDatabase(url, "read");
    expect(await recordStore(reading).list("")).toEqual([]);
    await reading.close();
    await client.query("SET default_transaction_read_only = off");
    await client.query("ALTER ROLE postgres RESET default_transaction_read_only");
    await client.query("INSERT INTO tenantry.migrations (version) VALUES (99)");
    await expect(openStateDatabase(url, "read")).rejects.toThrow(code("state-newer"));
    await client.end();
  });
});
