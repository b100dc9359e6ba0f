import { expect, it } from "vitest";
import { shownPages, writeNewestPages } from "../../../cli/output/pages.ts";
import { decide } from "../../../operations/decide.ts";
import { planTenant } from "../../../operations/plan.ts";
import { withdrawDecision } from "../../../operations/withdraw.ts";
import { aWorld, MARIEKE, planOf, STACK } from "../../operations/support.ts";

it("are in the end those that can be signed, whoever of two who plan at once writes last", async () => {
  const world = aWorld();
  const { context } = world;
  const times = ["2026-11-23T10:00:59.000Z", "2026-11-23T10:01:01.000Z"];
  Object.defineProperty(world.plans, "state", {
    get: () => planOf(["anna"], { createdAt: times.shift() ?? "" }),
  });
  const asked = { stack: STACK, refresh: false, isNew: false };
  const one = await planTenant(context, asked);
  // The other one had looked for a plan of that digest before this one was kept.
  const { records } = context;
  let looks = 0;
  const list = async (prefix: string): Promise<string[]> =>
    prefix.includes("/plans/") && ++looks === 1 ? [] : await records.list(prefix);
  const other = await planTenant(world.with({ records: { ...records, list } }), asked);
  expect(other.digest).toBe(one.digest);
  expect(other.plan.createdAt).not.toBe(one.plan.createdAt);
  for (const order of [
    [one, other],
    [other, one],
  ]) {
    for (const planned of order) await writeNewestPages(context, planned);
    const shown = shownPages(context.workspace, one);
    expect(shown).toHaveLength(3);
    const decision = { decision: "approved", remark: "", email: undefined } as const;
    await decide(context, { stack: STACK, digest: one.digest, shown, ...decision });
    const about = { stack: STACK, email: MARIEKE, digest: undefined, remark: "" };
    await withdrawDecision(context, about);
  }
});
