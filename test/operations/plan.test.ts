import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../core/expected-error.ts";
import { decide } from "../../operations/decide.ts";
import { planTenant } from "../../operations/plan.ts";
import { applyApproved } from "../../operations/apply.ts";
import type { Finding } from "../../plan/model/model.ts";
import { showPlan } from "../../operations/show.ts";
import { aWorld, NOTHING, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const asked = { stack: STACK, refresh: false, isNew: false };
const yes = { stack: STACK, decision: "approved", remark: "" } as const;
const noMore = { email: undefined, digest: undefined, shown: [] };

async function applied(): Promise<World> {
  const world = aWorld();
  await planTenant(world.context, asked);
  await decide(world.context, { ...yes, ...noMore });
  await applyApproved(world.context, { stack: STACK, refresh: false, authors: [] });
  return world;
}

describe("planning a tenant", () => {
  it("keeps the plan as the newest, and writes and reads nothing of the tenant", async () => {
    const world = aWorld();
    const planned = await planTenant(world.context, asked);
    expect(planned).toMatchObject({ isEmpty: false, refusal: undefined, lastApply: undefined });
    expect(world.sessions).toEqual([{ access: "preview", refresh: false }]);
    expect(world.events).toEqual([{ kind: "planning", stack: STACK, again: false }]);
    const newest = await showPlan(world.context, { stack: STACK, digest: undefined });
    expect(newest).toMatchObject({ digest: planned.digest, refresh: false });
    expect(JSON.parse(JSON.stringify(planned))).toMatchObject({ digest: planned.digest });
  });

  it("gives a blocked plan, with the reason, and no one can sign it", async () => {
    const world = aWorld();
    const message = { nl: "Anna is het noodaccount", en: "Anna is the emergency account" };
    const findings: Finding[] = [
      {
        ...{ code: "emergency-account-removed", source: "safeguard" },
        ...{ urns: [], message, clearedBy: "nothing" },
      },
    ];
    world.plans.state = planOf(["anna"], { findings });
    const { refusal, digest } = await planTenant(world.context, asked);
    expect(refusal?.code).toBe("emergency-account-removed");
    expect((await showPlan(world.context, { stack: STACK, digest })).digest).toBe(digest);
    await expect(decide(world.context, { ...yes, ...noMore })).rejects.toMatchObject({
      code: "emergency-account-removed",
    });
  });

  it("that was refused leaves no newest plan, so that an older one is never signed for it", async () => {
    const world = aWorld();
    const { digest } = await planTenant(world.context, asked);
    world.plans.state = new ExpectedError("preview-failed", "No.", { hint: "Mend it." });
    await expect(planTenant(world.context, asked)).rejects.toMatchObject({
      code: "preview-failed",
    });
    await expect(decide(world.context, { ...yes, ...noMore })).rejects.toMatchObject({
      code: "plan-refused",
      message: expect.stringContaining("preview-failed") as string,
    });
    // Named by its digest, it is what the decision maker means.
    await decide(world.context, { ...yes, ...noMore, digest });
  });

  it("tells when the file was last applied", async () => {
    const world = await applied();
    world.plans.state = NOTHING;
    const planned = await planTenant(world.context, asked);
    expect(planned.isEmpty).toBe(true);
    expect(planned.lastApply).toMatch(/^2026-11-22T10:/);
  });

  it("is refused for a file that names another tenant than was applied", async () => {
    const world = await applied();
    world.declare(["7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7", "8f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7"]);
    await expect(planTenant(world.context, asked)).rejects.toMatchObject({
      code: "foreign-tenant",
      message: expect.stringContaining("The file names tenant") as string,
    });
  });

  it("asks whether the tenant is new when it was applied and its state is not here", async () => {
    const world = await applied();
    const lost = planTenant(world.context, asked);
    await expect(lost).rejects.toMatchObject({
      code: "state-missing",
      remedy: { plan: { tenant: STACK, new: true } },
    });
    expect((await planTenant(world.context, { ...asked, isNew: true })).isEmpty).toBe(false);
  });

  it("asks so of every real tenant of which nothing is known here", async () => {
    const world = aWorld();
    const real = world.with({ trust: { ...world.context.trust, sandbox: undefined } });
    await expect(planTenant(real, asked)).rejects.toMatchObject({ code: "state-missing" });
    await planTenant(real, { ...asked, isNew: true });
  });
});
