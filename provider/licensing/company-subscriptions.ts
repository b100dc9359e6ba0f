/**
 * What a tenant has bought, one entry for each order, as far as its directory knows: neither the length of a term nor
 * whether it renews.
 * @see https://learn.microsoft.com/graph/api/resources/companysubscription (v1.0, checked 2026-11-27)
 */
import { dayIn } from "../../core/calendar.ts";
import type { ResourceContext } from "../kit/define.ts";

export interface InventoriedSubscription {
  /** Product as skuPartNumber. */
  readonly sku: string;
  readonly count: number;
  readonly isTrial: boolean;
  /** Enabled, Warning, Suspended, Deleted or LockedOut. */
  readonly status: string;
  /** Calendar day. */
  readonly since: string;
  /** Calendar day on which it renews or goes into its next state; undefined where the directory does not say. */
  readonly nextStep: string | undefined;
}

interface CompanySubscription {
  readonly skuPartNumber: string;
  readonly totalLicenses: number;
  readonly isTrial?: boolean | null;
  readonly status: string;
  readonly createdDateTime: string;
  readonly nextLifecycleDateTime?: string | null;
}

const SELECT = "skuPartNumber,totalLicenses,isTrial,status,createdDateTime,nextLifecycleDateTime";

/**
 * Sorted by product and day.
 * @param country whose days these are
 */
export async function readCompanySubscriptions(
  { service: { graph } }: ResourceContext,
  country: string,
): Promise<readonly InventoriedSubscription[]> {
  const found = await graph.all<CompanySubscription>(`/directory/subscriptions?$select=${SELECT}`);
  const day = (instant: string): string => dayIn(country, new Date(instant));
  return found
    .map(({ skuPartNumber, totalLicenses, isTrial, status, createdDateTime, ...rest }) => ({
      ...{ sku: skuPartNumber, count: totalLicenses, isTrial: isTrial === true, status },
      since: day(createdDateTime),
      nextStep: rest.nextLifecycleDateTime ? day(rest.nextLifecycleDateTime) : undefined,
    }))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

const orderOf = ({ sku, since, nextStep = "" }: InventoriedSubscription): string =>
  [sku, since, nextStep].join(" ");
