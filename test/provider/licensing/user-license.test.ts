import { describe, expect, it } from "vitest";
import { userLicense } from "../../../provider/licensing/user-license.ts";
import { contoso } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const declared = (
  userId: string,
  skus: readonly string[],
  userPrincipalName = "anna@contoso.com",
): Record<string, unknown> => ({
  userId,
  userPrincipalName,
  displayName: "Anna de Vries",
  licenses: skus.map((sku) => ({ sku })),
});

async function person(world: World, properties?: Record<string, unknown>): Promise<string> {
  const [anna] = await makePeople(world, ["Anna"], properties);
  return anna?.id ?? "";
}

const heldBy = async (world: World, userId: string): Promise<number> => {
  await settle(world);
  const user = await world.service.graph.get<{ assignedLicenses: unknown[] }>(
    `/users/${userId}?$select=assignedLicenses`,
  );
  return user.assignedLicenses.length;
};

describe("the licences of a person", () => {
  it("are given in one call", async () => {
    const world = await startWorld();
    const id = await person(world);
    world.writes();
    const resource = new ManagedResource(world, userLicense);

    expect(await resource.up(declared(id, ["SPB"]))).toBe("created");

    expect(resource.id).toBe(id);
    expect(world.writes()).toEqual(["POST /v1.0/users/:id/assignLicense"]);
    expect(await heldBy(world, id)).toBe(1);
  });

  it("are left alone by a second run, however they are ordered", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    const licenses = [
      { sku: "SPB", disabledPlans: ["YAMMER_ENTERPRISE", "EXCHANGE_S_STANDARD"] },
      { sku: "EXCHANGESTANDARD" },
    ];
    await resource.up({ ...declared(id, []), licenses });
    await settle(world);
    world.writes();

    const again = [
      { sku: "EXCHANGESTANDARD", disabledPlans: [] },
      { sku: "SPB", disabledPlans: ["EXCHANGE_S_STANDARD", "YAMMER_ENTERPRISE"] },
    ];
    expect(await resource.up({ ...declared(id, []), licenses: again })).toBe("same");
    expect(await resource.refresh()).toMatchObject({ licenses: again });
    expect(await resource.up({ ...declared(id, []), licenses: again })).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("are exchanged in one call, and what is switched off in another licence stays", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["EXCHANGESTANDARD"]));
    await settle(world);
    world.writes();

    expect(await resource.up(declared(id, ["SPB"]))).toBe("updated");

    expect(world.writes()).toEqual(["POST /v1.0/users/:id/assignLicense"]);
    await settle(world);
    expect(await resource.refresh()).toMatchObject({
      licenses: [{ sku: "SPB", disabledPlans: [] }],
    });
  });

  it("can get other parts switched off", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["SPB"]));
    const licenses = [{ sku: "SPB", disabledPlans: ["TEAMS1"] }];
    await settle(world);

    expect(await resource.up({ ...declared(id, []), licenses })).toBe("updated");
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ licenses });
  });

  it("do not include those that come through a group", async () => {
    const world = await startWorld();
    const id = await person(world);
    const groupId = await makeGroup(world, "licensed");
    const spb = (
      await world.service.graph.all<{ skuId: string; skuPartNumber: string }>("/subscribedSkus")
    ).find(({ skuPartNumber }) => skuPartNumber === "SPB");
    await settle(world);
    await world.service.graph.patch(`/groups/${groupId}`, {
      "members@odata.bind": [`https://graph.microsoft.com/v1.0/directoryObjects/${id}`],
    });
    await world.service.graph.post(
      `/groups/${groupId}/assignLicense`,
      {
        addLicenses: [{ skuId: spb?.skuId, disabledPlans: [] }],
        removeLicenses: [],
      },
      { idempotent: true },
    );
    await settle(world);
    expect(await heldBy(world, id)).toBe(1);
    const resource = new ManagedResource(world, userLicense);

    await resource.up(declared(id, ["EXCHANGESTANDARD"]));
    expect(await heldBy(world, id)).toBe(2);
    expect(await resource.refresh()).toMatchObject({ licenses: [{ sku: "EXCHANGESTANDARD" }] });
    await resource.up(declared(id, []));
    expect(await heldBy(world, id)).toBe(1);
  });

  it("are given again after somebody took them away outside", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["SPB"]));
    const skuId = (
      await world.service.graph.get<{ assignedLicenses: { skuId: string }[] }>(
        `/users/${id}?$select=assignedLicenses`,
      )
    ).assignedLicenses[0]?.skuId;
    await world.emulator.graph("POST", `/users/${id}/assignLicense`, {
      body: { addLicenses: [], removeLicenses: [skuId] },
    });
    await settle(world);

    expect(await resource.refresh()).toMatchObject({ licenses: [] });
    expect(await resource.up(declared(id, ["SPB"]))).toBe("updated");
    expect(await heldBy(world, id)).toBe(1);
  });

  it("are gone from the state when the person is gone", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["SPB"]));
    await world.emulator.graph("DELETE", `/users/${id}`);
    await settle(world);

    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });

  it("are taken back when they are removed, and removing them twice is fine", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["SPB"]));
    await settle(world);

    await resource.down();
    await settle(world);
    await resource.down();
    expect(await heldBy(world, id)).toBe(0);
  });

  it("reach everybody through errors and lost answers", async () => {
    const world = await startWorld({ behaviour: { serverErrorShare: 0.2, lostAnswerShare: 0.2 } });
    const people = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
    await Promise.all(
      people.map(({ id }) => new ManagedResource(world, userLicense).up(declared(id, ["SPB"]))),
    );
    for (const { id } of people) expect(await heldBy(world, id)).toBe(1);
  });

  it("are taken once when the answer is lost and replicas show them for a while", async () => {
    const world = await startWorld({
      behaviour: { changeDelayMs: 8000 },
      deadlineMs: 120_000,
    });
    const people = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
    world.emulator.behaviour.lostAnswerShare = 0.5;
    for (const { id, name } of [...people, ...people]) {
      const resource = new ManagedResource(world, userLicense);
      await resource.up(declared(id, ["SPB"], name));
      await settle(world);
      await resource.up(declared(id, [], name));
      expect(await heldBy(world, id)).toBe(0);
    }
  }, 30_000);

  it("are refused in a clear sentence to somebody without a usage location", async () => {
    const world = await startWorld();
    const id = await person(world, {});
    world.writes();
    const giving = new ManagedResource(world, userLicense).up(declared(id, ["SPB"]));
    await expect(giving).rejects.toMatchObject({
      code: "usage-location-missing",
      message: "anna@contoso.com has no usage location, so Microsoft cannot assign a licence",
    });
    expect(world.writes()).toEqual([]);
  });

  it("are refused in a clear sentence when none is left", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Anna", "Bob", "Carl"]);
    const give = (id: string | undefined): Promise<unknown> =>
      new ManagedResource(world, userLicense).up(declared(id ?? "", ["EXCHANGESTANDARD"]));
    await give(people[0]?.id);
    await give(people[1]?.id);
    await expect(give(people[2]?.id)).rejects.toMatchObject({ code: "no-licenses-left" });
  });

  it("can be of a product that arrived after the first look at what was bought", async () => {
    const world = await startWorld();
    const id = await person(world);
    const resource = new ManagedResource(world, userLicense);
    await resource.up(declared(id, ["SPB"]));
    world.emulator.addTenant({
      ...contoso,
      subscribedSkus: [{ skuPartNumber: "AAD_PREMIUM_P2", enabledUnits: 1 }],
    });
    await settle(world);
    expect(await resource.up(declared(id, ["SPB", "AAD_PREMIUM_P2"]))).toBe("updated");
  });

  it("are refused for a product that was not bought, and for parts that it does not have", async () => {
    const world = await startWorld();
    const id = await person(world);
    world.writes();
    const resource = new ManagedResource(world, userLicense);
    await expect(resource.up(declared(id, ["SPE_E5"]))).rejects.toMatchObject({
      code: "license-not-bought",
    });
    const licenses = [{ sku: "SPB", disabledPlans: ["NO_SUCH_PLAN"] }];
    await expect(resource.up({ ...declared(id, []), licenses })).rejects.toMatchObject({
      code: "unknown-service-plan",
    });
    expect(world.writes()).toEqual([]);
  });

  it("say in both languages what somebody gets and loses", () => {
    const told = userLicense.describe({
      operation: "update",
      before: declared("1", ["EXCHANGESTANDARD"]),
      after: declared("1", ["SPB"]),
      changedPaths: ["licenses[0].sku"],
    });
    expect(told).toMatchObject({
      severity: "destructive",
      affected: ["Anna de Vries"],
      nl: "Anna de Vries verliest de eigen licentie Exchange Online (Plan 1) en krijgt Microsoft 365 Business Premium",
      en: "Anna de Vries loses the direct licence Exchange Online (Plan 1) and gets Microsoft 365 Business Premium",
    });
  });
});
