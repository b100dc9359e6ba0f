import { describe, expect, it } from "vitest";
import type { RestClient } from "../../../services/index.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";
import type { World, WorldOptions } from "../support/world.ts";
import { settle, startWorld } from "../support/world.ts";

const finance = {
  url: FINANCE_URL,
  title: "Jaarrekening",
  template: "team",
  owner: "anna@contoso.com",
};

async function worldWithOwner(options: WorldOptions = {}): Promise<World> {
  const world = await startSharePointWorld(options);
  await makePeople(world, ["Anna", "Bob"]);
  world.writes();
  return world;
}

const web = (world: World): Promise<{ Title: string; Language: number; WebTemplate: string }> =>
  world.service.sharePoint("contoso.sharepoint.com").get("/sites/finance/_api/web");

const tenantAdministration = (world: World): RestClient =>
  world.service.sharePoint("contoso-admin.sharepoint.com");

/** What somebody does in the admin center. */
const setOwner = (world: World, { outputs }: ManagedResource, login: string): Promise<unknown> =>
  tenantAdministration(world).patch(`/_api/SPO.Tenant/sites('${String(outputs.siteId)}')`, {
    Owner: login,
    SetOwnerWithoutUpdatingSecondaryAdmin: true,
  });

async function administrators(world: World, { outputs }: ManagedResource): Promise<string[]> {
  const { value } = await tenantAdministration(world).get<{
    value: { userPrincipalName: string }[];
  }>(`/_api/SPO.Tenant/GetSiteAdministrators?siteId='${String(outputs.siteId)}'`);
  return value.map(({ userPrincipalName }) => userPrincipalName);
}

