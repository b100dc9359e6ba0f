/**
 * Assigning licences to users and groups.
 * @see https://learn.microsoft.com/graph/api/user-assignlicense, group-assignlicense (checked 2026-11)
 */
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer, entityAnswer } from "../graph/answers.ts";
import { pageAnswer, pageOf } from "../graph/collection-query.ts";
import { addressed, queryOf } from "../graph/entity.ts";
import { badRequest } from "../graph/errors.ts";
import { readParameters } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { groups, subscribedSkus, users } from "./collections.ts";
import { groupDefinition } from "./group.ts";
import { memberIds, MEMBERS, scheduleGroupLicensing } from "./group-links.ts";
import {
  activeLicenses,
  activePlans,
  licenseStatesOf,
  type LicenseAssignmentState,
  type LicenseError,
} from "./license-states.ts";
import {
  findSku,
  planNameOf,
  servicePlans,
  type ServicePlan,
  type ServicePlanName,
} from "./sku-catalogue.ts";
import { userDefinition } from "./user.ts";

interface Assignment {
  skuId: string;
  disabledPlans: string[];
}

interface Request {
  add: Assignment[];
  remove: string[];
}

/** Why a licence cannot be active, and how the service says it of a direct assignment. */
interface Violation {
  error: LicenseError;
  message: string;
}

export const licensingRoutes: readonly Route[] = [
  { method: "POST", path: "/users/:id/assignLicense", handle: assignToUser },
  { method: "POST", path: "/users/:id/reprocessLicenseAssignment", handle: reprocess },
  { method: "GET", path: "/users/:id/licenseDetails", handle: licenseDetails },
  { method: "POST", path: "/groups/:id/assignLicense", handle: assignToGroup },
  { method: "GET", path: "/groups/:id/membersWithLicenseErrors", handle: membersWithErrors },
];

export const licensingJobs = {
  "graph.process-group-licenses": (scope: Scope, payload: Record<string, unknown>) => {
    processGroup(scope, String(payload.groupId));
  },
};

/** What licences do with the comings and goings of users. */
export const licensingListeners = {
  "user.restored": (scope: Scope, { id }: { id: string }) => {
    const user = scope.store.get(users, id);
    if (user === undefined) return;
    writeStates(
      scope,
      user,
      licenseStatesOf(user).filter((state) => state.assignedByGroup === null),
    );
    for (const groupId of scope.store.sources(MEMBERS, id)) scheduleGroupLicensing(scope, groupId);
  },
};

function readRequest(call: Call, type: "user" | "group"): Request {
  const body = readParameters(call, { type, action: "assignLicense" });
  const added = body.addLicenses as { skuId?: string; disabledPlans?: string[] | null }[];
  const add = added.map(({ skuId, disabledPlans }) => ({
    skuId: (skuId ?? "").toLowerCase(),
    disabledPlans: (disabledPlans ?? []).map((plan) => plan.toLowerCase()),
  }));
  const remove = (body.removeLicenses as string[]).map((skuId) => skuId.toLowerCase());
  const both = add.find(({ skuId }) => remove.includes(skuId));
  if (both !== undefined) {
    throw badRequest(
      "License assignment failed because the same license is in both addLicenses and removeLicenses.",
    );
  }
  for (const { skuId, disabledPlans } of add) {
    if (call.store.find(subscribedSkus, "skuId", skuId).length === 0) {
      throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
    }
    const own = (findSku(skuId)?.plans ?? []).map((name) => servicePlans[name].id as string);
    const foreign = disabledPlans.find((plan) => !own.includes(plan));
    if (foreign !== undefined) {
      throw badRequest(
        `License assignment failed because service plan ${foreign} is not part of license ${skuId}.`,
      );
    }
  }
  return { add, remove };
}

function assignToUser(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const { add, remove } = readRequest(call, "user");
  let states = licenseStatesOf(user);
  for (const skuId of remove) {
    const assigned = states.filter((state) => state.skuId === skuId);
    if (assigned.length === 0) throw badRequest("User does not have a corresponding license.");
    if (!assigned.some((state) => state.assignedByGroup === null)) {
      throw badRequest(
        "User license is inherited from a group membership and it cannot be removed directly from the user.",
      );
    }
    states = states.filter((state) => state.skuId !== skuId || state.assignedByGroup !== null);
  }
  for (const { skuId, disabledPlans } of add) {
    const others = states.filter(
      (state) => state.skuId !== skuId || state.assignedByGroup !== null,
    );
    states = [...others, stateOf(call, { skuId, disabledPlans, assignedByGroup: null })];
  }
  for (const { skuId } of add) {
    const violation = violationOf(call, { user, states, skuId });
    if (violation !== undefined) throw badRequest(violation.message);
  }
  writeStates(call, user, states);
  return userAnswer(call, user.id);
}

