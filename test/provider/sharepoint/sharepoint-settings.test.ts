/** What holds for all of SharePoint, as a part of the tenant's own resource. */
import { expect, it } from "vitest";
import { tenant } from "../../../provider/directory/tenant.ts";
import { readSharePointSettings } from "../../../provider/sharepoint/sharepoint-settings.ts";
import { CLIENT_ID, CLIENT_SECRET, contoso, TENANT_ID } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const identity = {
  tenantId: TENANT_ID,
  displayName: "Contoso",
  initialDomain: "contoso.onmicrosoft.com",
  domains: ["contoso.com"],
  contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "silver" },
  approval: { required: 1, decisionMakers: [] },
  managedBy: { name: "Beheer", domains: [] },
};
const SETTINGS = "/admin/sharepoint/settings";
const DAYS = "deletedUserPersonalSiteRetentionPeriodInDays";

const inTenant = (world: World): Promise<Record<string, unknown>> =>
  world.service.graph.get(SETTINGS);

it("writes what is declared in one request, and leaves the others as they are", async () => {
  const world = await startWorld();
  const resource = new ManagedResource(world, tenant);
  const before = await inTenant(world);
  const declared = { ...identity, sharingCapability: "ExternalUserSharingOnly", [DAYS]: 180 };
  await resource.up(declared);
  expect(world.writes()).toEqual([expect.stringContaining(SETTINGS) as unknown]);
  expect(await inTenant(world)).toEqual({
    ...before,
    sharingCapability: "externalUserSharingOnly",
    [DAYS]: 180,
  });
  expect(await resource.up(declared)).toBe("same");
  expect(await resource.refresh()).toMatchObject(declared);
  expect(world.writes()).toEqual([]);
});

it("asks for nothing where the tenant has it already, as after a death behind the request", async () => {
  const world = await startWorld();
  await world.service.graph.patch(SETTINGS, { [DAYS]: 180 });
  world.writes();
  await new ManagedResource(world, tenant).up({ ...identity, [DAYS]: 180 });
  expect(world.writes()).toEqual([]);
});

it("shows another level of sharing as drift and puts it back, and nothing that is not declared", async () => {
  const world = await startWorld();
  const resource = new ManagedResource(world, tenant);
  const declared = { ...identity, sharingCapability: "Disabled" };
  await resource.up(declared);
  await world.service.graph.patch(SETTINGS, {
    sharingCapability: "externalUserAndGuestSharing",
    [DAYS]: 90,
  });
  const found = await resource.refresh();
  expect(found).toMatchObject({ sharingCapability: "ExternalUserAndGuestSharing" });
  expect(found).not.toHaveProperty(DAYS);
  expect(await resource.up(declared)).toBe("updated");
  expect(await inTenant(world)).toMatchObject({ sharingCapability: "disabled", [DAYS]: 90 });
});

it("leaves the settings as they are when nobody declares them any more", async () => {
  const world = await startWorld();
  const resource = new ManagedResource(world, tenant);
  await resource.up({ ...identity, sharingCapability: "Disabled" });
  world.writes();
  await resource.up(identity);
  await resource.down();
  expect(world.writes()).toEqual([]);
});

it("does without them where it may not look and nobody declares any, and fails where somebody does", async () => {
  const world = await startWorld();
  const roles = ["Organization.Read.All", "Domain.Read.All"];
  world.emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, roles }],
  });
  expect(await readSharePointSettings(world.context)).toEqual({});
  await expect(readSharePointSettings(world.context, { isNeeded: true })).rejects.toMatchObject({
    code: "forbidden",
  });
});

const told = (before: object, after: object) =>
  tenant.describe({
    operation: "update",
    before: { ...identity, ...before },
    after: { ...identity, ...after },
    changedPaths: Object.keys({ ...before, ...after }),
  });

it.each([
  [
    { [DAYS]: 90 },
    { [DAYS]: 180 },
    "sensitive",
    "de OneDrive van wie verwijderd wordt, blijft 180 dagen bewaard (nu 90)",
  ],
  [{ [DAYS]: 180 }, { [DAYS]: 90 }, "destructive", "ook van wie al verwijderd is"],
  [
    { sharingCapability: "ExternalUserAndGuestSharing" },
    { sharingCapability: "Disabled" },
    "destructive",
    "kan de toegang verliezen",
  ],
  [
    { sharingCapability: "Disabled" },
    { sharingCapability: "ExternalUserAndGuestSharing" },
    "sensitive",
    "iedereen die een link heeft",
  ],
  [{}, { isSitesStorageLimitAutomatic: true }, "sensitive", "vervalt"],
])("says what %j becoming %j means", (...[before, after, severity, words]) => {
  const { nl, ...rest } = told(before, after);
  expect(rest.severity).toBe(severity);
  expect(nl).toContain(words);
});
