import { describe, expect, it } from "vitest";
import { GroupsSection } from "../../components/groups.ts";
import type { GroupDeclaration } from "../../components/groups.ts";
import { GuestsSection } from "../../components/guests.ts";
import { PeopleSection } from "../../components/people.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const finance: GroupDeclaration = { name: "finance", displayName: "Finance", type: "security" };

const declareGroups = (groups: readonly GroupDeclaration[]) =>
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
    const guests = new GuestsSection(
      context,
      { guests: [{ email: "piet@partner.example", displayName: "Piet" }], people },
      [],
    );
    new GroupsSection(context, { groups, people, guests }, []);
  });

describe("the groups of a tenant", () => {
  it("are a group and one membership each, named after the group", async () => {
    const declared = await declareGroups([{ ...finance, members: ["anna@contoso.com"] }]);
    expect(outline(declared).filter((line) => line.includes("groups"))).toEqual([
      "- > tenantry:index:Groups contoso-groups",
      "contoso-groups > azuread:index/group:Group finance",
      "contoso-groups > m365:directory:GroupMembership finance-members",
    ]);
    expect(named(declared, "finance-members").provider).toBe("m365");
  });

  it("declare owners and members only where the file manages them", async () => {
    const declared = await declareGroups([finance]);
    expect(Object.keys(named(declared, "finance").inputs).sort()).toEqual([
      "displayName",
      "mailEnabled",
      "mailNickname",
      "securityEnabled",
    ]);
    expect(outline(declared).join()).not.toContain("finance-members");
  });

  it("have a rule in place of members where the file has one", async () => {
    const rule = 'user.department -eq "Finance"';
    const declared = await declareGroups([
      { ...finance, type: "microsoft365", membershipRule: rule },
    ]);
    expect(named(declared, "finance").inputs).toMatchObject({
      types: ["DynamicMembership", "Unified"],
      dynamicMembership: { enabled: true, rule },
    });
    expect(outline(declared).join()).not.toContain("finance-members");
  });

  it("declare an empty list as one: nobody may be in it", async () => {
    const declared = await declareGroups([{ ...finance, owners: [], members: [] }]);
    expect(named(declared, "finance").inputs.owners).toEqual([]);
    expect(named(declared, "finance-members").inputs.members).toEqual([]);
  });

  it("contain others, which are filled first and named by the id that they get", async () => {
    const declared = await declareGroups([
      { ...finance, memberGroups: ["sales"] },
      { name: "sales", displayName: "Sales", type: "security", members: ["anna@contoso.com"] },
    ]);
    const { inputs, dependsOn } = named(declared, "finance-members");
    expect(inputs).not.toHaveProperty("members");
    expect(inputs.memberGroups).toEqual([
      { id: objectIdOf("sales"), groupName: "sales", displayName: "Sales" },
    ]);
    expect(dependsOn).toContain("sales-members");
  });

  it("give members to m365 only and owners to azuread only", async () => {
    const people = ["anna@contoso.com", "bert@contoso.com"];
    const declared = await declareGroups([{ ...finance, owners: people, members: people }]);
    const group = named(declared, "finance");
    expect(group.inputs.owners).toEqual(people.map(objectIdOf));
    expect(group.inputs).not.toHaveProperty("members");
    expect(named(declared, "finance-members").inputs).toEqual({
      groupId: objectIdOf("finance"),
      groupName: "finance",
      groupDisplayName: "Finance",
      members: people.map((userPrincipalName) => ({
        id: objectIdOf(userPrincipalName),
        userPrincipalName,
      })),
    });
  });

  it("are the same resources under another name", async () => {
    const declared = await declareGroups([{ ...finance, formerly: "books", members: [] }]);
    expect(named(declared, "finance").aliases).toEqual(["books"]);
    expect(named(declared, "finance-members").aliases).toEqual(["books-members"]);
  });

  it("have guests among their members, after they were invited", async () => {
    const declared = await declareGroups([{ ...finance, members: ["piet@partner.example"] }]);
    const { inputs, dependsOn } = named(declared, "finance-members");
    expect(inputs.members).toEqual([
      { id: objectIdOf("piet@partner.example"), userPrincipalName: "piet@partner.example" },
    ]);
    expect(dependsOn).toContain("piet@partner.example");
  });

  it("know by id whom the file names and does not manage", async () => {
    const declared = await declaredIn((context) => {
      const unmanaged = { users: new Map([["eva@contoso.com", "id of Eva"]]), groups: new Map() };
      const people = ["eva@contoso.com"];
      const groups = [{ ...finance, owners: people, members: people }];
      new GroupsSection(
        { ...context, unmanaged },
        { groups, people: undefined, guests: undefined },
        [],
      );
    });
    expect(named(declared, "finance").inputs.owners).toEqual(["id of Eva"]);
    expect(named(declared, "finance-members").inputs.members).toEqual([
      { id: "id of Eva", userPrincipalName: "eva@contoso.com" },
    ]);
  });

  it("lose their description when that is said, not when it is left out", async () => {
    const cleared = await declareGroups([{ ...finance, clear: ["description"] }]);
    expect(named(cleared, "finance").inputs.description).toBe("");
    expect(named(await declareGroups([finance]), "finance").inputs).not.toHaveProperty(
      "description",
    );
  });

  it("have their members after the group and the people exist", async () => {
    const declared = await declareGroups([{ ...finance, members: ["bert@contoso.com"] }]);
    expect(named(declared, "finance-members").dependsOn).toEqual(["bert@contoso.com", "finance"]);
  });

  it("tell Microsoft 365 groups from security groups", async () => {
    const declared = await declareGroups([
      finance,
      { ...finance, name: "team", type: "microsoft365" },
    ]);
    expect(named(declared, "finance").inputs).toMatchObject({ mailEnabled: false });
    expect(named(declared, "finance").inputs).not.toHaveProperty("types");
    expect(named(declared, "team").inputs).toMatchObject({
      mailEnabled: true,
      securityEnabled: true,
      types: ["Unified"],
    });
  });
});