function userAnswer(call: Call, id: string): Answer {
  const object = call.store.get(users, id);
  const shaped =
    object === undefined ? {} : shapeObject(call, { definition: userDefinition, object });
  return entityAnswer(call, shaped, { type: "user", context: "users" });
}

function stateOf(
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
function violationOf(
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

function planViolation(
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

function writeStates(
  scope: Scope,
  user: GraphObject,
  states: readonly LicenseAssignmentState[],
): void {
  const hadMail = hasExchange(licenseStatesOf(user));
  const changed: GraphObject = { ...user, licenseAssignmentStates: states };
  const hasMail = hasExchange(states);
  if (hasMail && !hadMail && typeof user.mail !== "string") {
    // A mailbox gives its owner an address: the user principal name.
    const address = String(user.userPrincipalName);
    changed.mail = address;
    changed.proxyAddresses = [`SMTP:${address}`, ...((user.proxyAddresses ?? []) as string[])];
  }
  scope.store.replace(users, changed);
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

function reprocess(call: Call): Answer {
  const user = addressed(call, userDefinition);
  for (const groupId of call.store.sources(MEMBERS, user.id)) scheduleGroupLicensing(call, groupId);
  return userAnswer(call, user.id);
}

function licenseDetails(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const details = activeLicenses(licenseStatesOf(user)).map(({ skuId, disabledPlans }) => {
    const sku = findSku(skuId);
    return {
      id: Buffer.from(`${user.id}${skuId}`.replaceAll("-", ""), "hex").toString("base64url"),
      skuId,
      skuPartNumber: sku?.skuPartNumber ?? null,
      servicePlans: (sku?.plans ?? []).map((name) => ({
        servicePlanId: servicePlans[name].id,
        servicePlanName: name,
        provisioningStatus: disabledPlans.includes(servicePlans[name].id) ? "Disabled" : "Success",
        appliesTo: "User",
      })),
    };
  });
  return collectionAnswer(call, details, {
    type: "licenseDetails",
    context: `users('${user.id}')/licenseDetails`,
  });
}

function assignToGroup(call: Call): Answer {
  const group = addressed(call, groupDefinition);
  const { add, remove } = readRequest(call, "group");
  const held = (group.assignedLicenses ?? []) as Assignment[];
  for (const skuId of remove) {
    if (!held.some((license) => license.skuId === skuId)) {
      throw badRequest("Group does not have a corresponding license.");
    }
  }
  if (group.securityEnabled !== true) {
    throw badRequest("Licenses can be assigned to security groups only.");
  }
  const gone = [...remove, ...add.map(({ skuId }) => skuId)];
  const assignedLicenses = [...held.filter(({ skuId }) => !gone.includes(skuId)), ...add];
  const changed = {
    ...group,
    assignedLicenses,
    licenseProcessingState: { state: "QueuedForProcessing" },
  };
  call.store.replace(groups, changed);
  scheduleGroupLicensing(call, group.id);
  const shaped = shapeObject(call, { definition: groupDefinition, object: changed });
  return entityAnswer(call, shaped, {
    type: "group",
    context: "groups",
    status: 202,
    headers: { location: `${call.origin}${call.prefix}/groups/${group.id}` },
  });
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
function inheritors(scope: Scope, groupId: string): string[] {
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

function membersWithErrors(call: Call): Answer {
  const group = addressed(call, groupDefinition);
  const query = queryOf(call, userDefinition);
  const found = inheritors(call, group.id)
    .map((id) => call.store.entry(users, id))
    .filter((entry) => entry !== undefined)
    .filter(({ object }) =>
      licenseStatesOf(object).some(
        (state) => state.assignedByGroup === group.id && state.state === "Error",
      ),
    )
    .map((entry) => ({ definition: userDefinition, entry }));
  return pageAnswer(call, pageOf(call, found, query), {
    type: "user",
    context: "directoryObjects",
    query,
    withType: true,
  });
}
