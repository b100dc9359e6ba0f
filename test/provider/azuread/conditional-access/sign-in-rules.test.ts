/** What is asked of people who sign in: read, judged by what it does and not by its name. */
import { describe, expect, it } from "vitest";
import { ADMINISTRATORS } from "../../../../core/directory-roles.ts";
import { conditionalAccessPolicy } from "../../../../provider/azuread/conditional-access/conditional-access-policy.ts";
import { purposeOf } from "../../../../provider/azuread/conditional-access/purpose.ts";
import { ruleHindrances } from "../../../../provider/azuread/conditional-access/rule-hindrances.ts";
import { readSignInRules } from "../../../../provider/azuread/conditional-access/sign-in-rules.ts";
import { subscribedSkus } from "../../../../emulator/entities/collections.ts";
import { TENANT_ID } from "../../../emulator/support/emulator.ts";
import { mfa } from "../../support/conditional-access.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { makeGroup, makePeople } from "../../support/people.ts";
import { settle, startWorld } from "../../support/world.ts";

const all = { users: { includedUsers: ["All"] }, clientAppTypes: ["all"] };
const block = { operator: "OR", builtInControls: ["block"] };

it("is told by what a rule does", () => {
  expect(purposeOf(mfa)).toBe("two-step");
  const roles = { users: { includedRoles: [ADMINISTRATORS[0]] }, clientAppTypes: ["all"] };
  expect(purposeOf({ ...mfa, conditions: roles })).toBe("administrators");
  const old = { ...all, clientAppTypes: ["other"] };
  expect(purposeOf({ conditions: old, grantControls: block })).toBe("legacy");
  const abroad = { ...all, locations: { includedLocations: ["All"], excludedLocations: ["x"] } };
  expect(purposeOf({ conditions: abroad, grantControls: block })).toBe("countries");
  const one = { ...all, users: { includedUsers: ["x"] } };
  expect(purposeOf({ ...mfa, conditions: one })).toBeUndefined();
  expect(
    purposeOf({ conditions: all, grantControls: { builtInControls: ["compliantDevice"] } }),
  ).toBeUndefined();
});

it("is read of a tenant with its states, and asks everybody only where it is on", async () => {
  const world = await startWorld();
  expect(await readSignInRules(world.context)).toEqual({
    found: { securityDefaults: false, rules: [], asksSecondStep: false },
  });
  const rule = new ManagedResource(world, conditionalAccessPolicy);
  await rule.up({ ...mfa, state: "enabledForReportingButNotEnforced" });
  await settle(world);
  expect(await readSignInRules(world.another().context)).toMatchObject({
    found: {
      rules: [{ name: mfa.displayName, state: "reportOnly", purpose: "two-step" }],
      asksSecondStep: false,
    },
  });
  await rule.up(mfa);
  await settle(world);
  expect(await readSignInRules(world.another().context)).toMatchObject({
    found: { rules: [{ state: "on" }], asksSecondStep: true },
  });
});

describe("before the first write", () => {
  const planned = (inputs: Record<string, unknown>, operation = "create") => ({
    ...{ type: conditionalAccessPolicy.token, operation, inputs },
  });
  const excluding = (users: readonly string[], groups: readonly string[]) => ({
    ...mfa,
    conditions: {
      ...mfa.conditions,
      users: { includedUsers: ["All"], excludedUsers: users, excludedGroups: groups },
    },
  });

  it("whoever is to be excluded is looked for, and named as the recycle bin knows them", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const group = await makeGroup(world, "travellers");
    await settle(world);
    const { service } = world;
    const look = () =>
      ruleHindrances([planned(excluding([anna?.id ?? ""], [group]), "update")], {
        ...{ service, alongside: [] },
      });
    expect(await look()).toEqual([undefined]);
    await service.graph.delete(`/users/${anna?.id ?? ""}`);
    await settle(world);
    expect(await look()).toEqual([
      {
        code: "exclusion-gone",
        message: "Anna would not be excluded: no longer in the tenant",
      },
    ]);
  });

  it("a rule that does the same is named, also under another name, unless it may stay beside it", async () => {
    const world = await startWorld();
    const other = { ...mfa, displayName: "Require MFA" };
    await new ManagedResource(world, conditionalAccessPolicy).up(other);
    await settle(world);
    const { service } = world;
    const look = (alongside: readonly string[], operation?: string) =>
      ruleHindrances([planned(excluding([], []), operation)], { service, alongside });
    expect(await look([])).toEqual([
      { code: "same-rule-exists", message: "“Require MFA” does the same" },
    ]);
    expect(await look(["Require MFA"])).toEqual([undefined]);
    expect(await look([], "update")).toEqual([undefined]);
  });

  it("a tenant without Microsoft Entra ID P1 is refused", async () => {
    const world = await startWorld();
    world.emulator.state.write(TENANT_ID, ({ store }) => {
      for (const { object } of store.list(subscribedSkus)) store.remove(subscribedSkus, object.id);
    });
    const { service } = world;
    expect(await ruleHindrances([planned(mfa)], { service, alongside: [] })).toMatchObject([
      { code: "no-conditional-access" },
    ]);
    expect(
      await ruleHindrances([{ ...planned(mfa), operation: "delete" }], { service, alongside: [] }),
    ).toEqual([undefined]);
  });
});
