import { describe, expect, it } from "vitest";
import { webs } from "../../../emulator/sharepoint/model.ts";
import { guest } from "../../../provider/directory/guest.ts";
import { sitePermissions } from "../../../provider/sharepoint/site-permissions.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";
import { settle } from "../support/world.ts";
import type { World, WorldOptions } from "../support/world.ts";

const LIMITED_ACCESS = 1073741825;

interface Office {
  readonly world: World;
  readonly base: { siteId: string; siteUrl: string; siteTitle: string };
}

/** The site Jaarrekening with Anna as its owner; Bob and Carl know nothing of it yet. */
async function office(options: WorldOptions = {}): Promise<Office> {
  const world = await startSharePointWorld(options);
  await makePeople(world, ["Anna", "Bob", "Carl"]);
  const made = new ManagedResource(world, site);
  await made.up({
    url: FINANCE_URL,
    title: "Jaarrekening",
    template: "team",
    owner: "anna@contoso.com",
    lcid: 1043,
  });
  world.writes();
  const siteId = String(made.outputs.siteId);
  return { world, base: { siteId, siteUrl: FINANCE_URL, siteTitle: "Jaarrekening" } };
}

/** Tess of another organisation, who may read. */
async function guestIn(world: World) {
  const account = new ManagedResource(world, guest);
  await account.up({ email: "tess@x.example", displayName: "Tess" });
  const id = String(account.outputs.objectId);
  return { account, tess: { kind: "guest", principal: "tess@x.example", id, role: "read" } };
}

interface Assignment {
  PrincipalId: number;
  Member: { LoginName: string };
  RoleDefinitionBindings: { Name: string }[];
}

/** Roles by login name, as the Dutch site calls them. */
async function access(world: World): Promise<Record<string, string[]>> {
  const found = await world.service
    .sharePoint("contoso.sharepoint.com")
    .all<Assignment>(
      "/sites/finance/_api/web/roleassignments?$expand=Member,RoleDefinitionBindings",
    );
  return Object.fromEntries(
    found.map(({ Member, RoleDefinitionBindings }) => [
      Member.LoginName,
      RoleDefinitionBindings.map(({ Name }) => Name),
    ]),
  );
}

const person = (principal: string, role: string) => ({ kind: "user", principal, role });

