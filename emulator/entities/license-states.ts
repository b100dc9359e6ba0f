/** The licences of one user: what is stored, and what Graph derives from it. */
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { servicePlans } from "./service-plans.ts";
import { findSku } from "./sku-catalogue.ts";

export type LicenseError =
  | "None"
  | "CountViolation"
  | "MutuallyExclusiveViolation"
  | "DependencyViolation"
  | "ProhibitedInUsageLocationViolation"
  | "UniquenessViolation"
  | "Other";

export interface LicenseAssignmentState {
  skuId: string;
  disabledPlans: string[];
  /** Id of the group that assigns it; null = assigned to the user directly. */
  assignedByGroup: string | null;
  state: "Active" | "ActiveWithError" | "Disabled" | "Error";
  error: LicenseError;
  lastUpdatedDateTime: string;
}

export function licenseStatesOf(user: GraphObject): LicenseAssignmentState[] {
  return (user.licenseAssignmentStates ?? []) as LicenseAssignmentState[];
}

/** Licences that count: each SKU once, with the plans that no assignment of it switches on left out. */
export function activeLicenses(
  states: readonly LicenseAssignmentState[],
): { skuId: string; disabledPlans: string[] }[] {
  const active = new Map<string, string[]>();
  for (const { skuId, disabledPlans, state } of states) {
    if (state !== "Active" && state !== "ActiveWithError") continue;
    const known = active.get(skuId);
    active.set(
      skuId,
      known === undefined ? disabledPlans : known.filter((plan) => disabledPlans.includes(plan)),
    );
  }
  return [...active].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans }));
}

/** Ids of the service plans that are switched on. */
export function activePlans(states: readonly LicenseAssignmentState[]): Set<string> {
  const plans = activeLicenses(states).flatMap(({ skuId, disabledPlans }) =>
    (findSku(skuId)?.plans ?? [])
      .map((name) => servicePlans[name].id)
      .filter((id) => !disabledPlans.includes(id)),
  );
  return new Set(plans);
}

export const computedLicences = {
  assignedLicenses: (_scope: Scope, user: GraphObject) => activeLicenses(licenseStatesOf(user)),
  assignedPlans: (_scope: Scope, user: GraphObject) => {
    const states = licenseStatesOf(user);
    const since =
      states
        .map((state) => state.lastUpdatedDateTime)
        .toSorted()
        .at(-1) ?? null;
    return [...activePlans(states)].map((servicePlanId) => ({
      assignedDateTime: since,
      capabilityStatus: "Enabled",
      service: serviceOf(servicePlanId),
      servicePlanId,
    }));
  },
  provisionedPlans: (_scope: Scope, user: GraphObject) => {
    const services = new Set([...activePlans(licenseStatesOf(user))].map(serviceOf));
    return [...services].map((service) => ({
      capabilityStatus: "Enabled",
      provisioningStatus: "Success",
      service,
    }));
  },
};

function serviceOf(servicePlanId: string): string {
  const name =
    Object.entries(servicePlans).find(([, plan]) => plan.id === servicePlanId)?.[0] ?? "";
  if (name.startsWith("EXCHANGE")) return "exchange";
  if (name.startsWith("SHAREPOINT")) return "SharePoint";
  if (name.startsWith("TEAMS")) return "TeamspaceAPI";
  if (name.startsWith("OFFICE")) return "MicrosoftOffice";
  return name.startsWith("AAD") ? "AADPremiumService" : "Other";
}
