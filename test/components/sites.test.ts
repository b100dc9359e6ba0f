import { describe, expect, it } from "vitest";
import type pulumi from "@pulumi/pulumi";
import { GroupsSection } from "../../components/groups.ts";
import { GuestsSection } from "../../components/guests.ts";
import { PeopleSection } from "../../components/people.ts";
import { SitesSection } from "../../components/sites.ts";
import type { SiteDeclaration } from "../../components/sites.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const finance: SiteDeclaration = {
  path: "/sites/finance",
  url: "https://contoso.sharepoint.com/sites/finance",
  title: "Finance",
  owner: "anna@contoso.com",
};

/** Bert's licence is stood in for by another resource: any will do to wait for. */
const declareSites = (sites: readonly SiteDeclaration[]) =>
  declaredIn((context) => {
    const people = new PeopleSection(
      context,
      {
        people: ["anna@contoso.com", "bert@contoso.com"].map((userPrincipalName) => ({
          userPrincipalName,
          displayName: userPrincipalName,
        })),
        initialPassword: (name) => `first password of ${name}`,
      },
      [],
    );
    const staff = { name: "staff", displayName: "Staff", type: "security", members: [] } as const;
    const tess = { email: "tess@softwarehuis.example", displayName: "Tess" };
    const guests = new GuestsSection(context, { guests: [tess], people }, []);
    const groups = new GroupsSection(context, { groups: [staff], people, guests }, []);
    const licence = groups.groups.get("staff")?.group;
    const licenses = new Map<string, pulumi.Resource>(
      licence === undefined ? [] : [["bert@contoso.com", licence]],
    );
    new SitesSection(
      context,
      { sites, language: "nl", people, guests, groups: groups.groups, licenses },
      [],
    );
  });

describe("the sites of a tenant", () => {
  it("are a site and one permissions resource each, named after the path", async () => {
    const declared = await declareSites([{ ...finance, permissions: [] }]);
    expect(outline(declared).filter((line) => line.includes("sites"))).toEqual([
      "- > tenantry:index:Sites contoso-sites",
      "contoso-sites > m365:sharepoint:Site /sites/finance",
      "contoso-sites > m365:sharepoint:SitePermissions /sites/finance-permissions",
    ]);
    expect(named(declared, "/sites/finance").inputs).toEqual({
      url: finance.url,
      title: "Finance",
      owner: "anna@contoso.com",
      template: "team",
      lcid: 1043,
    });
  });

  it("have the template, language, storage and sharing that the file says", async () => {
    const declared = await declareSites([
      {
        ...finance,
        ...{ template: "communication", language: "fr", storageQuota: 5120 },
        sharingCapability: "Disabled",
      },
    ]);
    expect(named(declared, "/sites/finance").inputs).toEqual({
      ...{ url: finance.url, title: "Finance", owner: "anna@contoso.com" },
      ...{ template: "communication", lcid: 1036, storageQuota: 5120 },
      sharingCapability: "Disabled",
    });
  });

  it("wait for their owner", async () => {
    const declared = await declareSites([finance]);
    expect(named(declared, "/sites/finance").dependsOn).toEqual(["anna@contoso.com"]);
  });

  it("leave permissions alone that the file does not mention", async () => {
    expect(outline(await declareSites([finance])).join()).not.toContain("-permissions");
  });

  it("take a guest by mail address, after the invitation", async () => {
    const permissions = [{ user: "tess@softwarehuis.example", role: "read" }] as const;
    const declared = await declareSites([{ ...finance, permissions }]);
    const { inputs, dependsOn } = named(declared, "/sites/finance-permissions");
    expect(inputs.grants).toMatchObject([
      { kind: "guest", principal: "tess@softwarehuis.example", role: "read" },
    ]);
    expect(dependsOn).toContain("tess@softwarehuis.example");
  });

  it("take an empty list of permissions as: nobody else", async () => {
    const declared = await declareSites([{ ...finance, permissions: [] }]);
    expect(named(declared, "/sites/finance-permissions").inputs.grants).toEqual([]);
  });

  it("have libraries with permissions of their own, after those of the site", async () => {
    const declared = await declareSites([
      {
        ...finance,
        permissions: [{ group: "staff", role: "edit" }],
        libraries: [{ name: "Board", permissions: [{ user: "bert@contoso.com", role: "read" }] }],
      },
    ]);
    const board = named(declared, "/sites/finance/Board");
    expect(board.inputs).toMatchObject({
      ...{ siteUrl: finance.url, title: "Board", hasUniqueRoleAssignments: true },
      grants: [{ kind: "user", principal: "bert@contoso.com", role: "read" }],
    });
    expect(board.dependsOn).toEqual([
      "/sites/finance",
      "/sites/finance-permissions",
      "bert@contoso.com",
      "staff",
    ]);
  });

  it("give access to groups and people by id, once both are there", async () => {
    const declared = await declareSites([
      {
        ...finance,
        permissions: [
          { group: "staff", role: "edit" },
          { user: "bert@contoso.com", role: "read" },
        ],
      },
    ]);
    const permissions = named(declared, "/sites/finance-permissions");
    expect(permissions.inputs).toEqual({
      siteId: "site of /sites/finance",
      siteUrl: finance.url,
      siteTitle: "Finance",
      grants: [
        {
          kind: "group",
          principal: "staff",
          role: "edit",
          id: objectIdOf("staff"),
          displayName: "Staff",
        },
        {
          kind: "user",
          principal: "bert@contoso.com",
          role: "read",
          id: objectIdOf("bert@contoso.com"),
        },
      ],
    });
    expect(permissions.dependsOn).toEqual([
      "/sites/finance",
      "bert@contoso.com",
      "staff",
      "staff-members",
    ]);
  });
});
