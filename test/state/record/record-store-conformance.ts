/** What every record store must do; a new implementation runs this suite on itself. */
import { describe, expect, it } from "vitest";
import type { RecordStore } from "../../../state/record/record-store.ts";

/** @param make a new, empty store, and a second client of the same storage. */
export function recordStoreConformance(
  name: string,
  make: () => Promise<{ store: RecordStore; other: RecordStore }>,
): void {
  describe(`${name} as a record store`, () => {
    it("gives back the bytes that were put, also to another client", async () => {
      const { store, other } = await make();
      const value = Buffer.from([0, 1, 13, 10, 128, 255]);
      expect(await store.putIfAbsent("contoso/entries/1.json", value)).toBe(true);
      for (const client of [store, other]) {
        expect(Buffer.from((await client.get("contoso/entries/1.json")) ?? [])).toEqual(value);
      }
    });

    it("keeps the first value of a key", async () => {
      const { store, other } = await make();
      expect(await store.putIfAbsent("a", Buffer.from("first"))).toBe(true);
      expect(await other.putIfAbsent("a", Buffer.from("second"))).toBe(false);
      expect(Buffer.from((await store.get("a")) ?? []).toString()).toBe("first");
    });

    it("lets exactly one of many writers have a key, and that one's value is kept", async () => {
      const { store, other } = await make();
      const writers = Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other));
      const won = await Promise.all(
        writers.map((writer, i) => writer.putIfAbsent("x/y", Buffer.from(`writer ${i}`))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const kept = Buffer.from((await store.get("x/y")) ?? []).toString();
      expect(kept).toBe(`writer ${won.indexOf(true)}`);
    });

    it("has nothing under a key that was never put", async () => {
      const { store } = await make();
      await store.putIfAbsent("a/b", Buffer.from("b"));
      expect(await store.get("a/c")).toBeUndefined();
      expect(await store.get("nothing/at/all")).toBeUndefined();
    });

    it("lists the keys that start with a prefix, sorted by code units", async () => {
      const { store, other } = await make();
      const keys = ["t/e/0010", "t/e/0009", "t/l/1", "t2/e/1", "t/B", "t/a"];
      for (const key of keys) await store.putIfAbsent(key, Buffer.from(key));
      expect(await other.list("")).toEqual([...keys].sort());
      expect(await other.list("t/e/")).toEqual(["t/e/0009", "t/e/0010"]);
      expect(await other.list("t/e/000")).toEqual(["t/e/0009"]);
      expect(await other.list("t")).toEqual([...keys].sort());
      expect(await other.list("t/B")).toEqual(["t/B"]);
      expect(await other.list("u/")).toEqual([]);
    });

    it("takes an empty value for a value", async () => {
      const { store } = await make();
      expect(await store.putIfAbsent("empty", new Uint8Array())).toBe(true);
      expect(await store.putIfAbsent("empty", Buffer.from("late"))).toBe(false);
      expect(await store.get("empty")).toHaveLength(0);
    });

    it.each(["", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".a", "a\\b", "a b", "a\0"])(
      "does not take %j for a key",
      async (key) => {
        const { store } = await make();
        await expect(store.putIfAbsent(key, new Uint8Array())).rejects.toThrow(TypeError);
        await expect(store.get(key)).rejects.toThrow(TypeError);
      },
    );
  });
}
