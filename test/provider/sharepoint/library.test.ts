/** Libraries with permissions of their own. */
import { describe, expect, it } from "vitest";
import { library } from "../../../provider/sharepoint/library.ts";
import { sitePermissions } from "../../../provider/sharepoint/site-permissions.ts";
import { site } from "../../../provider/sharepoint/site.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makeGroup, makePeople } from "../support/people.ts";
import { FINANCE_URL, startSharePointWorld } from "../support/sharepoint-world.ts";
import { settle } from "../support/world.ts";
import type { World, WorldOptions } from "../support/world.ts";

interface Office {
  readonly world: World;
  readonly base: { readonly siteId: string; readonly siteUrl: string; readonly siteTitle: string };
  readonly board: Record<string, unknown>;
}

/** The site Jaarrekening, and what is declared of its library Board. */
async function office(options: WorldOptions = {}): Promise<Office> {
  const world = await startSharePointWorld(options);
  await makePeople(world, ["Anna", "Bob", "Carl"]);
  const made = new ManagedResource(world, site);
  await made.up({
    ...{ url: FINANCE_URL, title: "Jaarrekening", template: "team" },
    ...{ owner: "anna@contoso.com", lcid: 1043 },
  });
  world.writes();
  const siteId = String(made.outputs.siteId);
  const base = { siteId, siteUrl: FINANCE_URL, siteTitle: "Jaarrekening" };
  return { world, base, board: { ...base, title: "Board", hasUniqueRoleAssignments: true } };
}

const sharePoint = (world: World) => world.service.sharePoint("contoso.sharepoint.com");
const BOARD = "/sites/finance/_api/web/lists/getbytitle('Board')";

interface Assignment {
  readonly Member: { readonly LoginName: string };
  readonly RoleDefinitionBindings: readonly { readonly Name: string }[];
}

/** Roles by login name; those of the site while the library has none of its own. */
async function access(world: World, list = BOARD): Promise<Record<string, string[]>> {
  const found = await sharePoint(world).all<Assignment>(
    `${list}/roleassignments?$expand=Member,RoleDefinitionBindings`,
  );
  return Object.fromEntries(
    found.map(({ Member, RoleDefinitionBindings }) => [
      Member.LoginName.replace("i:0#.f|membership|", ""),
      RoleDefinitionBindings.map(({ Name }) => Name),
    ]),
  );
}

const isClosed = async (world: World): Promise<boolean> => {
  const { HasUniqueRoleAssignments } = await sharePoint(world).get<{
    HasUniqueRoleAssignments: boolean;
  }>(`${BOARD}?$select=HasUniqueRoleAssignments`);
  return HasUniqueRoleAssignments;
};

const person = (principal: string, role: string) => ({ kind: "user", principal, role });
const BOB = "bob@contoso.com";
const CARL = "carl@contoso.com";

