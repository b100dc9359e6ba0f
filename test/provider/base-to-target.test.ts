/** What an update writes: the approved difference, to the object that is meant. "By hand" is a direct call to Graph. */
import { describe, expect, it } from "vitest";
import { group } from "../../provider/azuread/groups/group.ts";
import { user } from "../../provider/azuread/users/user.ts";
import { groupMembership } from "../../provider/directory/group-membership.ts";
import { groupLicense } from "../../provider/licensing/group-license.ts";
import { userLicense } from "../../provider/licensing/user-license.ts";
import { ManagedResource } from "./support/managed-resource.ts";
import { makeGroup, makePeople } from "./support/people.ts";
import { settle, startWorld } from "./support/world.ts";
import type { World } from "./support/world.ts";

const ann = {
  displayName: "Ann",
  userPrincipalName: "ann@contoso.com",
  mailNickname: "ann",
  usageLocation: "NL",
  accountEnabled: true,
  password: "first-Password-1",
};

const reference = (id: string) => ({
  body: { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}` },
});

const get = async (world: World, path: string): Promise<Record<string, unknown>> =>
  (await world.emulator.graph("GET", path)).body;

const idsAt = async (world: World, path: string): Promise<string[]> =>
  ((await get(world, path)).value as { id: string }[]).map(({ id }) => id).sort();

/** Products that somebody holds, by hand or not. */
async function productsOf(world: World, path: string): Promise<string[]> {
  const [{ value: skus }, { assignedLicenses }] = await Promise.all([
    get(world, "/subscribedSkus"),
    get(world, `${path}?$select=assignedLicenses`),
  ]);
  const names = new Map(
    (skus as { skuId: string; skuPartNumber: string }[]).map((sku) => [sku.skuId, sku]),
  );
  return (assignedLicenses as { skuId: string }[])
    .map(({ skuId }) => names.get(skuId)?.skuPartNumber ?? skuId)
    .sort();
}

async function giveByHand(world: World, path: string, skuPartNumber: string): Promise<void> {
  const { value } = await get(world, "/subscribedSkus");
  const sku = (value as { skuId: string; skuPartNumber: string }[]).find(
    (one) => one.skuPartNumber === skuPartNumber,
  );
  await world.emulator.graph("POST", `${path}/assignLicense`, {
    body: { addLicenses: [{ skuId: sku?.skuId }], removeLicenses: [] },
  });
}

const licenses = (...skus: string[]) => skus.map((sku) => ({ sku }));

describe("an update", () => {
  it("changes a job title and leaves a block that was set by hand, which is drift (K1.1)", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(ann);
    await world.emulator.graph("PATCH", resource.id, { body: { accountEnabled: false } });
    await settle(world);
    world.writes();

    expect(await resource.up({ ...ann, jobTitle: "Controller" })).toBe("updated");

    expect(world.writes()).toEqual(["PATCH /v1.0/users/:id"]);
    await settle(world);
    expect(await get(world, `${resource.id}?$select=jobTitle,accountEnabled`)).toMatchObject({
      jobTitle: "Controller",
      accountEnabled: false,
    });
    expect(await resource.refresh()).toMatchObject({ accountEnabled: false });
  });

  it("adds a member and a licence and leaves those that were added by hand (K1.2)", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Ann", "Bob", "Cem"]);
    const [annId = "", bobId = "", cemId = ""] = people.map(({ id }) => id);
    const sales = await makeGroup(world, "sales");
    const member = (id: string, name: string) => ({
      id,
      userPrincipalName: `${name}@contoso.com`,
    });
    const membership = new ManagedResource(world, groupMembership);
    const base = { groupId: sales, groupName: "sales" };
    await membership.up({ ...base, members: [member(annId, "ann")] });
    const held = new ManagedResource(world, userLicense);
    const holder = { userId: annId, userPrincipalName: "ann@contoso.com" };
    await held.up({ ...holder, licenses: [] });
    await settle(world);
    await world.emulator.graph("POST", `/groups/${sales}/members/$ref`, reference(bobId));
    await giveByHand(world, `/users/${annId}`, "EXCHANGESTANDARD");
    await settle(world);

    await membership.up({ ...base, members: [member(annId, "ann"), member(cemId, "cem")] });
    await held.up({ ...holder, licenses: licenses("SPB") });

    await settle(world);
    expect(await idsAt(world, `/groups/${sales}/members`)).toEqual([annId, bobId, cemId].sort());
    expect(await productsOf(world, `/users/${annId}`)).toEqual(["EXCHANGESTANDARD", "SPB"]);
  });

  it("renames a group and leaves owner, member and licence that were given by hand (K1.4)", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Ann", "Bob", "Cem"]);
    const [annId = "", bobId = "", cemId = ""] = people.map(({ id }) => id);
    const sales = { displayName: "Sales", mailNickname: "sales", securityEnabled: true };
    const resource = new ManagedResource(world, group);
    await resource.up({ ...sales, owners: [annId] });
    const groupId = String(resource.outputs.objectId);
    await settle(world);
    const given = new ManagedResource(world, groupLicense);
    const label = { groupId, groupName: "sales" };
    await given.up({ ...label, groupDisplayName: "Sales", licenses: [] });
    await world.emulator.graph("POST", `${resource.id}/owners/$ref`, reference(bobId));
    await world.emulator.graph("POST", `${resource.id}/members/$ref`, reference(cemId));
    await giveByHand(world, resource.id, "SPB");
    await settle(world);
    world.writes();

    await resource.up({ ...sales, displayName: "Sales & Service", owners: [annId] });
    const isSame = given.up({ ...label, groupDisplayName: "Sales & Service", licenses: [] });
    expect(await isSame).toBe("same");

    expect(world.writes()).toEqual(["PATCH /v1.0/groups/:id"]);
    await settle(world);
    expect(await idsAt(world, `${resource.id}/owners`)).toEqual([annId, bobId].sort());
    expect(await idsAt(world, `${resource.id}/members`)).toEqual([cemId]);
    expect(await productsOf(world, resource.id)).toEqual(["SPB"]);
  });

  it("takes out only who is to go, and does not mind who is gone already", async () => {
    const world = await startWorld();
    const people = await makePeople(world, ["Ann", "Bob", "Cem", "Dee"]);
    const [annId = "", bobId = "", cemId = "", deeId = ""] = people.map(({ id }) => id);
    const sales = { displayName: "Sales", mailNickname: "sales", securityEnabled: true };
    const resource = new ManagedResource(world, group);
    await resource.up({ ...sales, owners: [annId, bobId, cemId] });
    await settle(world);
    await world.emulator.graph("DELETE", `${resource.id}/owners/${bobId}/$ref`);
    await world.emulator.graph("POST", `${resource.id}/owners/$ref`, reference(deeId));
    await settle(world);

    await resource.up({ ...sales, owners: [annId] });

    await settle(world);
    expect(await idsAt(world, `${resource.id}/owners`)).toEqual([annId, deeId].sort());
  });

  it("is refused where somebody else changed the same path, and writes nothing", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up({ ...ann, jobTitle: "Assistant" });
    await world.emulator.graph("PATCH", resource.id, { body: { jobTitle: "Director" } });
    await settle(world);
    world.writes();

    await expect(
      resource.up({ ...ann, jobTitle: "Controller", department: "Finance" }),
    ).rejects.toMatchObject({
      code: "base-moved",
      message:
        'ann@contoso.com was changed by somebody else: jobTitle was "Assistant" in the plan and is "Director" now; nothing was written to it',
    });
    expect(world.writes()).toEqual([]);
  });

  it("is refused where an element of a list became another one", async () => {
    const world = await startWorld();
    const [annId = ""] = (await makePeople(world, ["Ann"])).map(({ id }) => id);
    const holder = { userId: annId, userPrincipalName: "ann@contoso.com" };
    const resource = new ManagedResource(world, userLicense);
    await resource.up({ ...holder, licenses: licenses("SPB") });
    await settle(world);
    const { value } = await get(world, "/subscribedSkus");
    const sku = (
      value as {
        skuId: string;
        skuPartNumber: string;
        servicePlans: { servicePlanId: string; servicePlanName: string }[];
      }[]
    ).find(({ skuPartNumber }) => skuPartNumber === "SPB");
    const yammer = sku?.servicePlans.find(
      ({ servicePlanName }) => servicePlanName === "YAMMER_ENTERPRISE",
    );
    const disabledPlans = [yammer?.servicePlanId];
    const { status } = await world.emulator.graph("POST", `/users/${annId}/assignLicense`, {
      body: { addLicenses: [{ skuId: sku?.skuId, disabledPlans }], removeLicenses: [] },
    });
    expect(status).toBe(200);
    await settle(world);

    await expect(resource.up({ ...holder, licenses: [] })).rejects.toMatchObject({
      code: "base-moved",
      message: expect.stringContaining("licenses[SPB]") as unknown,
    });
  });

  it("finds its target there already after a death between the write and the state", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(ann);
    await world.emulator.graph("PATCH", resource.id, { body: { jobTitle: "Controller" } });
    await settle(world);
    world.writes();
    expect(await resource.up({ ...ann, jobTitle: "Controller" })).toBe("updated");
    expect(world.writes()).toEqual([]);
  });

  it("waits for a replica that still shows what was there before its own last write", async () => {
    const world = await startWorld({ behaviour: { changeDelayMs: 8000 } });
    const resource = new ManagedResource(world, user);
    await resource.up({ ...ann, jobTitle: "Assistant" });
    await settle(world);
    await resource.up({ ...ann, jobTitle: "Controller" });
    expect(await resource.up({ ...ann, jobTitle: "Director" })).toBe("updated");
    await settle(world);
    expect(await get(world, `${resource.id}?$select=jobTitle`)).toMatchObject({
      jobTitle: "Director",
    });
  });

  it("of an object that is gone is refused by name", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, user);
    await resource.up(ann);
    await world.emulator.graph("DELETE", resource.id);
    await settle(world);
    await expect(resource.up({ ...ann, jobTitle: "Controller" })).rejects.toMatchObject({
      code: "resource-gone",
    });
  });
});

describe("ids that were swapped in the state (P7)", () => {
  async function swapped(): Promise<{ world: World; resources: ManagedResource[] }> {
    const world = await startWorld();
    const bob = { ...ann, userPrincipalName: "bob@contoso.com", mailNickname: "bob" };
    const made = [ann, bob].map(() => new ManagedResource(world, user));
    await made[0]?.up(ann);
    await made[1]?.up(bob);
    await settle(world);
    const states = made.flatMap(({ state = [] }) => state);
    world.writes();
    const resources = states.map(
      (state, at) => new ManagedResource(world, user, { ...state, id: made[1 - at]?.id ?? "" }),
    );
    return { world, resources };
  }

  it("are noticed before an update", async () => {
    const { world, resources } = await swapped();
    await expect(resources[0]?.up({ ...ann, jobTitle: "Controller" })).rejects.toMatchObject({
      code: "other-object",
      message: expect.stringMatching(
        /is bob@contoso\.com in the tenant, not ann@contoso\.com/,
      ) as unknown,
    });
    expect(world.writes()).toEqual([]);
  });

  it("are noticed before a deletion", async () => {
    const { world, resources } = await swapped();
    await expect(resources[0]?.down()).rejects.toMatchObject({ code: "other-object" });
    expect(world.writes()).toEqual([]);
  });
});