describe("the permissions of a site", () => {
  it("open it for people and for both kinds of group", async () => {
    const { world, base } = await office();
    const staff = await makeGroup(world, "staff");
    const team = await makeGroup(world, "team", { groupTypes: ["Unified"], mailEnabled: true });
    const resource = new ManagedResource(world, sitePermissions);

    const grants = [
      { kind: "group", principal: "staff", id: staff, role: "read" },
      { kind: "group", principal: "team", id: team, role: "edit" },
      person("Bob@contoso.com", "full-control"),
    ];
    expect(await resource.up({ ...base, grants })).toBe("created");

    expect(await access(world)).toMatchObject({
      [`c:0t.c|tenant|${staff}`]: ["Lezen"],
      [`c:0o.c|federateddirectoryclaimprovider|${team}`]: ["Bewerken"],
      "i:0#.f|membership|bob@contoso.com": ["Volledig beheer"],
    });
  });

  it("open it for guests, by the account that Microsoft made of their address", async () => {
    const { world, base } = await office();
    const { tess } = await guestIn(world);
    const resource = new ManagedResource(world, sitePermissions);
    expect(await resource.up({ ...base, grants: [tess] })).toBe("created");
    const login = Object.keys(await access(world)).find((name) => name.includes("#ext#"));
    expect(login).toMatch(/^i:0#\.f\|membership\|tess_x\.example#ext#@/);

    await settle(world);
    expect(await resource.up({ ...base, grants: [tess] })).toBe("same");
    expect((await resource.read(FINANCE_URL))?.grants).toEqual([tess]);
    expect(await resource.up({ ...base, grants: [{ ...tess, role: "edit" }] })).toBe("updated");
    expect((await access(world))[login ?? ""]).toEqual(["Bewerken"]);
    expect(await resource.up({ ...base, grants: [] })).toBe("updated");
    expect((await access(world))[login ?? ""]).toBeUndefined();
  });

  it("do without a guest whose account is gone", async () => {
    const { world, base } = await office();
    const { tess, account } = await guestIn(world);
    const resource = new ManagedResource(world, sitePermissions);
    await resource.up({ ...base, grants: [tess, person("bob@contoso.com", "read")] });
    await account.down();
    await settle(world);
    const before = world.clock.now();
    expect(await resource.up({ ...base, grants: [person("bob@contoso.com", "read")] })).not.toBe(
      "created",
    );
    expect((await access(world))["i:0#.f|membership|bob@contoso.com"]).toEqual(["Lezen"]);
    expect(world.clock.now() - before).toBeLessThan(10_000);
  });

  it("are left alone by a second run, however they are ordered and written", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [person("bob@contoso.com", "edit"), person("carl@contoso.com", "read")];
    await resource.up({ ...base, grants });
    world.writes();

    const again = [person("Carl@Contoso.com", "read"), person("bob@contoso.com", "edit")];
    expect(await resource.up({ ...base, grants: again })).toBe("same");
    expect(await resource.refresh()).toMatchObject({ ...base, grants });
    expect(await resource.up({ ...base, grants: again })).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("leave SharePoint's own groups and other people alone, and count them", async () => {
    const { world, base } = await office();
    const before = await access(world);
    const other = new ManagedResource(world, sitePermissions);
    await other.up({ ...base, grants: [person("carl@contoso.com", "edit")] });
    const resource = new ManagedResource(world, sitePermissions);

    await resource.up({ ...base, grants: [person("bob@contoso.com", "read")] });
    expect(resource.outputs).toMatchObject({ otherPrincipals: Object.keys(before).length + 1 });
    await resource.up({ ...base, grants: [] });

    expect(await access(world)).toEqual({
      ...before,
      "i:0#.f|membership|carl@contoso.com": ["Bewerken"],
    });
  });

  it("change somebody's role, and take back what is no longer declared", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    await resource.up({
      ...base,
      grants: [person("bob@contoso.com", "edit"), person("carl@contoso.com", "read")],
    });
    world.writes();

    expect(await resource.up({ ...base, grants: [person("bob@contoso.com", "read")] })).toBe(
      "updated",
    );

    expect(world.writes()).toHaveLength(3);
    const now = await access(world);
    expect(now["i:0#.f|membership|bob@contoso.com"]).toEqual(["Lezen"]);
    expect(now).not.toHaveProperty(["i:0#.f|membership|carl@contoso.com"]);
  });

  it("show a role that was changed outside as drift, and put it back", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [person("bob@contoso.com", "read")];
    await resource.up({ ...base, grants });
    const outside = new ManagedResource(world, sitePermissions);
    await outside.up({ ...base, grants: [person("bob@contoso.com", "full-control")] });

    expect(await resource.refresh()).toMatchObject({
      grants: [person("bob@contoso.com", "full-control")],
    });
    expect(await resource.up({ ...base, grants })).toBe("updated");
    expect((await access(world))["i:0#.f|membership|bob@contoso.com"]).toEqual(["Lezen"]);
  });

  it("do not count the limited access that comes with a share inside the site", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [person("bob@contoso.com", "read")];
    await resource.up({ ...base, grants });
    const { otherPrincipals } = resource.outputs;
    const carl = await world.service
      .sharePoint("contoso.sharepoint.com")
      .post<{ Id: number }>("/sites/finance/_api/web/ensureuser", {
        logonName: "i:0#.f|membership|carl@contoso.com",
      });
    // The emulator has no shares of files; what they leave behind is put straight into its state.
    world.emulator.state.write(TENANT_ID, ({ store }) => {
      const web = store.get(webs, base.siteId);
      if (web === undefined) throw new Error("No site");
      const bob = web.principals.find(({ loginName }) => loginName.endsWith("|bob@contoso.com"));
      const assignments = web.assignments.map((entry) =>
        entry.principalId === bob?.id
          ? { ...entry, roleDefinitionIds: [...entry.roleDefinitionIds, LIMITED_ACCESS] }
          : entry,
      );
      assignments.push({ principalId: carl.Id, roleDefinitionIds: [LIMITED_ACCESS] });
      store.replace(webs, { ...web, assignments });
    });

    expect(await resource.refresh()).toMatchObject({ grants });
    expect(resource.outputs).toMatchObject({ otherPrincipals });
  });

  it("are given again after somebody took them away outside", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [person("bob@contoso.com", "read")];
    await resource.up({ ...base, grants });
    const outside = new ManagedResource(world, sitePermissions, resource.state);
    await outside.down();

    expect(await resource.refresh()).toMatchObject({ grants: [] });
    expect(await resource.up({ ...base, grants })).toBe("updated");
    expect((await access(world))["i:0#.f|membership|bob@contoso.com"]).toEqual(["Lezen"]);
  });

  it("wait for a person whom SharePoint learns about only now", async () => {
    const { world, base } = await office({ behaviour: { visibilityDelayMs: 30_000 } });
    await world.service.graph.post("/users", {
      accountEnabled: true,
      displayName: "Dora",
      mailNickname: "dora",
      userPrincipalName: "dora@contoso.com",
      passwordProfile: { password: "first-Password-1" },
    });
    await new ManagedResource(world, sitePermissions).up({
      ...base,
      grants: [person("dora@contoso.com", "read")],
    });
    expect(await access(world)).toHaveProperty(["i:0#.f|membership|dora@contoso.com"]);
  });

  it("refuse a person who stays unknown, keep what was done, and go on with it in the next run", async () => {
    const { world, base } = await office();
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [person("bob@contoso.com", "read"), person("ghost@contoso.com", "read")];

    await expect(resource.up({ ...base, grants })).rejects.toMatchObject({
      code: "unknown-principal",
      message: expect.stringContaining("ghost@contoso.com") as unknown,
    });
    expect(resource.state).toMatchObject({ id: FINANCE_URL, isUnfinished: true });

    expect(await resource.up({ ...base, grants: [person("bob@contoso.com", "read")] })).toBe(
      "updated",
    );
    expect(await access(world)).toHaveProperty(["i:0#.f|membership|bob@contoso.com"]);
  });

  it("find a group by its mail nickname where no id is declared, and refuse when there are two", async () => {
    const { world, base } = await office();
    const staff = await makeGroup(world, "staff");
    await settle(world);
    const resource = new ManagedResource(world, sitePermissions);
    const grants = [{ kind: "group", principal: "staff", role: "read" }];
    await resource.up({ ...base, grants });
    expect(await access(world)).toHaveProperty([`c:0t.c|tenant|${staff}`]);

    await makeGroup(world, "staff");
    await settle(world);
    await expect(
      new ManagedResource(world, sitePermissions).up({ ...base, grants }),
    ).rejects.toMatchObject({
      code: "ambiguous-group",
    });
  });

  it("are taken back when they are removed, twice and after the site is gone too", async () => {
    const { world, base } = await office();
    const before = await access(world);
    const resource = new ManagedResource(world, sitePermissions);
    await resource.up({ ...base, grants: [person("bob@contoso.com", "read")] });

    await resource.down();
    await resource.down();
    expect(await access(world)).toEqual(before);

    await world.service
      .sharePoint("contoso.sharepoint.com")
      .post("/_api/SPSiteManager/delete", { siteId: base.siteId });
    await resource.down();
    expect(await resource.refresh()).toBeUndefined();
  });

  it("reach everybody through errors and lost answers", async () => {
    const { world, base } = await office({
      behaviour: { serverErrorShare: 0.2, lostAnswerShare: 0.2 },
    });
    const resource = new ManagedResource(world, sitePermissions);
    await resource.up({
      ...base,
      grants: [person("bob@contoso.com", "edit"), person("carl@contoso.com", "read")],
    });
    expect(await access(world)).toMatchObject({
      "i:0#.f|membership|bob@contoso.com": ["Bewerken"],
      "i:0#.f|membership|carl@contoso.com": ["Lezen"],
    });
  });

  it("can be imported by the site's address", async () => {
    const { world, base } = await office();
    const staff = await makeGroup(world, "staff");
    await settle(world);
    await new ManagedResource(world, sitePermissions).up({
      ...base,
      grants: [
        person("bob@contoso.com", "edit"),
        { kind: "group", principal: "staff", id: staff, role: "read" },
      ],
    });
    expect(await new ManagedResource(world, sitePermissions).read(FINANCE_URL)).toMatchObject({
      siteUrl: FINANCE_URL,
      grants: [
        { kind: "group", principal: "staff", id: staff, role: "read" },
        person("bob@contoso.com", "edit"),
      ],
    });
  });

  it("refuse somebody who is named twice", async () => {
    const { world, base } = await office();
    const grants = [person("bob@contoso.com", "edit"), person("Bob@contoso.com", "read")];
    await expect(
      new ManagedResource(world, sitePermissions).up({ ...base, grants }),
    ).rejects.toMatchObject({
      failures: [{ property: "grants", reason: "names something twice" }],
    });
  });

  it("say in both languages who can do what from now on", () => {
    const base = { siteId: "1", siteUrl: FINANCE_URL, siteTitle: "Jaarrekening" };
    const staff = { kind: "group", principal: "finance", displayName: "Finance", role: "edit" };
    const told = sitePermissions.describe({
      operation: "update",
      before: { ...base, grants: [person("bob@contoso.com", "read")] },
      after: { ...base, grants: [staff] },
      changedPaths: ["grants[0].principal"],
    });
    expect(told).toEqual({
      section: "sites",
      severity: "destructive",
      affected: ["Finance", "bob@contoso.com"],
      nl: "Finance krijgt toegang tot de site Jaarrekening (bewerken); bob@contoso.com verliest de toegang tot de site Jaarrekening",
      en: "Finance gets access to the site Jaarrekening (edit); bob@contoso.com loses access to the site Jaarrekening",
    });
  });

  it("say that a new site is only its owner's when nobody else is named", () => {
    const after = { siteId: "1", siteUrl: FINANCE_URL, siteTitle: "Feest", grants: [] };
    const told = sitePermissions.describe({
      operation: "create",
      before: undefined,
      after,
      changedPaths: [],
    });
    expect([told.nl, told.en]).toEqual([
      "Alleen de eigenaar heeft toegang tot de site Feest",
      "Only its owner has access to the site Feest",
    ]);
  });
});
