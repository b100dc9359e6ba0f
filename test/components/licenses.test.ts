import { describe, expect, it } from "vitest";
import { GroupsSection } from "../../components/groups.ts";
import { LicensesSection } from "../../components/licenses.ts";
import type { LicensesArgs } from "../../components/licenses.ts";
import { PeopleSection } from "../../components/people.ts";
import { declaredIn, named, objectIdOf, outline } from "./support/declared.ts";

const anna = { name: "anna@contoso.com", displayName: "Anna" };
const staff = { name: "staff", displayName: "Staff" };

const declareLicenses = (
  args: Pick<LicensesArgs, "subscriptions" | "licensedPeople" | "licensedGroups">,
) =>
  declaredIn((context) => {
    const people = new PeopleSection(
      context,
      {
        people: [{ userPrincipalName: anna.name, displayName: anna.displayName }],
        initialPassword: (name) => `first password of ${name}`,
      },
      [],
    );
    const groups = new GroupsSection(
      context,
      { groups: [{ ...staff, type: "security", members: [anna.name] }], people, guests: undefined },
      [],
    );
    new LicensesSection(context, { ...args, people, groups }, []);
  });

const bought = { sku: "SPB", term: "monthly", count: 2 } as const;

describe("the licences of a tenant", () => {
  it("are the same resources when their holder is renamed", async () => {
    const declared = await declareLicenses({
      subscriptions: [],
      licensedPeople: [{ ...anna, formerly: "old@contoso.com", licenses: [] }],
      licensedGroups: [{ ...staff, formerly: "crew", licenses: [] }],
    });
    expect(named(declared, "anna@contoso.com-licenses").aliases).toEqual([
      "old@contoso.com-licenses",
    ]);
    expect(named(declared, "staff-licenses").aliases).toEqual(["crew-licenses"]);
  });

  it("come without what is switched off, in each product that has it", async () => {
    const declared = await declareLicenses({
      subscriptions: [],
      licensedPeople: [
        { ...anna, licenses: ["SPB", "EXCHANGESTANDARD"], disabledPlans: ["YAMMER_ENTERPRISE"] },
      ],
      licensedGroups: [],
    });
    expect(named(declared, "anna@contoso.com-licenses").inputs).toMatchObject({
      licenses: [
        { sku: "SPB", disabledPlans: ["YAMMER_ENTERPRISE"] },
        { sku: "EXCHANGESTANDARD", disabledPlans: [] },
      ],
    });
  });

  it("are bought, and given to people and groups by one resource each", async () => {
    const declared = await declareLicenses({
      subscriptions: [bought],
      licensedPeople: [{ ...anna, licenses: ["SPB"] }],
      licensedGroups: [{ ...staff, licenses: ["SPB"] }],
    });
    expect(outline(declared).filter((line) => line.includes("licens"))).toEqual([
      "- > tenantry:index:Licenses contoso-licenses",
      "contoso-licenses > m365:licensing:GroupLicense staff-licenses",
      "contoso-licenses > m365:licensing:Subscription SPB",
      "contoso-licenses > m365:licensing:UserLicense anna@contoso.com-licenses",
    ]);
    expect(named(declared, "anna@contoso.com-licenses").inputs).toEqual({
      userId: objectIdOf(anna.name),
      userPrincipalName: anna.name,
      displayName: "Anna",
      licenses: [{ sku: "SPB", disabledPlans: [] }],
    });
    expect(named(declared, "staff-licenses").inputs).toEqual({
      groupId: objectIdOf("staff"),
      groupName: "staff",
      groupDisplayName: "Staff",
      licenses: [{ sku: "SPB", disabledPlans: [] }],
    });
  });

  it("are given only after they were bought, to a group only with its members, and to them after the group", async () => {
    const declared = await declareLicenses({
      subscriptions: [bought],
      licensedPeople: [{ ...anna, licenses: ["SPB"] }],
      licensedGroups: [{ ...staff, licenses: ["SPB"] }],
    });
    expect(named(declared, "anna@contoso.com-licenses").dependsOn).toEqual([
      "SPB",
      anna.name,
      "staff",
      "staff-licenses",
      "staff-members",
    ]);
    expect(named(declared, "staff-licenses").dependsOn).toEqual(["SPB", "staff", "staff-members"]);
  });

  it("say none where the list is empty, and nothing of somebody who is not managed", async () => {
    const declared = await declareLicenses({
      subscriptions: [],
      licensedPeople: [{ ...anna, licenses: [] }],
      licensedGroups: [],
    });
    expect(named(declared, "anna@contoso.com-licenses").inputs.licenses).toEqual([]);
    expect(outline(declared).join()).not.toContain("staff-licenses");
  });
});
