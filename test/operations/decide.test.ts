import { describe, expect, it } from "vitest";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import type { DecisionRequest } from "../../operations/decide.ts";
import { readLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import { showPlan } from "../../operations/show.ts";
import { withdrawDecision } from "../../operations/withdraw.ts";
import { aWorld, MARIEKE, NOTHING, PIETER, planOf, STACK } from "./support.ts";
import { planDigest } from "../../plan/index.ts";
import type { Finding, ObjectRef, Plan } from "../../plan/index.ts";
import { sha256 } from "../../approval/statement.ts";
import { LANGUAGES } from "../../core/language.ts";
import { documentHash, RENDERER } from "../../views/page-document.ts";
import { renderHtml } from "../../views/render-html.tsx";
import { renderMarkdown } from "../../views/render-markdown.ts";
import type { World } from "./support.ts";

const STOPS: Finding = {
  ...{ code: "left-out", source: "safeguard", urns: [], clearedBy: "declaration" },
  message: { nl: "Weggelaten", en: "Left out" },
};

const request = (more: Partial<DecisionRequest> = {}): DecisionRequest => ({
  stack: STACK,
  email: undefined,
  digest: undefined,
  decision: "approved",
  remark: "",
  shown: [],
  ...more,
});

/** @param required how many must agree */
async function planned(required = 1): Promise<World> {
  const world = aWorld();
  if (required > 1) world.declare(["required: 1", `required: ${required}`]);
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  return world;
}

describe("deciding on a plan", () => {
  it("signs the newest plan, and registers who decides in the sandbox first", async () => {
    const world = await planned();
    const decided = await decide(world.context, request());
    expect(decided).toMatchObject({
      email: MARIEKE,
      isAsRegistered: true,
      standing: { approved: true, have: 1, need: 1 },
    });
    expect(world.events.at(-1)).toMatchObject({ kind: "sandbox-registered" });
    const log = await readLog(world.context, { stack: STACK });
    expect(log.map(({ statement }) => statement.kind)).toEqual(["registration", "decision"]);
    expect(log[1]?.page).toBe("same");
  });

  it("says how many approvals are given, and whose are missing", async () => {
    const { context } = await planned(2);
    const first = await decide(context, request());
    expect(first.standing).toEqual({ approved: false, have: 1, need: 2, missing: [PIETER] });
    const second = await decide(context, request({ email: PIETER }));
    expect(second.standing).toMatchObject({ approved: true, have: 2, need: 2, missing: [] });
  });

  it("does not count the approval of who wrote the change", async () => {
    const world = await planned();
    const context = world.with({
      findAuthors: async () => ({ authors: [MARIEKE], commit: null, reason: null }),
    });
    expect((await decide(context, request())).standing).toMatchObject({
      ...{ approved: false, have: 0 },
      nothingCounts: { en: expect.stringContaining(MARIEKE) as string },
    });
  });

  it("is refused a second time to the same person, until they change or withdraw it", async () => {
    const { context } = await planned();
    await decide(context, request());
    await expect(decide(context, request())).rejects.toMatchObject({ code: "already-decided" });
    await decide(context, request({ decision: "refused", remark: "Not Piet" }));
    await decide(context, request());
    await withdrawDecision(context, {
      stack: STACK,
      email: MARIEKE,
      digest: undefined,
      remark: "",
    });
    await decide(context, request());
  });

  describe("without naming it", () => {
    const anna: ObjectRef = { section: "people", name: "anna", urn: "urn:anna" };
    const HIRE = planOf(["bram"], { unchanged: [anna] });
    /** Somebody else proposes something else, while the first plan waits. */
    const proposed = async (world: World, { plan = HIRE, reason = "Hire Bram" } = {}) => {
      world.plans.state = plan;
      const findAuthors = async () => ({ authors: ["i@beheer.example"], commit: null, reason });
      await planTenant(world.with({ findAuthors }), {
        ...{ stack: STACK, refresh: false, isNew: false },
      });
    };

    it("is refused while another proposal waits, and names each", async () => {
      const world = await planned();
      await proposed(world);
      await expect(decide(world.context, request())).rejects.toMatchObject({
        code: "several-plans",
        details: [
          expect.stringMatching(/^sha256:.*; i@beheer.example; Hire Bram$/),
          expect.stringContaining("engineer@beheer.example"),
        ],
      });
      await decide(world.context, request({ digest: planDigest(HIRE) }));
    });

    it("is about the last plan of the same proposal", async () => {
      const world = await planned();
      world.plans.state = HIRE;
      await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
      expect(await decide(world.context, request())).toMatchObject({ digest: planDigest(HIRE) });
    });

    const refusedOne = async () => {
      const world = await planned();
      await decide(world.context, request({ decision: "refused" }));
      return world;
    };
    const appliedOne = async () => {
      const world = await planned();
      await decide(world.context, request());
      await applyApproved(world.context, { stack: STACK, refresh: false, authors: [] });
      return world;
    };
    const lateOne = async () => {
      const world = await planned();
      world.pass(31 * 24 * 60 * 60 * 1000);
      return world;
    };
    const withoutOne = (plan: Plan) => async () => {
      const world = aWorld();
      await proposed(world, { plan, reason: "Try" });
      return world;
    };
    it.each([
      { other: "refused", worldWith: refusedOne },
      { other: "applied", worldWith: appliedOne },
      { other: "too late", worldWith: lateOne },
      { other: "empty", worldWith: withoutOne(NOTHING) },
      {
        other: "stopped by a finding",
        worldWith: withoutOne(planOf(["cem"], { findings: [STOPS] })),
      },
    ])("is not held up by one that is $other", async ({ worldWith }) => {
      const world = await worldWith();
      await proposed(world);
      expect(await decide(world.context, request())).toMatchObject({ digest: planDigest(HIRE) });
    });
  });
  it("may be made again once it has expired", async () => {
    const world = await planned();
    await decide(world.context, request());
    world.pass(15 * 24 * 60 * 60 * 1000);
    await decide(world.context, request());
  });

  it("is refused for a plan that was applied", async () => {
    const world = await planned();
    await decide(world.context, request());
    const { digest } = await applyApproved(world.context, {
      ...{ stack: STACK, refresh: false, authors: [] },
    });
    const again = decide(world.context, request({ digest, email: PIETER }));
    await expect(again).rejects.toMatchObject({ code: "already-applied" });
  });

  it("is refused for a plan that changes nothing", async () => {
    const world = aWorld();
    world.plans.state = NOTHING;
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    await expect(decide(world.context, request())).rejects.toMatchObject({
      code: "nothing-to-approve",
    });
  });

  it("is refused when the page that was shown is not that of the plan", async () => {
    const { context } = await planned();
    const { plan, facts } = await showPlan(context, { stack: STACK, digest: undefined });
    const shown = [
      renderHtml(plan, facts),
      ...LANGUAGES.map((language) => renderMarkdown(plan, { language, facts })),
    ].map(sha256);
    await expect(
      decide(context, request({ shown: [...shown, "0".repeat(64)] })),
    ).rejects.toMatchObject({ code: "page-differs" });
    await decide(context, request({ shown }));
  });

  it("is refused once the day has passed until which the page says that it can be decided", async () => {
    const world = await planned();
    world.pass(30 * 24 * 60 * 60 * 1000);
    await decide(world.context, request({ decision: "refused" }));
    world.pass(24 * 60 * 60 * 1000);
    await expect(decide(world.context, request())).rejects.toMatchObject({
      code: "decided-too-late",
    });
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    await decide(world.context, request());
  });

  it("names the document that was read, who asked for it and why, and as of when", async () => {
    const world = aWorld();
    const reason = "Wijzigingen van december";
    const context = world.with({
      findAuthors: async () => ({ authors: ["engineer@beheer.example"], commit: null, reason }),
    });
    const kept = await planTenant(context, { stack: STACK, refresh: false, isNew: false });
    await decide(context, request());
    const [, decision] = await readLog(context, { stack: STACK });
    expect(decision?.statement.predicate).toMatchObject({
      shown: {
        document: documentHash(kept.plan, kept.facts),
        renderer: RENDERER,
        asOf: kept.at,
        requestedBy: ["engineer@beheer.example"],
        reason,
      },
    });
    const [page] = await world.store.list(`${STACK}/pages/`);
    const bytes = Buffer.from((await world.store.get(page ?? "")) ?? []).toString();
    expect(bytes).toContain(reason);
  });

  it("needs a name where several or no decision makers have a key", async () => {
    const world = await planned();
    const { trust, keys } = world.context;
    const real = world.with({ trust: { ...trust, sandbox: undefined } });
    await expect(decide(real, request())).rejects.toMatchObject({ code: "signer-unclear" });
    for (const email of [MARIEKE, PIETER]) await keys.create(email);
    const several = decide(real, request());
    await expect(several).rejects.toMatchObject({
      code: "signer-unclear",
      message: expect.stringContaining(PIETER) as string,
    });
  });
});
