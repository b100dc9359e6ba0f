/** When a user may have a licence, and what it does when the user has it. */
import { toTimestamp } from "../core/clock.ts";
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { withMailboxAddresses } from "./addresses.ts";
import { subscribedSkus, users } from "./collections.ts";
import {
  activeLicenses,
  activePlans,
  licenseStatesOf,
  type LicenseAssignmentState,
  type LicenseError,
} from "./license-states.ts";
import {
  planNameOf,
  servicePlans,
  type ServicePlan,
  type ServicePlanName,
} from "./service-plans.ts";

export interface Assignment {
  skuId: string;
  disabledPlans: string[];
}

/** Why a licence cannot be active, and how the service says it of a direct assignment. */
export interface Violation {
  error: LicenseError;
  message: string;
}

export function stateOf(
  scope: Scope,
  assignment: Assignment & { assignedByGroup: string | null },
): LicenseAssignmentState {
  return {
    ...assignment,
    state: "Active",
    error: "None",
    lastUpdatedDateTime: toTimestamp(scope.nowMs),
  };
}

/** The first rule that the licence breaks among all that the user would have. */
export function violationOf(
  scope: Scope,
  context: { user: GraphObject; states: readonly LicenseAssignmentState[]; skuId: string },
): Violation | undefined {
  const { user, states, skuId } = context;
  if (typeof user.usageLocation !== "string") {
    return {
      error: "ProhibitedInUsageLocationViolation",
      message: "License assignment cannot be done for user with invalid usage location.",
    };
  }
  const held = activeLicenses(licenseStatesOf(user)).some((license) => license.skuId === skuId);
  if (!held && freeUnits(scope, skuId) < 1) {
    return {
      error: "CountViolation",
      message: `Subscription with SKU ${skuId} does not have any available licenses.`,
    };
  }
  return planViolation(states, skuId);
}

/** The rule about plans that the licence breaks beside the others. */
export function planViolation(
  states: readonly LicenseAssignmentState[],
  skuId: string,
): Violation | undefined {
  const names = [...activePlans(states)].map(planNameOf).filter((name) => name !== undefined);
  const ownNames = [...activePlans(states.filter((state) => state.skuId === skuId))].map(
    planNameOf,
  );
  for (const name of ownNames.filter((own) => own !== undefined)) {
    const { family, needs }: ServicePlan = servicePlans[name];
    const rival = names.find(
      (other) => other !== name && family !== undefined && familyOf(other) === family,
    );
    if (rival !== undefined) {
      return {
        error: "MutuallyExclusiveViolation",
        message: `License assignment failed because service plans ${name}, ${rival} are mutually exclusive.`,
      };
    }
    if (needs?.some((needed) => names.includes(needed as ServicePlanName)) === false) {
      const neededIds = needs.map((needed) => servicePlans[needed as ServicePlanName].id);
      return {
        error: "DependencyViolation",
        message: `License assignment failed because service plan ${servicePlans[name].id} depends on the service plan(s) ${neededIds.join(", ")}.`,
      };
    }
  }
  return undefined;
}

function familyOf(name: ServicePlanName): string | undefined {
  const plan: ServicePlan = servicePlans[name];
  return plan.family;
}

/** Units that nobody has. */
export function freeUnits(scope: Scope, skuId: string): number {
  const sku = scope.store.find(subscribedSkus, "skuId", skuId)[0]?.object;
  const prepaid = sku?.prepaidUnits as { enabled: number; warning: number } | undefined;
  return (prepaid?.enabled ?? 0) + (prepaid?.warning ?? 0) - consumedUnits(scope, skuId);
}

export function consumedUnits(scope: Scope, skuId: string): number {
  return scope.store.countKey(users, "activeSku", skuId);
}

export function writeStates(
  scope: Scope,
  user: GraphObject,
  states: readonly LicenseAssignmentState[],
): void {
  const hadMail = hasExchange(licenseStatesOf(user));
  const changed: GraphObject = { ...user, licenseAssignmentStates: states };
  const getsMail = hasExchange(states) && !hadMail;
  scope.store.replace(users, getsMail ? withMailboxAddresses(scope, changed) : changed);
  scope.emit("user.licenses-changed", { id: user.id });
}

const MAILBOX_PLANS: readonly string[] = [
  servicePlans.EXCHANGE_S_DESKLESS.id,
  servicePlans.EXCHANGE_S_STANDARD.id,
  servicePlans.EXCHANGE_S_ENTERPRISE.id,
];

/** Whether one of the user's licences holds a mailbox. */
export function hasExchange(states: readonly LicenseAssignmentState[]): boolean {
  return [...activePlans(states)].some((plan) => MAILBOX_PLANS.includes(plan));
}
