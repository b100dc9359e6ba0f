/**
 * Storage of a tenant: 1 TB and 10 GB for each eligible licence.
 * @see https://learn.microsoft.com/office365/servicedescriptions/sharepoint-online-service-description/sharepoint-online-limits (checked 2026-11)
 */
import type { Scope } from "../core/workload.ts";
import { subscribedSkus } from "../entities/collections.ts";

const BASE_MEGABYTES = 1024 * 1024;
const PER_LICENSE_MEGABYTES = 10 * 1024;

interface ServicePlan {
  servicePlanName?: string;
}

/** Plans of SharePoint for front-line workers (SHAREPOINTDESKLESS) add nothing. */
function isEligible(plans: unknown): boolean {
  return (
    Array.isArray(plans) &&
    plans.some((plan: ServicePlan) =>
      /^SHAREPOINT(STANDARD|ENTERPRISE)/.test(plan.servicePlanName ?? ""),
    )
  );
}

/** Licences bought, assigned or not. */
function eligibleLicenses(scope: Scope): number {
  return scope.store
    .list(subscribedSkus)
    .filter(({ object }) => isEligible(object.servicePlans))
    .reduce((sum, { object }) => {
      const units = object.prepaidUnits as { enabled?: number } | undefined;
      return sum + (units?.enabled ?? 0);
    }, 0);
}

export function tenantStorageMegabytes(scope: Scope): number {
  return BASE_MEGABYTES + eligibleLicenses(scope) * PER_LICENSE_MEGABYTES;
}
