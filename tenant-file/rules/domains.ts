import type { Lenient } from "../reading/lenient.ts";
import { list, quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf, suggestSparingly, type Placed, type Rule } from "./facts.ts";

/** Those that the tenant has, those that are managed and Microsoft's own, as far as they could be understood. */
export const namedDomains = ({
  tenant,
  domains: managed = [],
}: Lenient<Tenant>): (string | undefined)[] => [
  tenant?.initialDomain,
  ...(tenant?.domains ?? [undefined]),
  ...managed.map((domain) => domain?.name),
];

/** Undefined where they could not be understood. */
export function ownDomains(file: Lenient<Tenant>): ReadonlySet<string> | undefined {
  const [initial, ...names] = namedDomains(file);
  if (initial === undefined || names.includes(undefined)) return undefined;
  return new Set([...names.filter((name) => name !== undefined), initial]);
}

/** Nobody is invited, or a contact, under a domain of the tenant: its people have accounts. */
export const guestsAreFromElsewhere: Rule = ({ tenant: file }) => {
  const own = ownDomains(file);
  return [
    ...itemsOf(file.guests, ["guests"]),
    ...itemsOf(file.mailContacts, ["mailContacts"]),
  ].flatMap(({ path, value: { email = "" } }) => {
    if (own?.has(email.slice(email.indexOf("@") + 1)) !== true) return [];
    return [
      {
        path: [...path, "email"],
        message: "This is an address of this tenant itself",
        received: quote(email),
        allowed: `an address outside ${list(own)}; people of the tenant are users`,
      },
    ];
  });
};

/** A user signs in under a domain of the tenant. @see https://learn.microsoft.com/graph/api/user-post-users (2026-11) */
export const usersAreInTheTenantsDomains: Rule = ({ tenant: file }) => {
  const own = ownDomains(file);
  if (own === undefined) return [];
  const suggest = suggestSparingly();
  const people = [
    ...itemsOf(file.tenant?.emergencyAccounts, ["tenant", "emergencyAccounts"]),
    ...itemsOf(file.tenant?.globalAdministrators, ["tenant", "globalAdministrators"]),
    ...itemsOf(file.users, ["users"]).flatMap(({ path, value: { userPrincipalName: value } }) =>
      value === undefined ? [] : [{ path: [...path, "userPrincipalName"], value }],
    ),
  ];
  return people.flatMap(({ path, value }) => {
    const [local = "", domain = ""] = value.split("@");
    if (own.has(domain)) return [];
    const suggestion = suggest(domain, own);
    return [
      {
        path,
        message: `The domain ${quote(domain)} does not belong to this tenant`,
        allowed: list(own),
        ...(suggestion === undefined ? {} : { suggestion: `${local}@${suggestion}` }),
      },
    ];
  });
};

/** Of Microsoft's own domains a tenant has one that never changes, and some that nobody may touch. */
export const initialDomainIsNamedOnce: Rule = ({ tenant: file }) =>
  [...itemsOf(file.tenant?.domains, ["tenant", "domains"]), ...managedDomains(file)]
    .filter(({ value }) => value.endsWith(".onmicrosoft.com"))
    .map(({ path, value }) => ({
      path,
      message: "Microsoft's own domains do not belong in this list",
      received: quote(value),
      allowed: "the customer's own domains; initialDomain holds the other one",
    }));

export const managedDomains = ({ domains }: Lenient<Tenant>): Placed<string>[] =>
  itemsOf(domains, ["domains"]).flatMap(({ path, value: { name } }) =>
    name === undefined ? [] : [{ path: [...path, "name"], value: name }],
  );

export const oneDomainIsTheDefault: Rule = ({ tenant: file }) =>
  itemsOf(file.domains, ["domains"])
    .filter(({ value }) => value.isDefault === true)
    .slice(1)
    .map(({ path }) => ({
      path: [...path, "isDefault"],
      message: "Another domain in this list is the default domain already",
      allowed: "isDefault on one domain",
    }));