describe("a SharePoint site", () => {
  it("is ready to be used once it is created", async () => {
    const world = await worldWithOwner({ behaviour: { siteProvisioningDelayMs: 90_000 } });
    const resource = new ManagedResource(world, site);
    const before = world.clock.now();

    expect(await resource.up({ ...finance, lcid: 1043 })).toBe("created");

    expect(world.clock.now() - before).toBeGreaterThanOrEqual(90_000);
    expect(resource.id).toBe(FINANCE_URL);
    expect(resource.outputs.siteId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await web(world)).toMatchObject({
      Title: "Jaarrekening",
      Language: 1043,
      WebTemplate: "STS",
    });
    expect(world.announced).toEqual([
      { id: FINANCE_URL, outputs: { siteId: resource.outputs.siteId } },
    ]);
  });

  it("is left alone by a second run, however its address is written", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    world.writes();

    const written = { ...finance, url: "https://Contoso.sharepoint.com/sites/Finance" };
    expect(await resource.up(written)).toBe("same");
    expect(await resource.refresh()).toEqual({ ...finance, lcid: 1033 });
    expect(await resource.up(written)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("keeps its files and address when only the title changes", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    const { siteId } = resource.outputs;
    world.writes();

    expect(await resource.up({ ...finance, title: "Jaarrekening 2026" })).toBe("updated");

    expect(resource.outputs.siteId).toBe(siteId);
    expect(world.writes()).toHaveLength(1);
    expect(await web(world)).toMatchObject({ Title: "Jaarrekening 2026" });
  });

  it("gets another owner in one request, and a second run changes nothing", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    const { siteId } = resource.outputs;
    world.writes();

    const bobs = { ...finance, owner: "Bob@contoso.com" };
    expect(await resource.up(bobs)).toBe("updated");
    expect(world.writes()).toEqual([
      expect.stringMatching(/^PATCH .*spo\.tenant\/sites/i) as unknown,
    ]);
    expect(resource.outputs.siteId).toBe(siteId);

    expect(await resource.refresh()).toEqual({ ...finance, owner: "bob@contoso.com", lcid: 1033 });
    expect(await resource.up(bobs)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("keeps its former owner as an administrator", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await resource.up({ ...finance, owner: "bob@contoso.com" });
    expect(await administrators(world, resource)).toEqual(["anna@contoso.com", "bob@contoso.com"]);
  });

  it("shows another owner as drift, and puts the declared one back", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await setOwner(world, resource, "i:0#.f|membership|bob@contoso.com");

    expect(await resource.refresh()).toMatchObject({ owner: "bob@contoso.com" });
    expect(await resource.up(finance)).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ owner: "anna@contoso.com" });
  });

  it("can be taken over from a group, and given back to it", async () => {
    const world = await worldWithOwner();
    const group = `c:0t.c|tenant|${await makeGroup(world, "bookkeepers")}`;
    await settle(world);
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await setOwner(world, resource, group);

    const found = await resource.refresh();
    expect(found).toMatchObject({ owner: group });
    expect(await resource.up(finance)).toBe("updated");
    expect(await resource.up(found ?? {})).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ owner: group });
  });

  it("keeps its owner when SharePoint does not know the new one", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await expect(resource.up({ ...finance, owner: "ghost@contoso.com" })).rejects.toMatchObject({
      code: "unknown-owner",
    });
    expect(await resource.refresh()).toMatchObject({ owner: "anna@contoso.com" });
  });

  it("shows another title as drift, and puts it back", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await world.service
      .sharePoint("contoso.sharepoint.com")
      .merge("/sites/finance/_api/web", { Title: "Oeps" });

    expect(await resource.refresh()).toMatchObject({ title: "Oeps" });
    expect(await resource.up(finance)).toBe("updated");
    expect(await web(world)).toMatchObject({ Title: "Jaarrekening" });
  });

  it("is replaced by a site with another address", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    const url = "https://contoso.sharepoint.com/sites/books";
    expect(await resource.up({ ...finance, url })).toBe("replaced");
    expect(resource.id).toBe(url);
    expect(await resource.refresh()).toMatchObject({ url });
  });

  it("stays in the state when the wait for it ends too early, and the next run finishes it", async () => {
    const world = await worldWithOwner({ behaviour: { siteProvisioningDelayMs: 20 * 60_000 } });
    const resource = new ManagedResource(world, site);

    await expect(resource.up(finance)).rejects.toMatchObject({ code: "deadline-exceeded" });
    expect(resource.state).toMatchObject({ id: FINANCE_URL, isUnfinished: true });
    world.writes();

    expect(await resource.up({ ...finance, title: "Jaarrekening 2026" })).toBe("updated");
    expect(world.writes()).toHaveLength(1);
    expect(await web(world)).toMatchObject({ Title: "Jaarrekening 2026" });
  });

  it("is not made twice, nor refused as taken, when the answer to its creation is lost", async () => {
    const world = await worldWithOwner({
      behaviour: { lostAnswerShare: 0.5, serverErrorShare: 0.1 },
      // Half of the answers: five in a row are lost now and then, and more than the usual time goes by.
      deadlineMs: 60 * 60 * 1000,
    });
    const urls = ["a", "b", "c", "d"].map((name) => `https://contoso.sharepoint.com/sites/${name}`);
    const made = urls.map((url) => new ManagedResource(world, site).up({ ...finance, url }));
    expect(await Promise.all(made)).toEqual(["created", "created", "created", "created"]);
  });

  it("is gone from the state after somebody deleted it outside, and its address is refused until it is purged", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    const { siteId } = resource.outputs;
    await world.service
      .sharePoint("contoso.sharepoint.com")
      .post("/_api/SPSiteManager/delete", { siteId });

    expect(await resource.refresh()).toBeUndefined();
    await expect(resource.up(finance)).rejects.toMatchObject({
      code: "site-url-taken",
      hint: expect.stringContaining("93 days") as unknown,
    });
    expect(resource.state).toBeUndefined();
  });

  it("goes to the bin when it is removed, and removing it twice is fine", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);

    await resource.down();
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });

  it("refuses an address where a site is already", async () => {
    const world = await worldWithOwner();
    await new ManagedResource(world, site).up(finance);
    world.writes();
    const second = new ManagedResource(world, site).up({ ...finance, title: "Other" });
    await expect(second).rejects.toMatchObject({ code: "site-url-taken" });
    expect(world.writes()).toEqual([]);
  });

  it("refuses an owner whom SharePoint does not know", async () => {
    const world = await worldWithOwner();
    const making = new ManagedResource(world, site).up({ ...finance, owner: "ghost@contoso.com" });
    await expect(making).rejects.toMatchObject({ code: "site-creation-failed" });
  });

  it("refuses another template for a site that exists", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await expect(resource.up({ ...finance, template: "communication" })).rejects.toMatchObject({
      failures: [
        {
          property: "template",
          reason: expect.stringContaining("this one is a team site") as unknown,
        },
      ],
    });
  });

  it("refuses another language for a site that exists", async () => {
    const world = await worldWithOwner();
    const resource = new ManagedResource(world, site);
    await resource.up(finance);
    await expect(resource.up({ ...finance, lcid: 1043 })).rejects.toMatchObject({
      failures: [
        { property: "lcid", reason: expect.stringContaining("this one is English") as unknown },
      ],
    });
  });

  it.each([
    ["http://contoso.sharepoint.com/sites/x"],
    ["https://contoso.sharepoint.com/"],
    ["https://example.com/sites/x"],
    ["/sites/x"],
  ])("refuses the address %s", async (url) => {
    const world = await worldWithOwner();
    await expect(new ManagedResource(world, site).up({ ...finance, url })).rejects.toMatchObject({
      failures: [expect.objectContaining({ property: "url" })],
    });
  });

  it("says that SharePoint wants a certificate when there is only a secret", async () => {
    const world = await startWorld();
    const making = new ManagedResource(world, site).up(finance);
    await expect(making).rejects.toMatchObject({
      hint: expect.stringContaining("certificate") as unknown,
    });
  });

  it("can be imported by its address", async () => {
    const world = await worldWithOwner();
    await new ManagedResource(world, site).up(finance);
    expect(await new ManagedResource(world, site).read(FINANCE_URL)).toMatchObject({
      ...finance,
      lcid: 1033,
    });
  });

  it("says in both languages what happens to the files", () => {
    const told = site.describe({
      operation: "delete",
      before: finance,
      after: undefined,
      changedPaths: [],
    });
    expect(told).toEqual({
      section: "sites",
      severity: "destructive",
      affected: ["Jaarrekening"],
      nl: `De site Jaarrekening (${FINANCE_URL}) wordt verwijderd met alle bestanden; 93 dagen terug te halen`,
      en: `The site Jaarrekening (${FINANCE_URL}) is removed with all its files; it can be restored for 93 days`,
    });
  });

  it.each([
    ["anna@contoso.com", "anna@contoso.com", "anna@contoso.com"],
    ["c:0o.c|federateddirectoryclaimprovider|7d1c_o", "een groep", "a group"],
  ])("says in both languages who owns it after %s", (owner, dutch, english) => {
    const told = site.describe({
      operation: "update",
      before: { ...finance, owner },
      after: { ...finance, title: "Boeken", owner: "bob@contoso.com" },
      changedPaths: ["title", "owner"],
    });
    expect(told).toEqual({
      section: "sites",
      severity: "sensitive",
      affected: ["Boeken"],
      nl: `De site Jaarrekening: heet voortaan Boeken; bob@contoso.com wordt eigenaar; de vorige eigenaar, ${dutch}, blijft beheerder van de site`,
      en: `The site Jaarrekening: is called Boeken from now on; bob@contoso.com becomes the owner; the previous owner, ${english}, remains an administrator of the site`,
    });
  });
});
