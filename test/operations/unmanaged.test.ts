import { expect, it } from "vitest";
import type { Directory, DirectoryObject } from "../../engine/index.ts";
import { unmanagedIn } from "../../operations/unmanaged.ts";
import type { Tenant } from "../../tenant-file/index.ts";

const TENANT = {
  id: "tenant",
  displayName: "Contoso",
  initialDomain: "contoso.onmicrosoft.com",
  domains: [],
  language: "nl",
  country: "NL",
} satisfies Tenant["tenant"];

const account = (name: string): DirectoryObject => ({
  id: `id-${name}`,
  resourceId: `/users/id-${name}`,
  key: `${name}@contoso.com`,
  name,
  address: `${name}@contoso.com`,
});
const group = (name: string): DirectoryObject => ({
  id: `id-${name}`,
  resourceId: `/groups/id-${name}`,
  key: name,
  name,
  address: undefined,
});

const directory: Directory = {
  people: [account("zoe"), account("Eva"), account("anna")],
  guests: [account("guest")],
  groups: [group("sales")],
};

type Managed = Parameters<typeof unmanagedIn>[1];
const found = (
  managed: Partial<Omit<Managed, "tenant">>,
  file: Partial<Omit<Managed["tenant"], "tenant">>,
  accounts: Partial<Managed["tenant"]["tenant"]> = {},
) => {
  const tenant: Tenant["tenant"] = { ...TENANT, ...accounts };
  const all = { ids: [], begun: [], ...managed, tenant: { tenant, ...file } };
  return unmanagedIn(directory, all).map(({ kind, count, objects }) => [
    kind,
    objects?.map(({ name }) => name) ?? count,
  ]);
};

it("is what the state does not have, by name, guests apart", () => {
  const ids = ["/users/id-anna"];
  expect(found({ ids }, { users: [], guests: [], groups: [] })).toEqual([
    ["people", ["Eva", "zoe"]],
    ["guests", ["guest"]],
    ["groups", ["sales"]],
  ]);
});

it("is not what the tenant file names, as unmanaged or as an account of the tenant", () => {
  const named = {
    users: [],
    guests: [],
    groups: [],
    unmanaged: {
      users: [{ userPrincipalName: "zoe@contoso.com", id: "id-zoe" }],
      groups: [{ name: "sales", id: "id-sales" }],
    },
  };
  expect(found({}, named, { emergencyAccounts: ["anna@contoso.com"] })).toEqual([
    ["people", ["Eva"]],
    ["guests", ["guest"]],
  ]);
  expect(found({}, named, { globalAdministrators: ["eva@contoso.com"] })).toEqual([
    ["people", ["anna"]],
    ["guests", ["guest"]],
  ]);
});

it("is not what an apply is making, or has left behind", () => {
  const begun = ["anna@contoso.com", "eva@contoso.com", "zoe@contoso.com", "sales"];
  expect(found({ begun }, { users: [], guests: [], groups: [] })).toEqual([["guests", ["guest"]]]);
});

it("is only counted where the tenant file leaves the section out", () => {
  expect(found({}, { groups: [] })).toEqual([
    ["people", 3],
    ["guests", 1],
    ["groups", ["sales"]],
  ]);
});

it("is none of the accounts that the backup vendor works with", () => {
  const backup: NonNullable<Tenant["backup"]> = {
    ...{ vendor: "veeam", operator: "Kluis", location: { name: "Noord", country: "NL" } },
    ...{ covers: { mailboxes: "all", sites: "all" }, retention: { years: 7 } },
    helperAccounts: [{ userPrincipalName: "zoe@contoso.com", id: "id-zoe" }],
  };
  expect(found({}, { users: [], backup })[0]).toEqual(["people", ["anna", "Eva"]]);
});
