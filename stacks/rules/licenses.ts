import type { Finding } from "../problem.ts";
import type { Lenient } from "../reading/lenient.ts";
import { quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf, type Placed, type Rule } from "./facts.ts";

/** Licences are given only of products that were bought. */
export const licensesWereBought: Rule = ({ tenant: { subscriptions, users, groups } }) => {
  const bought = subscriptions?.map((subscription) => subscription?.sku);
  if (bought === undefined || bought.includes(undefined)) return [];
  const holders = [...itemsOf(users, ["users"]), ...itemsOf(groups, ["groups"])];
  return holders.flatMap(({ path, value }) =>
    itemsOf(value.licenses, [...path, "licenses"])
      .filter((license) => !bought.includes(license.value))
      .map((license) => ({
        path: license.path,
        message: "This licence was not bought",
        received: quote(license.value),
        allowed: bought.length === 0 ? "none, subscriptions is empty" : bought.join(", "),
      })),
  );
};

/** No more people hold a licence, directly or as members of a group, than were bought. */
export const licensesSuffice: Rule = ({ tenant }) =>
  itemsOf(tenant.subscriptions, ["subscriptions"]).flatMap((subscription) => {
    const { sku, count } = subscription.value;
    if (sku === undefined || count === undefined) return [];
    return tooMany({ ...subscription, value: { sku, count } }, holdersOf(sku, tenant));
  });

/** Each person once, however many ways the licence comes. */
function holdersOf(sku: string, { users, groups }: Lenient<Tenant>): string[] {
  const direct = itemsOf(users, [])
    .filter(({ value }) => value.licenses?.some((license) => license === sku))
    .map(({ value }) => value.userPrincipalName);
  const throughGroups = itemsOf(groups, [])
    .filter(({ value }) => value.licenses?.some((license) => license === sku))
    .flatMap(({ value }) => value.members ?? []);
  const names = [...direct, ...throughGroups].filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

function tooMany(
  { path, value: { sku, count } }: Placed<{ sku: string; count: number }>,
  holders: string[],
): Finding[] {
  if (holders.length <= count) return [];
  return [
    {
      path: [...path, "count"],
      message: `${holders.length} people hold ${quote(sku)}, directly or through groups, more than were bought`,
      received: String(count),
      allowed: `at least ${holders.length}, or fewer people with this licence`,
    },
  ];
}
