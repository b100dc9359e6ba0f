/** How much a site may hold, and with whom it is shared. */
import { describe, expect, it } from "vitest";
import type { RestClient } from "../../../services/index.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";
import type { World } from "../support/world.ts";

const finance = {
  url: FINANCE_URL,
  title: "Jaarrekening",
  template: "team",
  owner: "anna@contoso.com",
};

async function worldWithOwner(): Promise<World> {
  const world = await startSharePointWorld();
  await makePeople(world, ["Anna"]);
  return world;
}

const tenantAdministration = (world: World): RestClient =>
  world.service.sharePoint("contoso-admin.sharepoint.com");

/** What holds for all sites. */
const inTenant = (world: World, settings: object): Promise<unknown> =>
  world.service.graph.patch("/admin/sharepoint/settings", settings);

describe("the settings of a site", () => {
  it("gets the declared storage limit, and keeps another one that nobody declared", async () => {
    const world = await worldWithOwner();
    await inTenant(world, { isSitesStorageLimitAutomatic: false });
    const resource = new ManagedResource(world, site);
    await resource.up({ ...finance, storageQuota: 5120 });
    expect(await resource.refresh()).toMatchObject({ storageQuota: 5120 });

    await resource.up(finance);
    expect(await resource.refresh()).not.toHaveProperty("storageQuota");
    await resource.up({ ...finance, storageQuota: 2048 });
    expect(await resource.refresh()).toMatchObject({ storageQuota: 2048 });
  });

  it.each([
    ["Disabled", 0],
    ["ExternalUserSharingOnly", 1],
    ["ExternalUserAndGuestSharing", 2],
    ["ExistingExternalUserSharingOnly", 3],
  ])("is shared as declared (%s), and another level of others is drift", async (level, number) => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up({ ...finance, sharingCapability: level });
    const path = `/_api/SPO.Tenant/sites('${String(resource.outputs.siteId)}')`;
    const found = await tenantAdministration(world).get<{ SharingCapability: number }>(path);
    expect(found.SharingCapability).toBe(number);

    await tenantAdministration(world).patch(path, { SharingCapability: (number + 1) % 4 });
    expect(await resource.refresh()).not.toMatchObject({ sharingCapability: level });
    expect(await resource.up({ ...finance, sharingCapability: level })).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ sharingCapability: level });
  });

  it.each([
    [
      { sharingCapability: "ExternalUserSharingOnly" },
      { sharingCapability: "disabled" },
      "sharing-above-tenant",
    ],
    [{ storageQuota: 5120 }, { isSitesStorageLimitAutomatic: true }, "storage-automatic"],
  ])("refuses %j where the tenant has %j, and writes nothing", async (given, settings, code) => {
    const world = await worldWithOwner();
    await inTenant(world, settings);
    world.writes();
    const resource = new ManagedResource(world, site);
    await expect(resource.up({ ...finance, ...given })).rejects.toMatchObject({ code });
    await inTenant(world, { sharingCapability: "externalUserAndGuestSharing" });
    await resource.up(finance);
    await inTenant(world, settings);
    world.writes();
    const change = resource.up({ ...finance, title: "Boeken", ...given });
    await expect(change).rejects.toMatchObject({ code });
    expect(world.writes()).toEqual([]);
  });
});

describe("the sentence of a site whose sharing changes", () => {
  const told = (from: string | undefined, to: string) =>
    site.describe({
      operation: "update",
      before: { ...finance, ...(from !== undefined && { sharingCapability: from }) },
      after: { ...finance, sharingCapability: to },
      changedPaths: ["sharingCapability"],
    });

  it("says who comes in", () => {
    expect(told("Disabled", "ExternalUserAndGuestSharing")).toMatchObject({
      severity: "sensitive",
      nl: "De site Jaarrekening: delen mag voortaan met iedereen die een link heeft, zonder inloggen (nu: niemand buiten de organisatie)",
      en: "The site Jaarrekening: from now on, sharing is allowed with anyone who has a link, without signing in (now: nobody outside the organisation)",
    });
  });

  it("says that access goes", () => {
    expect(told("ExternalUserSharingOnly", "Disabled")).toMatchObject({
      severity: "destructive",
      nl: expect.stringContaining("kan de toegang verliezen") as unknown,
      en: expect.stringContaining("can lose it") as unknown,
    });
  });

  it("does not say what was before when nobody looked", () => {
    expect(told(undefined, "Disabled")).toMatchObject({
      severity: "sensitive",
      en: "The site Jaarrekening: from now on, sharing is allowed with nobody outside the organisation",
    });
  });
});
