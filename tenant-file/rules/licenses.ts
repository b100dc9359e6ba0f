import { findSku } from "../../core/sku-catalogue.ts";
import type { Finding } from "../diagnostic.ts";
import type { Lenient } from "../reading/lenient.ts";
import { list, quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf, type Rule } from "./facts.ts";

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
        allowed:
          bought.length === 0
            ? "none, subscriptions is empty"
            : list(bought.filter((sku) => sku !== undefined)),
      })),
  );
};

/** Only parts of what the entry has can be switched off. */
export const disabledPlansArePartsOfLicenses: Rule = ({ tenant: { users, groups } }) => {
  const holders = [...itemsOf(users, ["users"]), ...itemsOf(groups, ["groups"])];
  return holders.flatMap(({ path, value: { licenses, disabledPlans } }) => {
    const parts = (licenses ?? []).map((sku) => (sku && findSku(sku)?.plans) ?? []).flat();
    return itemsOf(disabledPlans, [...path, "disabledPlans"])
      .filter((plan) => !parts.includes(plan.value))
      .map((plan) => ({
        path: plan.path,
        message: "None of these licences has this part",
        received: quote(plan.value),
        allowed: parts.length === 0 ? "none, there are no licences" : list(parts),
      }));
  });
};

/** No more people hold a licence, directly or as members of a group, than were bought. */
export const licensesSuffice: Rule = ({ tenant }) => {
  const holdersBySku = findHolders(tenant);
  return itemsOf(tenant.subscriptions, ["subscriptions"]).flatMap(({ path, value }) => {
    const { sku, count } = value;
    const needed = sku === undefined ? 0 : (holdersBySku.get(sku)?.size ?? 0);
    if (sku === undefined || count === undefined || needed <= count) return [];
    return [
      {
        path: [...path, "count"],
        message: `More people hold ${quote(sku)}, directly or through groups, than were bought`,
        received: String(count),
        allowed: `at least ${needed}, or fewer people with this licence`,
      },
    ];
  });
};

/** Microsoft sells no more of some products to one tenant; its page binds, and may say something else by now. */
export const seatsWithinTheProduct: Rule = ({ tenant }) =>
  itemsOf(tenant.subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { sku, count = 0 } = value;
    const { name = "", mostSeats = Infinity } = (sku && findSku(sku)) ?? {};
    if (count <= mostSeats) return [];
    return [
      {
        path: [...path, "count"],
        level: "warning",
        message: `Of ${name} a tenant has no more than ${mostSeats}, as far as we know`,
        received: String(count),
        allowed: `at most ${mostSeats}, or another product for the others`,
      },
    ];
  });

/** Who holds a licence now may be left without one at renewal: not wrong before that day, and easily forgotten. */
export const licensesSufficeAtRenewal: Rule = ({ tenant }) => {
  const holdersBySku = findHolders(tenant);
  return itemsOf(tenant.subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { sku, atRenewal } = value;
    const held = sku === undefined ? 0 : (holdersBySku.get(sku)?.size ?? 0);
    if (sku === undefined || atRenewal === undefined || held <= atRenewal) return [];
    return [
      {
        path: [...path, "atRenewal"],
        level: "warning",
        message: `More people hold ${quote(sku)} now than there will be licences after the renewal`,
        received: String(atRenewal),
        allowed: `at least ${held}, or fewer people with this licence by then`,
      },
    ];
  });
};

/** Everybody who holds a licence, directly or as a member of a group. */
export const licensedPeople = (tenant: Lenient<Tenant>): ReadonlySet<string> =>
  new Set([...findHolders(tenant).values()].flatMap((holders) => [...holders]));

/** Who holds what; each person once, however many ways the licence comes. */
export function findHolders({ users, groups }: Lenient<Tenant>): Map<string, Set<string>> {
  const holdersBySku = new Map<string, Set<string>>();
  const add = (sku: string | undefined, people: readonly (string | undefined)[]): void => {
    if (sku === undefined) return;
    const holders = holdersBySku.get(sku) ?? new Set();
    people.filter((person) => person !== undefined).forEach((person) => holders.add(person));
    holdersBySku.set(sku, holders);
  };
  for (const { value: user } of itemsOf(users, [])) {
    user.licenses?.forEach((sku) => {
      add(sku, [user.userPrincipalName]);
    });
  }
  for (const { value: group } of itemsOf(groups, [])) {
    group.licenses?.forEach((sku) => {
      add(sku, group.members ?? []);
    });
  }
  return holdersBySku;
}
