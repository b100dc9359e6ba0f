/** What a tenant has, in numbers that its owner knows. */
import type { Inventory } from "../../provider/index.ts";
import { productName } from "../../core/sku-catalogue.ts";

export interface TenantOverview {
  /** Accounts of the tenant itself, blocked ones too. */
  readonly people: number;
  /** Of these, who cannot sign in. */
  readonly blocked: number;
  readonly guests: number;
  readonly groups: number;
  /** Personal ones (OneDrive) are not counted; undefined where nobody looked. */
  readonly sites?: number | undefined;
  /** The initial domain is not among them. */
  readonly domains: readonly string[];
  /** By name. */
  readonly products: readonly OverviewProduct[];
}

interface OverviewProduct {
  readonly name: string;
  /** Undefined where nobody bought it. */
  readonly bought?: number | undefined;
  readonly used: number;
}

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
