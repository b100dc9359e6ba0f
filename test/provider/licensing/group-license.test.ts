import { describe, expect, it } from "vitest";
import { groupLicense } from "../../../provider/licensing/group-license.ts";
import { userLicense } from "../../../provider/licensing/user-license.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { contoso } from "../../emulator/support/emulator.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const declared = (groupId: string, skus: readonly string[]): Record<string, unknown> => ({
  groupId,
  groupName: "staff",
  groupDisplayName: "Staff",
  licenses: skus.map((sku) => ({ sku })),
});

/** A group with people in it. */
async function staff(
  world: World,
  names: readonly string[],
  properties?: Record<string, unknown>,
): Promise<{ groupId: string; people: { id: string; name: string }[] }> {
  const people = await makePeople(world, names, properties);
  const groupId = await makeGroup(world, "staff");
  await settle(world);
  await world.service.graph.patch(`/groups/${groupId}`, {
    "members@odata.bind": people.map(
      ({ id }) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
    ),
  });
  await settle(world);
  return { groupId, people };
}

const held = async (world: World, userId: string): Promise<number> => {
  await settle(world);
  const { assignedLicenses } = await world.service.graph.get<{ assignedLicenses: unknown[] }>(
    `/users/${userId}?$select=assignedLicenses`,
  );
  return assignedLicenses.length;
};

