import { describe, expect, it } from "vitest";
import { declaredPeople } from "../../engine/people-references.ts";
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

const urn = (name: string): string => `urn:pulumi:contoso::tenantry::type::${name}`;

describe("people that the tenant file names", () => {
  it("are the manager of a person and the owners of a group, by name where the file has it", () => {
    expect(declaredPeople(tenant, urn("bram@contoso.com"), "managerId")).toEqual([
      "Anna Bakker (anna@contoso.com)",
    ]);
    expect(declaredPeople(tenant, urn("finance"), "owners")).toEqual([
      "Bram Visser (bram@contoso.com)",
      "guest@partner.example",
    ]);
  });

  it("are nobody where the file names nobody", () => {
    expect(declaredPeople(tenant, urn("anna@contoso.com"), "managerId")).toEqual([]);
    expect(declaredPeople(tenant, urn("sales"), "owners")).toEqual([]);
    expect(declaredPeople(tenant, urn("bram@contoso.com"), "department")).toEqual([]);
  });
});
