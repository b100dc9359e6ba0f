import { describe, expect, it } from "vitest";
import { conditionalAccessPolicy } from "../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import {
  SECURITY_DEFAULTS,
  securityDefaults,
} from "../../../provider/directory/security-defaults.ts";
import type { Ahead } from "../../../provider/kit/ahead.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { mfa, PATH } from "../support/conditional-access.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const COUNTED = "enabledForReportingButNotEnforced";
const counted = { ...mfa, state: COUNTED };

const areOn = async (world: World): Promise<unknown> =>
  (await world.emulator.graph("GET", SECURITY_DEFAULTS)).body.isEnabled;

/** What the approved plan does of security defaults. */
const approved = (isEnabled: boolean): Ahead => ({
  isAhead: false,
  steps: (type) =>
    type === securityDefaults.token
      ? [{ type, id: "x", before: { isEnabled: !isEnabled }, after: { isEnabled } }]
      : [],
  carryOut: () => Promise.reject(new Error("Nothing is to be carried out ahead")),
});

/** Contoso with security defaults on and a rule that only counts. */
async function withRule() {
  const world = await startWorld();
  await new ManagedResource(world, securityDefaults).up({ isEnabled: true });
  const rule = new ManagedResource(world, conditionalAccessPolicy);
  await rule.up(counted);
  await settle(world);
  world.writes();
  const during = (ahead: Ahead) => {
    const context = { ...world.context, ahead };
    return new ManagedResource({ ...world, context }, conditionalAccessPolicy, rule.state);
  };
  return { world, rule, during };
}

describe("security defaults", () => {
  it("are switched, and left as they are when nothing differs or nobody manages them any more", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, securityDefaults);
    expect(await resource.up({ isEnabled: true })).toBe("created");
    expect(await areOn(world)).toBe(true);
    await settle(world);
    world.writes();
    expect(await resource.up({ isEnabled: true })).toBe("same");
    await new ManagedResource(world, securityDefaults).up({ isEnabled: true });
    await resource.down();
    await resource.down();
    expect([world.writes(), await areOn(world)]).toEqual([[], true]);
  });

  it("stay on until the rule in their place is read back as on", async () => {
    const { world, rule } = await withRule();
    const resource = new ManagedResource(world, securityDefaults, undefined);
    const replacedBy = [rule.outputs.objectId];
    await expect(resource.up({ isEnabled: false, replacedBy })).rejects.toMatchObject({
      code: "not-replaced",
      message:
        "Security defaults stay as they are: Tweestapsverificatie would take their place and is not on",
    });
    expect([world.writes(), await areOn(world)]).toEqual([[], true]);
  });

  it("are not turned on beside a rule that is on, in a sentence", async () => {
    const world = await startWorld();
    await new ManagedResource(world, conditionalAccessPolicy).up(mfa);
    const making = new ManagedResource(world, securityDefaults).up({ isEnabled: true });
    await expect(making).rejects.toMatchObject({ code: "conditional-access-in-force" });
  });
});

it.each([
  [
    "as declared",
    { replacedBy: ["id"] },
    /; the other rules, which take their place, are in force first$/,
  ],
  ["by hand", {}, /^Microsoft's security defaults go off$/],
])("security defaults that go off %s are told so", (_, more, sentence) => {
  const told = securityDefaults.describe({
    ...{ operation: "update", changedPaths: ["isEnabled", ...Object.keys(more)] },
    before: { isEnabled: true },
    after: { isEnabled: false, ...more },
  });
  expect(told.en).toMatch(sentence);
});

describe("a rule in place of security defaults", () => {
  it("goes on first, by turning them off right before where Microsoft refuses it otherwise", async () => {
    const { world, rule, during } = await withRule();
    expect(await during(approved(false)).up(mfa)).toBe("updated");
    const [tried, off, on, ...others] = world.writes();
    expect([tried, off, on, others]).toEqual([
      `PATCH /v1.0${PATH}/:id`,
      `PATCH /v1.0${SECURITY_DEFAULTS}`,
      `PATCH /v1.0${PATH}/:id`,
      [],
    ]);
    await settle(world);
    const replacedBy = [rule.outputs.objectId];
    await new ManagedResource(world, securityDefaults).up({ isEnabled: false, replacedBy });
    expect([world.writes(), await areOn(world)]).toEqual([[], false]);
  });

  it("goes on in the next run after one that died when they were off and it was not on yet", async () => {
    const { world, during } = await withRule();
    const { graph } = world.service;
    const death = new Error("killed");
    const dying: typeof graph = {
      ...graph,
      patch: async (path, body, options) => {
        if (!(await areOn(world))) throw death;
        await graph.patch(path, body, options);
        return undefined as never;
      },
    };
    const { state } = during(approved(false));
    const service = { ...world.service, graph: dying };
    const context = { ...world.context, service, ahead: approved(false) };
    const killed = { ...world, service, context };
    await expect(
      new ManagedResource(killed, conditionalAccessPolicy, state).up(mfa),
    ).rejects.toThrow();
    expect(await areOn(world)).toBe(false);
    expect(await during(approved(false)).up(mfa)).toBe("updated");
    await settle(world);
    const { body } = await world.emulator.graph("GET", PATH);
    expect(body.value).toMatchObject([{ state: "enabled" }]);
    expect(await areOn(world)).toBe(false);
  });

  it("is refused without touching them where nobody approved that", async () => {
    const { world, during } = await withRule();
    for (const ahead of [approved(true), { ...approved(true), steps: () => [] }]) {
      await expect(during(ahead).up(mfa)).rejects.toMatchObject({ code: "security-defaults-on" });
    }
    expect(world.writes().filter((write) => write.includes("Defaults"))).toEqual([]);
    expect(await areOn(world)).toBe(true);
  });

  it("leaves them on where it cannot go on after all", async () => {
    const { world, during } = await withRule();
    const { graph } = world.service;
    const failing: typeof graph = {
      ...graph,
      // Somebody takes the rule away between the two requests.
      patch: async (path, body, options) => {
        await graph.patch(path, body, options);
        if (path === SECURITY_DEFAULTS && !(body as { isEnabled: boolean }).isEnabled) {
          const [policy] = await graph.all<{ id: string }>(PATH);
          await graph.delete(`${PATH}/${policy?.id ?? ""}`);
        }
        return undefined as never;
      },
    };
    const rule = during(approved(false));
    const service = { ...world.service, graph: failing };
    const context = { ...world.context, service, ahead: approved(false) };
    const again = new ManagedResource(
      { ...world, service, context },
      conditionalAccessPolicy,
      rule.state,
    );
    await expect(again.up(mfa)).rejects.toThrow();
    expect(await areOn(world)).toBe(true);
  });

  it("is not changed with fewer exclusions than were approved", async () => {
    const { world, rule, during } = await withRule();
    const conditions = {
      users: { includeUsers: ["All"], excludeUsers: [] },
      applications: { includeApplications: ["All"] },
    };
    await world.emulator.graph("PATCH", rule.id, { body: { conditions } });
    await settle(world);
    world.writes();
    await expect(during(approved(false)).up(mfa)).rejects.toMatchObject({
      code: "exclusion-missing",
      message:
        "“Tweestapsverificatie” was not changed: 1 of the exclusions that were approved was taken out in the tenant",
    });
    expect(world.writes()).toEqual([]);
  });
});
