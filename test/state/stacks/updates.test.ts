import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KIND } from "../../../state/journal/entry.ts";
import { comparable, histories } from "../support/histories.ts";
import {
  append,
  exported,
  imported,
  STACK,
  startUpdate,
  temporaryState,
} from "../support/state.ts";

const urn = (name: string): string => `urn:pulumi:one::things::things:index:Thing::${name}`;
const resource = (name: string): object => ({ urn: urn(name), type: "things:index:Thing" });
let sequence = 0;
const entry = (kind: number, operationID: number, more: object = {}): object => {
  sequence += 1;
  return { version: 1, kind, sequenceID: sequence, operationID, ...more };
};
const creation = (operation: number): readonly object[] => [
  entry(KIND.begin, operation, {
    operation: { type: "creating", resource: resource(`thing-${operation}`) },
  }),
  entry(KIND.success, operation, { state: resource(`thing-${operation}`) }),
];

describe("an update's journal", () => {
  it("means the same in batches of any size, in any order, however often they come", async () => {
    await using state = await temporaryState();
    const { database } = state;
    const batches = fc.record({
      history: fc.constantFrom(...histories),
      size: fc.integer({ min: 1, max: 30 }),
      seed: fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(batches, async ({ history, size, seed }) => {
        const whole = history.cuts.at(-1);
        if (whole === undefined) return;
        await imported(database, { version: 3, deployment: history.base });
        const key = await startUpdate(database);
        // What an entry builds on comes before it, as the engine sends it; the rest in any order.
        const building = (sent: object): boolean =>
          ["removeNew", "deleteNew", "pendingReplacementNew"].some(
            (name) => typeof (sent as Record<string, unknown>)[name] === "number",
          );
        const shuffled = history.entries
          .filter((sent) => !building(sent))
          .map((sent, at) => ({ sent, rank: seed[at % seed.length] ?? 0 }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ sent }) => sent);
        const sent = [...shuffled, ...history.entries.filter(building)];
        for (let at = 0; at < sent.length; at += size) {
          const batch = sent.slice(at, at + size);
          await append(database, key, batch);
          if (at % 2 === 0) await append(database, key, batch);
        }
        const told = await exported(database);
        const expected = structuredClone(whole);
        Object.assign(expected.deployment.manifest, told.deployment.manifest);
        expect(comparable(told)).toEqual(comparable(expected));
        await database.run("completeUpdate", { key, ending: "succeeded" });
        expect(comparable(await exported(database))).toEqual(comparable(expected));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it("refuses one entry with two contents, and keeps nothing of that batch", async () => {
    await using state = await temporaryState();
    const key = await startUpdate(state.database);
    const [begin, success] = creation(1);
    await append(state.database, key, [begin]);
    await expect(
      append(state.database, key, [success, { ...begin, isRefresh: true }]),
    ).rejects.toThrow("came twice, with two contents");
    expect((await exported(state.database)).deployment.pending_operations).toHaveLength(1);
    expect((await exported(state.database)).deployment.resources).toBeUndefined();
  });

  it("refuses what builds on an entry that did not come", async () => {
    await using state = await temporaryState();
    const key = await startUpdate(state.database);
    await append(state.database, key, creation(1));
    const removal = entry(KIND.success, 3, { removeNew: 2 });
    await expect(append(state.database, key, [removal])).rejects.toThrow("builds on operation 2");
  });

  it.each([
    ["cut off", '{"entries":[{"version":1,'],
    ["of another shape", '{"entries":{}}'],
    ["of a later engine", '{"entries":[{"version":1,"kind":10,"sequenceID":1,"operationID":0}]}'],
  ])("refuses a batch that is %s", async (_what, body) => {
    await using state = await temporaryState();
    const key = await startUpdate(state.database);
    await expect(
      state.database.run("appendJournal", { key, body: Buffer.from(body) }),
    ).rejects.toThrow(expect.objectContaining({ code: "journal-refused" }));
  });

  it("goes into the state when the next update finds it left behind, with what was under way as pending", async () => {
    await using state = await temporaryState();
    const { database } = state;
    const dead = await startUpdate(database, { lifetime: 0 });
    const [begin] = creation(2);
    await append(database, dead, [...creation(1), begin]);
    const key = await startUpdate(database);
    const { deployment } = await exported(database);
    expect(deployment.resources).toEqual([resource("thing-1")]);
    expect(deployment.pending_operations).toEqual([
      { type: "creating", resource: resource("thing-2") },
    ]);
    await expect(append(database, dead, creation(3))).rejects.toThrow(
      expect.objectContaining({ code: "lease-lost" }),
    );
    await database.run("completeUpdate", { key, ending: "succeeded" });
    const told = await database.run("history", { stack: STACK, limit: 9, offset: 0 });
    expect(told.map(({ version, result }) => [version, result])).toEqual([
      [2, "succeeded"],
      [1, "failed"],
    ]);
  });

  it("takes nothing without the update's token", async () => {
    await using state = await temporaryState();
    const { id } = await startUpdate(state.database);
    await expect(append(state.database, { id, token: "guessed" }, creation(1))).rejects.toThrow(
      expect.objectContaining({ code: "lease-lost" }),
    );
  });

  it("ends once, however often the engine says so", async () => {
    await using state = await temporaryState();
    const key = await startUpdate(state.database);
    const end = { key, ending: "failed" } as const;
    await state.database.run("completeUpdate", end);
    await state.database.run("completeUpdate", end);
    expect((await state.database.run("getStack", { stack: STACK }))?.version).toBe(1);
  });
});

describe("a stack", () => {
  it("is changed by one update at a time", async () => {
    await using state = await temporaryState();
    await startUpdate(state.database);
    await expect(startUpdate(state.database)).rejects.toThrow("held");
  });

  it("keeps its last twenty states, and its whole history", async () => {
    await using state = await temporaryState();
    const { database } = state;
    for (let version = 1; version <= 25; version += 1) {
      const key = await startUpdate(database);
      await database.run("completeUpdate", { key, ending: "succeeded" });
    }
    const kept = (version: number): Promise<unknown> =>
      database.run("exportStack", { stack: STACK, version });
    expect(await kept(5)).toBeUndefined();
    expect(await kept(6)).toBeDefined();
    const told = await database.run("history", { stack: STACK, limit: 100, offset: 0 });
    expect(told).toHaveLength(25);
  });

  it("is made by all that meet in a new workspace, and by nobody once it was used", async () => {
    await using state = await temporaryState();
    const create = { stack: STACK, tags: {} };
    const made = [1, 2, 3].map(() => state.database.run("createStack", create));
    expect(await Promise.all(made)).toEqual([true, true, true]);
    await startUpdate(state.database);
    expect(await state.database.run("createStack", create)).toBe(false);
  });
});