describe("a library with permissions of its own", () => {
  it("is made, closed to the site, and open to who is named", async () => {
    const { world, board } = await office();
    const staff = await makeGroup(world, "staff");
    await settle(world);
    const resource = new ManagedResource(world, library);
    const grants = [
      { kind: "group", principal: "staff", id: staff, role: "read" },
      person(BOB, "edit"),
    ];
    expect(await resource.up({ ...board, grants })).toBe("created");
    expect(await access(world)).toEqual({
      [`c:0t.c|tenant|${staff}`]: ["Lezen"],
      [BOB]: ["Bewerken"],
    });
    world.writes();
    expect(await resource.up({ ...board, grants })).toBe("same");
    expect(await resource.refresh()).toMatchObject({ ...board, grants });
    expect(world.writes()).toEqual([]);
  });

  it("may be there already, with its files", async () => {
    const { world, board } = await office();
    await sharePoint(world).post("/sites/finance/_api/web/lists", {
      ...{ BaseTemplate: 101, Title: "board" },
    });
    const resource = new ManagedResource(world, library);
    await resource.up({ ...board, grants: [] });
    expect(await access(world)).toEqual({});
    const lists = await sharePoint(world).all<{ Title: string }>("/sites/finance/_api/web/lists");
    expect(lists.map(({ Title }) => Title)).toEqual(["Documents", "board"]);
    expect(await resource.up({ ...board, grants: [] })).toBe("same");
  });

  it("is found when it was opened again outside, and closed again", async () => {
    const { world, board } = await office();
    const resource = new ManagedResource(world, library);
    const grants = [person(BOB, "edit")];
    await resource.up({ ...board, grants });
    await sharePoint(world).post(`${BOARD}/resetroleinheritance`, undefined);

    expect(await resource.refresh()).toMatchObject({ hasUniqueRoleAssignments: false, grants: [] });
    expect(await resource.up({ ...board, grants })).toBe("updated");
    expect(await access(world)).toEqual({ [BOB]: ["Bewerken"] });
  });

  it("changes roles, takes back what is no longer declared, and leaves others alone", async () => {
    const { world, board } = await office();
    const other = new ManagedResource(world, library);
    await other.up({ ...board, grants: [person("anna@contoso.com", "full-control")] });
    const resource = new ManagedResource(world, library);
    await resource.up({ ...board, grants: [person(BOB, "edit"), person(CARL, "read")] });
    await resource.up({ ...board, grants: [person(BOB, "read")] });
    expect(await access(world)).toEqual({
      "anna@contoso.com": ["Volledig beheer"],
      [BOB]: ["Lezen"],
    });
    await resource.refresh();
    expect(resource.outputs).toMatchObject({ otherPrincipals: 1 });
  });

  it("stays closed when a run dies behind the closing, and the next run opens it for who is named", async () => {
    const { world, board } = await office();
    const resource = new ManagedResource(world, library);
    const grants = [person(BOB, "edit"), person("ghost@contoso.com", "edit")];
    await expect(resource.up({ ...board, grants })).rejects.toMatchObject({
      code: "unknown-principal",
    });
    expect(resource.state).toMatchObject({ id: `${FINANCE_URL}#Board`, isUnfinished: true });
    expect(await isClosed(world)).toBe(true);
    expect(await resource.up({ ...board, grants: [person(BOB, "edit")] })).toBe("updated");
    expect(await access(world)).toEqual({ [BOB]: ["Bewerken"] });
  });

  it("reaches everybody through errors and lost answers", async () => {
    const { world, board } = await office({
      behaviour: { serverErrorShare: 0.2, lostAnswerShare: 0.2 },
    });
    await new ManagedResource(world, library).up({ ...board, grants: [person(BOB, "edit")] });
    expect(await access(world)).toEqual({ [BOB]: ["Bewerken"] });
  });

  it("stays, closed and with its files, when it is no longer declared", async () => {
    const { world, board } = await office();
    const resource = new ManagedResource(world, library);
    await resource.up({ ...board, grants: [person(BOB, "edit")] });
    world.writes();
    await resource.down();
    expect(world.writes()).toEqual([]);
    expect(await access(world)).toEqual({ [BOB]: ["Bewerken"] });
  });

  it("is gone with its site, or when somebody deleted it", async () => {
    const { world, base, board } = await office();
    const resource = new ManagedResource(world, library);
    await resource.up({ ...board, grants: [] });
    await sharePoint(world).post(BOARD, undefined, {
      headers: { "x-http-method": "DELETE", "if-match": "*" },
    });
    expect(await resource.refresh()).toBeUndefined();
    await resource.up({ ...board, grants: [] });
    await sharePoint(world).post("/_api/SPSiteManager/delete", { siteId: base.siteId });
    expect(await resource.refresh()).toBeUndefined();
  });

  it("keeps who is named there when they lose the site", async () => {
    const { world, base, board } = await office();
    const onSite = new ManagedResource(world, sitePermissions);
    await onSite.up({ ...base, grants: [person(BOB, "edit"), person(CARL, "read")] });
    await new ManagedResource(world, library).up({ ...board, grants: [person(BOB, "read")] });

    await onSite.up({ ...base, grants: [person(CARL, "read")] });
    expect(await access(world, "/sites/finance/_api/web")).not.toHaveProperty([BOB]);
    expect(await access(world)).toEqual({ [BOB]: ["Lezen"] });

    await onSite.down();
    expect(await access(world)).toEqual({ [BOB]: ["Lezen"] });
  });
});

const told = (operation: "create" | "update" | "delete", before?: object, after?: object) =>
  library.describe({
    operation,
    before: before && { title: "Board", siteTitle: "Jaarrekening", ...before },
    after: after && { title: "Board", siteTitle: "Jaarrekening", ...after },
    changedPaths: ["hasUniqueRoleAssignments", "grants"],
  });

describe("the sentence of a library", () => {
  const grants = [{ ...person(BOB, "edit"), displayName: "Bob" }];

  it("says that access to the site does not open it", () => {
    expect(told("create", undefined, { hasUniqueRoleAssignments: true, grants })).toEqual({
      section: "sites",
      severity: "sensitive",
      affected: ["Bob"],
      nl: "De bibliotheek Board (site Jaarrekening) krijgt eigen rechten; wie bij de site kan, kan er daardoor niet meer bij; Bob krijgt toegang tot de bibliotheek Board (site Jaarrekening) (bewerken)",
      en: "The library Board (site Jaarrekening) gets permissions of its own; access to the site no longer opens it; Bob gets access to the library Board (site Jaarrekening) (edit)",
    });
  });

  it("says that it was opened, and that it is closed again", () => {
    const [closed, open] = [true, false].map((is) => ({
      hasUniqueRoleAssignments: is,
      grants: [],
    }));
    expect(told("update", closed, open).nl).toContain(
      "staat open voor iedereen die bij de site kan",
    );
    expect(told("update", open, closed)).toMatchObject({
      severity: "destructive",
      en: expect.stringContaining("those who can only open the site lose access") as unknown,
    });
  });

  it("says that nothing of it goes", () => {
    expect(told("delete", { hasUniqueRoleAssignments: true, grants }).en).toBe(
      "The library Board (site Jaarrekening) is no longer managed here: its files and permissions stay as they are",
    );
  });
});
