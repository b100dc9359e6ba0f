import { describe, expect, it } from "vitest";
import { acknowledge } from "../../operations/acknowledge.ts";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import { readLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import type { OperationContext } from "../../operations/ports.ts";
import { aWorld, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const TEN_DAYS_MS = 10 * 24 * 60 * 60 * 1000;
const yes = {
  ...{ stack: STACK, email: undefined, digest: undefined, shown: [], remark: "" },
  decision: "approved" as const,
};
const looked = { stack: STACK, reason: "The laptop of Ines was ten days ahead" };
const apply = { stack: STACK, refresh: false, authors: [] };
const [ANNA = ""] = planOf(["anna"]).changes.map(({ urn }) => urn);
const GONE = ANNA.replace(/anna$/, "gone");

/** With a clock elsewhere that agrees with this one. */
const online = (world: World): OperationContext =>
  world.with({
    clocks: { ...world.context.clocks, atMicrosoft: async () => world.context.now() },
  });

/** A plan that was approved on a machine that was ten days ahead; it is not any more. */
async function approvedTooEarly(): Promise<World> {
  const world = aWorld();
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  world.pass(TEN_DAYS_MS);
  await decide(world.context, yes);
  world.pass(-TEN_DAYS_MS);
  return world;
}

describe("entries with times that are to come", () => {
  it("keep the tenant closed, and the remedy that is named opens it", async () => {
    const world = await approvedTooEarly();
    const remedy = { acknowledge: { tenant: STACK } };
    await expect(applyApproved(world.context, apply)).rejects.toMatchObject({
      code: "clock-behind-record",
      remedy: expect.objectContaining(remedy) as object,
    });
    const asked = acknowledge(online(world), { ...looked, reason: undefined });
    await expect(asked).rejects.toMatchObject({ code: "reason-needed", remedy });
    expect(await acknowledge(online(world), looked)).toEqual({ entries: [1, 2], creations: [] });
    await decide(world.context, yes);
    await expect(applyApproved(world.context, apply)).resolves.toMatchObject({ changed: true });
    const kinds = (await readLog(world.context, { stack: STACK })).map(
      ({ statement }) => statement.kind,
    );
    expect(kinds.slice(0, 4)).toEqual(["registration", "decision", "acknowledgement", "decision"]);
  });

  it("are told from a clock that is behind by Microsoft's only", async () => {
    const world = await approvedTooEarly();
    await expect(acknowledge(world.context, looked)).rejects.toMatchObject({
      code: "clock-unknown",
    });
    const behind = world.with({
      clocks: {
        ...world.context.clocks,
        atMicrosoft: async () => new Date(world.context.now().getTime() + TEN_DAYS_MS),
      },
    });
    await expect(acknowledge(behind, looked)).rejects.toMatchObject({ code: "clock-wrong" });
    expect(await readLog(world.context, { stack: STACK })).toHaveLength(2);
  });
});

describe("creations that were given up", () => {
  /** With these begun by an apply that died. */
  async function withBegun(...urns: readonly string[]) {
    const world = aWorld();
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    await decide(world.context, yes);
    const open = new Set(urns);
    const { locks } = world.context;
    const context = world.with({
      locks: (stack) => {
        const own = locks(stack);
        return {
          ...own,
          openCreations: async () => [...open],
          acquire: async (...asked) => ({
            ...(await own.acquire(...asked)),
            intents: {
              begin: async () => undefined,
              begun: async () => open,
              withdraw: async (urn) => void open.delete(urn),
            },
          }),
        };
      },
    });
    return { context, open };
  }

  it("are asked about no more once somebody has looked, on the record; what the file declares stays", async () => {
    const { context, open } = await withBegun(ANNA, GONE);
    const asked = acknowledge(context, { ...looked, reason: undefined });
    await expect(asked).rejects.toMatchObject({ code: "reason-needed" });
    expect(await acknowledge(context, looked)).toEqual({ entries: [], creations: ["gone"] });
    expect([...open]).toEqual([ANNA]);
    expect((await readLog(context, { stack: STACK })).at(-1)?.statement).toMatchObject({
      kind: "acknowledgement",
      predicate: { creations: [GONE], wrongTimes: [], reason: looked.reason },
    });
    await expect(acknowledge(context, looked)).rejects.toMatchObject({
      code: "nothing-to-acknowledge",
    });
  });
});
