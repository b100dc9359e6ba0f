/** The numbers of a tenant from what was read of it. */
import type { Inventory } from "../../provider/index.ts";
import { productName } from "../../core/sku-catalogue.ts";
import type { TenantOverview } from "../../core/tenant-overview.ts";

/** Free products come in numbers like 10,000 or 1,000,000, which nobody bought. Not documented; seen in reports of tenants. */
const GIVEN_FROM = 10_000;

export const isGiven = ({ bought }: { readonly bought: number }): boolean => bought >= GIVEN_FROM;

export function overviewOf({
  people,
  guests,
  groups,
  sites,
  tenant: { domains },
  products,
}: Inventory): TenantOverview {
  return {
    people: people.length,
    blocked: people.filter(({ inputs }) => inputs.accountEnabled === false).length,
    guests: guests.length,
    groups: groups.length,
    sites: sites?.filter(({ kind }) => kind !== "personal").length,
    domains,
    products: products
      .map(({ sku, bought, used }) => ({
        ...{ name: productName(sku), used },
        bought: isGiven({ bought }) ? undefined : bought,
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}
