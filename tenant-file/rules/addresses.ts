import { formatPath, type Finding, type Path } from "../diagnostic.ts";
import type { Lenient } from "../reading/lenient.ts";
import { quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** Something that has mail addresses, or can get them: only one thing in a tenant has an address. */
interface AddressHolder {
  path: Path;
  /** What the file says, from which the addresses follow. */
  name: string;
  addresses: readonly string[];
  /** How it could have another address. */
  allowed: string;
}

/**
 * Users, Microsoft 365 groups and whatever else receives mail share one name space, in which a former name stays
 * as an alias. Two of one section with one name are told by other rules.
 * @see https://learn.microsoft.com/graph/api/resources/group (mailNickname, checked 2026-11)
 */
export const addressesBelongToOne: Rule = ({ tenant }) => {
  const holderOf = new Map<string, AddressHolder>();
  return addressHolders(tenant).flatMap((holder): Finding[] => {
    const taken = holder.addresses
      .map((address) => ({ address, by: holderOf.get(address) }))
      .find(({ by }) => by !== undefined && by.path[0] !== holder.path[0]);
    for (const address of holder.addresses) {
      if (!holderOf.has(address)) holderOf.set(address, holder);
    }
    if (taken?.by === undefined) return [];
    return [
      {
        path: holder.path,
        message: `The address ${taken.address} belongs to ${formatPath(taken.by.path.slice(0, 2))}`,
        received: quote(holder.name),
        allowed: holder.allowed,
      },
    ];
  });
};

function addressHolders({ tenant, users, groups }: Lenient<Tenant>): AddressHolder[] {
  const domains = [tenant?.initialDomain, ...(tenant?.domains ?? [])].filter(
    (domain) => domain !== undefined,
  );
  const people = itemsOf(users, ["users"]).flatMap(({ path, value }): AddressHolder[] => {
    const { userPrincipalName: name, formerly } = value;
    if (name === undefined) return [];
    const addresses = formerly === undefined ? [name] : [name, formerly];
    const allowed = "an address that nothing else in this file has";
    return [{ path: [...path, "userPrincipalName"], name, addresses, allowed }];
  });
  return [
    ...people,
    ...itemsOf(groups, ["groups"]).flatMap(({ path, value }): AddressHolder[] => {
      const { name, formerly, type } = value;
      if (name === undefined || type !== "microsoft365") return [];
      // Which domain is the default one is the tenant's setting, and not in the file.
      const names = formerly === undefined ? [name] : [name, formerly];
      const addresses = names.flatMap((local) => domains.map((domain) => `${local}@${domain}`));
      const allowed = "a name that makes no address of a user, in any of the tenant's domains";
      return [{ path: [...path, "name"], name, addresses, allowed }];
    }),
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
        message: `The site of ${formatPath(group)} is made at this address`,
        received: quote(url),
        allowed: "another address",
      },
    ];
  });
};
