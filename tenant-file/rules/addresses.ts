import { formatPath, type Finding, type Path } from "../diagnostic.ts";
import type { Lenient } from "../reading/lenient.ts";
import { quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { namedDomains } from "./domains.ts";
import { itemsOf, type Placed, type Rule } from "./facts.ts";
import { aliasesOf } from "./mail.ts";

/**
 * Users, groups with mail and whatever else receives mail share one name space, in which a former name stays
 * as an alias. Two users, or two groups, with one name are told by other rules.
 * @see https://learn.microsoft.com/graph/api/resources/group (mailNickname, checked 2026-11)
 */
export const addressesBelongToOne: Rule = ({ tenant: file }) => {
  const people = addressesOfPeople(file);
  const holders = new Map(people.map(({ path, value }) => [value, path] as const).reverse());
  const domains = namedDomains(file);
  return itemsOf(file.groups, ["groups"]).flatMap(({ path, value }): Finding[] => {
    const { name, formerly, type } = value;
    if (name === undefined || type === undefined || type === "security") return [];
    // Which domain is the default one is the tenant's setting, and not in the file.
    const addresses = [name, formerly].flatMap((local) =>
      local === undefined ? [] : domains.map((domain) => `${local}@${domain}`),
    );
    const taken = addresses.find((address) => holders.has(address));
    if (taken === undefined) return [];
    return [
      {
        path: [...path, "name"],
        message: `The address ${taken} belongs to ${formatPath(holders.get(taken) ?? [])}`,
        received: quote(name),
        allowed: "a name that clashes with no user's address in any of the tenant's domains",
      },
    ];
  });
};

/** A shared mailbox's address or an alias is nobody else's name, in any domain that a group may have its address in, and nobody else's alias. */
export const aliasesBelongToOne: Rule = ({ tenant: file }) => {
  const domains = [file.tenant?.initialDomain, ...(file.tenant?.domains ?? [])];
  const holders = new Map<string, Path>();
  const hold = (address: string, owner: Path): void => {
    if (!holders.has(address)) holders.set(address, owner);
  };
  for (const { path, value } of addressesOfPeople(file)) hold(value, path);
  for (const { path, value } of itemsOf(file.groups, ["groups"])) {
    if (value.type === "security") continue;
    for (const domain of domains) hold(`${value.name ?? ""}@${domain ?? ""}`, path);
  }
  const shared = itemsOf(file.mailboxes, ["mailboxes"]);
  const primary = new Map([
    ...itemsOf(file.users, ["users"]).map(
      ({ path, value }) => [formatPath(path), value.userPrincipalName] as const,
    ),
    ...shared.map(({ path, value }) => [formatPath(path), value.address] as const),
  ]);
  const given = [
    ...shared.flatMap(({ path, value: { address } }) =>
      address === undefined
        ? []
        : [{ owner: path, alias: { path: [...path, "address"], value: address }, isName: true }],
    ),
    ...aliasesOf(file).map((one) => ({ ...one, isName: false })),
  ];
  return given.flatMap(({ owner, alias: { path, value }, isName }): Finding[] => {
    const holder = holders.get(value);
    hold(value, owner);
    const isPrimary = !isName && primary.get(formatPath(owner)) === value;
    if (!isPrimary && (holder === undefined || formatPath(holder) === formatPath(owner))) return [];
    return [
      {
        path,
        message: isPrimary
          ? "This is the primary address already"
          : `The address ${value} belongs to ${formatPath(holder ?? [])}`,
        received: quote(value),
        allowed: "an address that nobody in this file has",
      },
    ];
  });
};

/** Every address of a person that the file knows of, managed or not. */
function addressesOfPeople({ tenant, users, unmanaged }: Lenient<Tenant>): Placed<string>[] {
  const named = (name: string | undefined, path: Placed<string>["path"]): Placed<string>[] =>
    name === undefined ? [] : [{ path, value: name }];
  return [
    ...itemsOf(users, ["users"]).flatMap(({ path, value }) => [
      ...named(value.userPrincipalName, path),
      ...named(value.formerly, path),
    ]),
    ...itemsOf(unmanaged?.users, ["unmanaged", "users"]).flatMap(({ path, value }) =>
      named(value.userPrincipalName, path),
    ),
    ...itemsOf(tenant?.emergencyAccounts, ["tenant", "emergencyAccounts"]),
    ...itemsOf(tenant?.globalAdministrators, ["tenant", "globalAdministrators"]),
  ];
}

/**
 * With a Microsoft 365 group comes a site that has the group's name: under /sites, or under /teams where the
 * tenant's settings say so.
 */
export const sitesLeaveGroupsTheirs: Rule = ({ tenant: { groups, sites } }) => {
  const groupOf = new Map(
    itemsOf(groups, ["groups"])
      .filter(({ value }) => value.type === "microsoft365")
      .map(({ path, value }) => [value.name, path]),
  );
  return itemsOf(sites, ["sites"]).flatMap(({ path, value: { url } }): Finding[] => {
    const group = groupOf.get(url?.replace(/^\/(sites|teams)\//, ""));
    if (url === undefined || group === undefined) return [];
    return [
      {
        path: [...path, "url"],
        level: url.startsWith("/sites/") ? "error" : "warning",
        message: `The site of ${formatPath(group)} is created at this address`,
        received: quote(url),
        allowed: "another address",
      },
    ];
  });
};
