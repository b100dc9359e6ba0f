import { describe, expect, it } from "vitest";
import type { Drift, Plan } from "../../plan/index.ts";
import { digested, planDigest } from "../../plan/model/digest.ts";
import { applyApproved } from "../../operations/apply.ts";
import { decide } from "../../operations/decide.ts";
import type { DecisionRequest } from "../../operations/decide.ts";
import { readLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import { withdrawDecision } from "../../operations/withdraw.ts";
import { aWorld, MARIEKE, NOTHING, planOf, STACK } from "./support.ts";
import type { World } from "./support.ts";

const request = { stack: STACK, refresh: false, authors: [] };
const yes: DecisionRequest = {
  ...{ stack: STACK, decision: "approved", remark: "" },
  ...{ email: undefined, digest: undefined, shown: [] },
};

async function approved(refresh = false): Promise<World> {
  const world = aWorld();
  await planTenant(world.context, { stack: STACK, refresh, isNew: false });
  await decide(world.context, yes);
  world.sessions.length = 0;
  return world;
}

const kinds = async ({ context }: World): Promise<string[]> =>
  (await readLog(context, { stack: STACK })).map(({ statement }) => statement.kind);

describe("applying an approved plan", () => {
  it("records its start and its end, and tells of its steps by the objects' names", async () => {
    const world = await approved();
    const applied = await applyApproved(world.context, request);
    expect(applied).toMatchObject({ changed: true, requests: { reads: 3, writes: 1 } });
    expect(await kinds(world)).toEqual([
      ...["registration", "decision", "application-start", "application"],
    ]);
    const steps = world.events.filter(({ kind }) => kind === "applying");
    expect(steps).toEqual([
      { kind: "applying", done: 0, total: 1, object: undefined },
      { kind: "applying", done: 1, total: 1, object: "anna" },
    ]);
  });

  it("reads each entry of the record once", async () => {
    const world = await approved();
    world.reads.length = 0;
    await applyApproved(world.context, request);
    const entries = world.reads.filter((key) => key.startsWith(`${STACK}/entries/`));
    expect(entries.length).toBe(2);
    expect(new Set(entries).size).toBe(2);
  });

  it("knows of an approval that was withdrawn before it had the lock", async () => {
    const world = await approved();
    const { context } = world;
    const withdrawal = { stack: STACK, email: MARIEKE, digest: undefined, remark: "" };
    const late = world.with({
      openSession: async (options) => {
        const session = await context.openSession(options);
        if (options.access === "apply") return session;
        const close = async (): Promise<void> => {
          await withdrawDecision(context, withdrawal);
        };
        return { ...session, close };
      },
    });
    await expect(applyApproved(late, request)).rejects.toMatchObject({ code: "withdrawn" });
    expect(await kinds(world)).not.toContain("application-start");
  });

  it("first finds out how another one ended that began and died while this one planned", async () => {
    const world = await approved();
    const { context } = world;
    let isFirst = true;
    const late = world.with({
      openSession: async (options) => {
        const session = await context.openSession(options);
        if (!isFirst) return session;
        isFirst = false;
        const close = async (): Promise<void> => {
          world.onApply = () => {
            throw new Error("The process died");
          };
          await expect(applyApproved(context, request)).rejects.toThrow("died");
          world.onApply = () => undefined;
        };
        return { ...session, close };
      },
    });
    expect(await applyApproved(late, request)).toMatchObject({ changed: true });
    expect((await kinds(world)).slice(-4)).toEqual([
      ...["application-start", "application", "application-start", "application"],
    ]);
  });

  it("makes the plan as the approved one was made, also without being asked for it", async () => {
    const world = aWorld();
    world.plans.state = NOTHING;
    await planTenant(world.context, { stack: STACK, refresh: true, isNew: false });
    await decide(world.context, yes);
    world.sessions.length = 0;
    const applied = await applyApproved(world.context, request);
    expect(applied).toMatchObject({ changed: true, refresh: true });
    expect(world.sessions.map(({ refresh }) => refresh)).toEqual([true, true]);
  });

  describe("after something of the file has ended", () => {
    const DAYS_MS = 86_400_000;

    /** Approved while it held; now the file reads otherwise, and so does its plan. */
    async function ended(until: string): Promise<World> {
      const world = aWorld();
      world.declare(["until: 2027-06-30", `until: ${until}`]);
      await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
      await decide(world.context, yes);
      world.pass(3 * DAYS_MS);
      world.plans.state = planOf(["anna", "ends"]);
      return world;
    }

    const readAsOf = (world: World, moments: (Date | undefined)[]) =>
      world.with({
        openSession: async (options) => {
          moments.push(options.asOf);
          const session = await world.context.openSession(options);
          const isEarlier = (options.asOf?.getTime() ?? 0) < Date.parse("2026-11-24");
          if (!isEarlier) return session;
          const made = { ...digested(planOf(["anna"])), recorded: new Map(), created: new Map() };
          return { ...session, plan: async () => made };
        },
      });

    it("applies what was approved as it was read, and leaves the rest to the next apply", async () => {
      const world = await ended("2026-11-23");
      const moments: (Date | undefined)[] = [];
      const applied = await applyApproved(readAsOf(world, moments), request);
      expect(applied).toMatchObject({ changed: true, digest: planDigest(planOf(["anna"])) });
      const days = moments.map((moment) => moment?.toISOString().slice(0, 10));
      expect(days).toEqual(["2026-11-25", "2026-11-22", "2026-11-22"]);
    });

    it("goes on with it after a death", async () => {
      const world = await ended("2026-11-23");
      world.onApply = () => {
        throw new Error("The process died");
      };
      const context = readAsOf(world, []);
      await expect(applyApproved(context, request)).rejects.toThrow("died");
      world.onApply = () => undefined;
      expect(await applyApproved(context, request)).toMatchObject({ changed: true });
      expect((await kinds(world)).slice(-4)).toEqual([
        ...["application-start", "application", "application-start", "application"],
      ]);
    });

    it("goes back to no day on which the file read the same", async () => {
      const world = await ended("2027-01-31");
      const moments: (Date | undefined)[] = [];
      await expect(applyApproved(readAsOf(world, moments), request)).rejects.toMatchObject({
        code: "other-digest",
      });
      expect(moments).toHaveLength(1);
    });
  });

  it("says when nothing is to be done, and that the tenant was not looked at", async () => {
    const world = await approved();
    await applyApproved(world.context, request);
    world.plans.state = NOTHING;
    const again = await applyApproved(world.context, request);
    expect(again).toMatchObject({ changed: false, refresh: false });
    expect(again.lastApply).toMatch(/^2026-/);
  });

  it("is refused without an approval, for another plan, and while somebody holds the tenant", async () => {
    const world = aWorld();
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    const apply = () => applyApproved(world.context, request);
    await expect(apply()).rejects.toMatchObject({ code: "no-approval" });
    await decide(world.context, yes);
    world.plans.state = planOf(["anna", "bram"]);
    await expect(apply()).rejects.toMatchObject({ code: "other-digest" });
    await world.context.locks(STACK).acquire("apply", {
      signal: world.context.signal,
      onWait: () => undefined,
    });
    await expect(apply()).rejects.toMatchObject({
      code: "tenant-locked",
      remedy: { unlock: { tenant: STACK } },
    });
    expect(world.sessions.every(({ access }) => access === "preview")).toBe(true);
  });

  it("says which tools are others since the approval", async () => {
    const made = planOf(["anna"]);
    const hash = `sha256:${"1".repeat(64)}`;
    const world = await approved();
    const tool = {
      ...made.tool,
      ...{ tenantry: "99.0.0", policyPack: { ...made.tool.policyPack, digest: hash } },
      settings: hash,
    };
    world.plans.state = { ...made, tool };
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "other-digest",
      details: [
        `approved with Tenantry ${made.tool.tenantry}, this is 99.0.0`,
        "the policies are not the same as when it was approved",
        "tenantry.yaml is not the same as when it was approved",
      ],
    });
  });

  it("writes nothing when a touched object is no longer where the plan starts, and says what was found", async () => {
    const world = aWorld();
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    await decide(world.context, yes);
    const paths = [{ path: "accountEnabled", base: true, found: false }];
    world.compared = [
      { name: "Bram", comparison: { state: "moved", paths } },
      { name: "Cem", comparison: { state: "at-target", paths: [] } },
      { name: "Dora", comparison: { state: "gone", paths: [] } },
    ];
    world.onApply = () => {
      throw new Error("something was written");
    };
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "base-moved",
      details: ["Bram: accountEnabled is false, the plan starts from true", "Dora is gone"],
    });
    world.compared = [{ name: "Bram", comparison: { state: "key-taken", paths: [] } }];
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "name-taken",
      details: ["Bram: its name is taken"],
    });
    const deletedUntil = "2026-12-24";
    world.compared = [{ name: "Cem", comparison: { state: "in-bin", paths: [] }, deletedUntil }];
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "in-recycle-bin",
      details: ["Cem is in the recycle bin until 2026-12-24"],
    });
    world.compared = [{ name: "Cem", comparison: { state: "not-in-bin", paths: [] } }];
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "not-in-recycle-bin",
    });
    world.compared = [];
    world.onApply = () => undefined;
    await expect(applyApproved(world.context, request)).resolves.toMatchObject({ changed: true });
  });

  it("is refused when the words that were read are not those of the plan, though the digest is the same", async () => {
    const world = await approved();
    const [change] = planOf(["anna"]).changes;
    if (change === undefined) throw new Error("The plan is empty");
    const description = { nl: "Er verandert niets", en: "Nothing changes" };
    const honest = world.plans.state as Plan;
    world.plans.state = { ...honest, changes: [{ ...change, description }] };
    expect(planDigest(world.plans.state)).toBe(planDigest(honest));
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "page-differs",
    });
    expect(await kinds(world)).not.toContain("application-start");
  });

  it("lets an approval stand when what is left alone changes, and on a later day", async () => {
    const world = await approved();
    const anna = world.plans.state as Plan;
    const unchanged = [{ section: "people" as const, name: "bob", urn: "urn:bob" }];
    world.plans.state = {
      ...anna,
      unchanged,
      counts: { ...anna.counts, unchanged: 1 },
      createdAt: "2026-11-25T10:00:00.000Z",
    };
    world.pass(3 * 24 * 60 * 60 * 1000);
    expect(await applyApproved(world.context, request)).toMatchObject({ changed: true });
  });

  it.each([
    [13 * 86_400_000, "This machine's clock is 13 d 0 h ahead of Microsoft's."],
    [-600_000, "This machine's clock is 10 min 0 s behind Microsoft's."],
  ])("records and writes nothing with a clock that is wrong", async (aheadMs, message) => {
    const world = await approved();
    const before = await world.store.list("");
    world.clockAheadMs = aheadMs;
    world.onApply = () => {
      throw new Error("something was written");
    };
    const refusal = { code: "clock-wrong", message };
    await expect(applyApproved(world.context, request)).rejects.toMatchObject(refusal);
    const after = await world.store.list("");
    expect(after.filter((key) => key.includes("/entries/"))).toEqual(
      before.filter((key) => key.includes("/entries/")),
    );
    world.clockAheadMs = 240_000;
    world.onApply = () => undefined;
    await expect(applyApproved(world.context, request)).resolves.toMatchObject({ changed: true });
  });

  it("tells the remark of who refused the plan", async () => {
    const world = aWorld();
    await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
    await decide(world.context, { ...yes, decision: "refused", remark: "Not Piet" });
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "refused",
      details: ["marieke.devries@contoso.com: Not Piet"],
    });
  });

  it("ends with what differs, in sentences, when the tenant does not hold what was applied", async () => {
    const world = await approved();
    world.readBack = {
      ...world.readBack,
      drift: [
        {
          urn: "urn:pulumi:contoso::tenantry::azuread:index/user:User::anna",
          ...{ type: "azuread:index/user:User", section: "people", name: "Anna", kind: "gone" },
          id: "/users/anna",
          properties: [],
          description: { nl: "Anna is weg", en: "Anna is gone" },
        },
      ],
    };
    await expect(applyApproved(world.context, request)).rejects.toMatchObject({
      code: "verification-failed",
      details: [{ nl: "Anna is weg", en: "Anna is gone" }],
    });
    expect((await kinds(world)).at(-1)).toBe("application");
  });

  it("tells what others changed elsewhere, and is done all the same", async () => {
    const world = await approved();
    const elsewhere: Drift = {
      urn: "urn:pulumi:contoso::tenantry::azuread:index/user:User::bram",
      ...{ type: "azuread:index/user:User", section: "people", name: "Bram", kind: "gone" },
      id: "/users/bram",
      properties: [],
      description: { nl: "Bram is weg", en: "Bram is gone" },
    };
    world.readBack = { ...world.readBack, drift: [elsewhere] };
    await expect(applyApproved(world.context, request)).resolves.toMatchObject({
      changed: true,
      drift: [elsewhere],
    });
  });

  it("does not let the official azuread plugin write to a real tenant", async () => {
    const world = await approved();
    const { workspace } = world.context;
    const withOfficial = (service: "emulator" | "microsoft") => {
      const settings = { ...workspace.settings, azuread: "official", service } as const;
      return world.with({ workspace: { ...workspace, settings } });
    };
    await expect(applyApproved(withOfficial("microsoft"), request)).rejects.toMatchObject({
      code: "official-plugin",
    });
    await expect(applyApproved(withOfficial("emulator"), request)).resolves.toMatchObject({
      changed: true,
    });
  });
});
