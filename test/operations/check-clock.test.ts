import { describe, expect, it } from "vitest";
import { breakTenantLock } from "../../operations/break-lock.ts";
import { decide } from "../../operations/decide.ts";
import { planTenant } from "../../operations/plan.ts";
import type { Clocks } from "../../operations/ports.ts";
import { draftRegistration } from "../../operations/register-approvers.ts";
import { withdrawDecision } from "../../operations/withdraw.ts";
import { aWorld, MARIEKE, STACK } from "./support.ts";
import type { World } from "./support.ts";

const HOUR_MS = 3_600_000;
const yes = {
  ...{ stack: STACK, email: undefined, digest: undefined, shown: [], remark: "" },
  decision: "approved" as const,
};

async function planned(): Promise<World> {
  const world = aWorld();
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  return world;
}

/** Clocks that say what this machine's says, so many milliseconds later. */
function clocksOf({ context }: World, later: { microsoft?: number; commit?: number }): Clocks {
  const at = (ms: number | undefined) =>
    ms === undefined ? undefined : new Date(context.now().getTime() + ms);
  return {
    atMicrosoft: async () => at(later.microsoft),
    newestCommit: async () => at(later.commit),
  };
}

const wrong = (message: string) => ({ code: "clock-wrong", message });

describe("a decision with a clock that is wrong", () => {
  it.each([
    [{ microsoft: -240 * HOUR_MS }, /^This machine's clock is 10 d 0 h ahead of Microsoft's/],
    [{ microsoft: HOUR_MS }, /^This machine's clock is \d+ min \d+ s behind Microsoft's/],
    [{ commit: 2 * HOUR_MS }, /^This machine's clock is .* behind the newest commit/],
  ])("is not signed, nor anything else recorded: %o", async (later, message) => {
    const world = await planned();
    const context = world.with({ clocks: clocksOf(world, later) });
    const refusal = wrong(expect.stringMatching(message) as string);
    await expect(decide(context, yes)).rejects.toMatchObject(refusal);
    expect(await world.store.list(`${STACK}/entries/`)).toEqual([]);
  });

  it("is signed where Microsoft's clock agrees, whatever a commit says, and where the commit is older", async () => {
    for (const later of [{ microsoft: 0, commit: 24 * HOUR_MS }, { commit: -HOUR_MS }, {}]) {
      const world = await planned();
      const context = world.with({ clocks: clocksOf(world, later) });
      await expect(decide(context, yes)).resolves.toMatchObject({ decision: "approved" });
    }
  });
});

it("withdrawing, registering and breaking a lock are refused alike", async () => {
  const world = await planned();
  await decide(world.context, yes);
  const clocks = clocksOf(world, { microsoft: -HOUR_MS });
  const { context } = world;
  await context.locks(STACK).acquire("apply", {
    signal: context.signal,
    onWait: () => undefined,
  });
  const ahead = world.with({ clocks, machine: { ...context.machine, isGone: () => true } });
  const refusal = { code: "clock-wrong" };
  await expect(
    withdrawDecision(ahead, { stack: STACK, email: MARIEKE, digest: undefined, remark: "" }),
  ).rejects.toMatchObject(refusal);
  await expect(draftRegistration(ahead, { stack: STACK, publicKeys: {} })).rejects.toMatchObject(
    refusal,
  );
  await expect(
    breakTenantLock(ahead, { stack: STACK, reason: "gone", email: undefined }),
  ).rejects.toMatchObject(refusal);
});
