import { describe, expect, it } from "vitest";
import { leases, recordStore } from "../../../state/index.ts";
import { temporaryState } from "../support/state.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the record in the database", () => {
  it("stores each value once, and tells one of many that it was it", async () => {
    await using state = await temporaryState();
    const record = recordStore(state.database);
    const told = await Promise.all(
      ["one", "two", "three"].map((value) => record.putIfAbsent("contoso/0001.json", bytes(value))),
    );
    expect(told).toEqual([true, false, false]);
    expect(await record.get("contoso/0001.json")).toEqual(bytes("one"));
    expect(await record.get("contoso/0002.json")).toBeUndefined();
  });

  it("lists by prefix, sorted by code units", async () => {
    await using state = await temporaryState();
    const record = recordStore(state.database);
    for (const key of ["b/1", "a/10", "a/2", "a-b", "A/1", "a/Z"]) {
      await record.putIfAbsent(key, bytes(key));
    }
    expect(await record.list("a/")).toEqual(["a/10", "a/2", "a/Z"]);
    expect(await record.list("")).toEqual(["A/1", "a-b", "a/10", "a/2", "a/Z", "b/1"]);
    expect(await record.list("c")).toEqual([]);
  });

  it("keeps values with every byte as they are", async () => {
    await using state = await temporaryState();
    const value = Uint8Array.from({ length: 256 }, (_, at) => at);
    await recordStore(state.database).putIfAbsent("all", value);
    expect(await recordStore(state.database).get("all")).toEqual(value);
  });

  it("takes nothing from whoever has lost the lease that it is written under", async () => {
    await using state = await temporaryState();
    const locks = leases(state.database, { lifetime: 60_000, grace: 0 });
    const { signal } = new AbortController();
    const lease = await locks.acquire("contoso", { purpose: "apply", signal });
    const record = recordStore(state.database, lease);
    expect(await record.putIfAbsent("before", bytes("kept"))).toBe(true);
    await locks.break("contoso");
    await expect(record.putIfAbsent("after", bytes("refused"))).rejects.toThrow(
      expect.objectContaining({ code: "lease-lost" }),
    );
    expect(await record.list("")).toEqual(["before"]);
  });

  it.each(["", "/a", "a//b", "../a", "a b", "a~"])("refuses the key %j", async (key) => {
    await using state = await temporaryState();
    expect(() => recordStore(state.database).putIfAbsent(key, bytes(""))).toThrow(TypeError);
  });
});
