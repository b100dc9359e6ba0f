import { describe, expect, it } from "vitest";
import { peopleReferences } from "../../engine/people-references.ts";
import type { Tenant } from "../../tenant-file/tenant-schema.ts";

const tenant = {
  users: [
    { userPrincipalName: "anna@contoso.com", displayName: "Anna Bakker" },
    {
      userPrincipalName: "bram@contoso.com",
      displayName: "Bram Visser",
      manager: "anna@contoso.com",
    },
  ],
  groups: [{ name: "finance", owners: ["bram@contoso.com", "guest@partner.example"] }],
} as unknown as Tenant;

const people = peopleReferences(tenant);

describe("people that the tenant file names", () => {
  it("are the manager of a person and the owners of a group, by name where the file has it", () => {
    expect(people.get("azuread:index/user:User::bram@contoso.com")).toEqual({
      managerId: ["Anna Bakker (anna@contoso.com)"],
    });
    expect(people.get("azuread:index/group:Group::finance")).toEqual({
      owners: ["Bram Visser (bram@contoso.com)", "guest@partner.example"],
    });
  });

  it("are nobody where the file names nobody", () => {
    expect(people.get("azuread:index/user:User::anna@contoso.com")).toEqual({ managerId: [] });
    expect(people.get("azuread:index/group:Group::sales")).toBeUndefined();
  });
});