describe("the licences of a group", () => {
  it("have reached the members when the resource is ready", async () => {
    const world = await startWorld({ behaviour: { groupLicensingDelayMs: 120_000 } });
    const { groupId, people } = await staff(world, ["Anna", "Bob"]);
    const before = world.clock.now();
    const resource = new ManagedResource(world, groupLicense);

    expect(await resource.up(declared(groupId, ["SPB"]))).toBe("created");

    expect(world.clock.now() - before).toBeGreaterThanOrEqual(120_000);
    for (const { id } of people) expect(await held(world, id)).toBe(1);
    expect(world.announced).toEqual([{ id: groupId, outputs: {} }]);
  });

  it("are not taken for handed out where a replica shows the group as it was", async () => {
    const behaviour = { groupLicensingDelayMs: 120_000, changeDelayMs: 60_000 };
    const world = await startWorld({ behaviour });
    const { groupId, people } = await staff(world, ["Anna", "Bob"]);

    await new ManagedResource(world, groupLicense).up(declared(groupId, ["SPB"]));

    for (const { id } of people) expect(await held(world, id)).toBe(1);
  });

  it("are left alone by a second run", async () => {
    const world = await startWorld();
    const { groupId } = await staff(world, ["Anna"]);
    const resource = new ManagedResource(world, groupLicense);
    await resource.up(declared(groupId, ["SPB", "EXCHANGESTANDARD"]));
    await settle(world);
    world.writes();

    const again = declared(groupId, ["EXCHANGESTANDARD", "SPB"]);
    expect(await resource.up(again)).toBe("same");
    await resource.refresh();
    expect(await resource.up(again)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("change only by what differs", async () => {
    const world = await startWorld();
    const { groupId, people } = await staff(world, ["Anna"]);
    const resource = new ManagedResource(world, groupLicense);
    await resource.up(declared(groupId, ["EXCHANGESTANDARD"]));
    await settle(world);
    world.writes();

    expect(await resource.up(declared(groupId, ["SPB"]))).toBe("updated");
    expect(world.writes()).toEqual(["POST /v1.0/groups/:id/assignLicense"]);
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ licenses: [{ sku: "SPB" }] });
    expect(await held(world, people[0]?.id ?? "")).toBe(1);
  });

  it("stay in the state when somebody went without, who is named", async () => {
    const world = await startWorld();
    const { groupId } = await staff(world, ["Anna", "Bob", "Carl"]);
    const resource = new ManagedResource(world, groupLicense);

    const giving = resource.up(declared(groupId, ["EXCHANGESTANDARD"]));
    await expect(giving).rejects.toMatchObject({
      code: "members-without-license",
      message: expect.stringMatching(
        /^\w+@contoso\.com \(no licence left\) did not get the licences of the group Staff$/,
      ) as unknown,
      hint: "Order more licences from the licence partner, or take some from others. Then apply again.",
    });
    expect(resource.state).toMatchObject({ id: groupId, isUnfinished: true });

    expect(await resource.up(declared(groupId, ["SPB"]))).toBe("updated");
  });

  it("name everybody without a usage location", async () => {
    const world = await startWorld();
    const { groupId } = await staff(world, ["Anna", "Bob"], {});
    const giving = new ManagedResource(world, groupLicense).up(declared(groupId, ["SPB"]));
    await expect(giving).rejects.toThrow(
      "anna@contoso.com (not allowed in their usage location, or none is set) and bob@contoso.com (not allowed in their usage location, or none is set) did not get the licences",
    );
  });

  it("name the service plans of other licences that are in the way", async () => {
    const world = await startWorld();
    world.emulator.addTenant({
      ...contoso,
      subscribedSkus: [{ skuPartNumber: "EXCHANGEENTERPRISE", enabledUnits: 1 }],
    });
    const { groupId, people } = await staff(world, ["Anna"]);
    const direct = { userId: people[0]?.id ?? "", userPrincipalName: "anna@contoso.com" };
    await new ManagedResource(world, userLicense).up({
      ...direct,
      licenses: [{ sku: "EXCHANGESTANDARD" }],
    });
    const giving = new ManagedResource(world, groupLicense).up(
      declared(groupId, ["EXCHANGEENTERPRISE"]),
    );
    await expect(giving).rejects.toMatchObject({
      message: expect.stringContaining(
        "anna@contoso.com (a service plan is excluded by one of their other licences)",
      ) as unknown,
      hint: "Leave out one of the two products that exclude each other. Then apply again.",
    });
  });

  it("are shown as drift when somebody took them away, and given again", async () => {
    const world = await startWorld();
    const { groupId } = await staff(world, ["Anna"]);
    const resource = new ManagedResource(world, groupLicense);
    await resource.up(declared(groupId, ["SPB"]));
    const { assignedLicenses } = await world.service.graph.get<{
      assignedLicenses: { skuId: string }[];
    }>(`/groups/${groupId}?$select=assignedLicenses`);
    await world.emulator.graph("POST", `/groups/${groupId}/assignLicense`, {
      body: { addLicenses: [], removeLicenses: assignedLicenses.map(({ skuId }) => skuId) },
    });
    await settle(world);

    expect(await resource.refresh()).toMatchObject({ licenses: [] });
    expect(await resource.up(declared(groupId, ["SPB"]))).toBe("updated");
  });

  it("are taken back when they are removed, and removing them twice is fine", async () => {
    const world = await startWorld();
    const { groupId, people } = await staff(world, ["Anna"]);
    const resource = new ManagedResource(world, groupLicense);
    await resource.up(declared(groupId, ["SPB"]));
    await settle(world);

    await resource.down();
    await settle(world);
    await resource.down();
    expect(await held(world, people[0]?.id ?? "")).toBe(0);

    await world.emulator.graph("DELETE", `/groups/${groupId}`);
    await settle(world);
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });

  it("say in both languages who gets them", () => {
    const told = groupLicense.describe({
      operation: "create",
      before: undefined,
      after: declared("1", ["SPB", "AAD_PREMIUM_P2"]),
      changedPaths: [],
    });
    expect(told).toMatchObject({
      section: "licenses",
      severity: "sensitive",
      affected: ["Staff"],
      nl: "Iedereen in de groep Staff krijgt de licenties Microsoft 365 Business Premium en Microsoft Entra ID P2",
      en: "Everybody in the group Staff gets the licences Microsoft 365 Business Premium and Microsoft Entra ID P2",
    });
  });
});
