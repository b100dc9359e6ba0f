/** Licences that members have through their groups. */
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { groups, users } from "./collections.ts";
import { memberIds, MEMBERS, scheduleGroupLicensing } from "./group-links.ts";
import { freeUnits, stateOf, violationOf, writeStates, type Assignment } from "./license-rules.ts";
import { licenseStatesOf, type LicenseAssignmentState } from "./license-states.ts";

export const groupLicensingJobs = {
  "graph.process-group-licenses": (scope: Scope, payload: Record<string, unknown>) => {
    processGroup(scope, String(payload.groupId));
  },
};

/** A restored user has the direct licences for which units are left; groups pass theirs on again. */
export function reviveLicenses(scope: Scope, userId: string): void {
  const user = scope.store.get(users, userId);
  if (user === undefined) return;
  const states = licenseStatesOf(user)
    .filter((state) => state.assignedByGroup === null)
    .map((state): LicenseAssignmentState =>
      freeUnits(scope, state.skuId) < 0
        ? { ...state, state: "Error", error: "CountViolation" }
        : state,
    );
  writeStates(scope, user, states);
  for (const groupId of scope.store.sources(MEMBERS, userId))
    scheduleGroupLicensing(scope, groupId);
}

/** Brings the members' inherited licences in line with the group; who breaks a rule gets an error instead. */
function processGroup(scope: Scope, groupId: string): void {
  const group = scope.store.get(groups, groupId);
  const assigned = (group?.assignedLicenses ?? []) as Assignment[];
  const members = group === undefined ? [] : memberIds(scope, groupId);
  let hasErrors = false;
  const leavers = inheritors(scope, groupId).filter((id) => !members.includes(id));
  // Who leaves gives a unit back that somebody else may need.
  for (const id of [...leavers, ...members]) {
    const user = scope.store.get(users, id);
    if (user === undefined) continue;
    const inherited = members.includes(id) ? assigned : [];
    hasErrors = inheritLicenses(scope, user, { groupId, inherited }) || hasErrors;
  }
  if (group === undefined) return;
  scope.store.replace(groups, {
    ...group,
    hasMembersWithLicenseErrors: hasErrors,
    licenseProcessingState: { state: "ProcessingComplete" },
  });
}

/** Users that have a licence, or an error, from the group. */
export function inheritors(scope: Scope, groupId: string): string[] {
  return scope.store.find(users, "licensingGroup", groupId).map((entry) => entry.object.id);
}

/** @returns whether one of the licences could not be given */
function inheritLicenses(
  scope: Scope,
  user: GraphObject,
  source: { groupId: string; inherited: readonly Assignment[] },
): boolean {
  const before = licenseStatesOf(user);
  let states = before.filter((state) => state.assignedByGroup !== source.groupId);
  for (const { skuId, disabledPlans } of source.inherited) {
    const known = before.find(
      (state) => state.assignedByGroup === source.groupId && state.skuId === skuId,
    );
    const wanted = stateOf(scope, { skuId, disabledPlans, assignedByGroup: source.groupId });
    const violation = violationOf(scope, {
      user: { ...user, licenseAssignmentStates: before },
      states: [...states, wanted],
      skuId,
    });
    const next: LicenseAssignmentState =
      violation === undefined ? wanted : { ...wanted, state: "Error", error: violation.error };
    const isSame = known?.state === next.state && known.error === next.error;
    states = [
      ...states,
      isSame ? { ...next, lastUpdatedDateTime: known.lastUpdatedDateTime } : next,
    ];
  }
  if (JSON.stringify(states) !== JSON.stringify(before)) writeStates(scope, user, states);
  return states.some(
    (state) => state.assignedByGroup === source.groupId && state.state === "Error",
  );
}
