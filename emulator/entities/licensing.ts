/**
 * Assigning licences to users and groups.
 * @see https://learn.microsoft.com/graph/api/user-assignlicense, group-assignlicense (checked 2026-11)
 */
import type { Answer, Call, Route } from "../core/workload.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import { pageAnswer, pageOf } from "../graph/collection-query.ts";
import { addressed, queryOf } from "../graph/entity.ts";
import { badRequest } from "../graph/errors.ts";
import { readParameters } from "../graph/input.ts";
import { shapeObject } from "../graph/shape.ts";
import { groups, subscribedSkus, users } from "./collections.ts";
import { groupDefinition } from "./group.ts";
import { MEMBERS, scheduleGroupLicensing } from "./group-links.ts";
import { inheritors } from "./group-licensing.ts";
import {
  planViolation,
  stateOf,
  violationOf,
  writeStates,
  type Assignment,
} from "./license-rules.ts";
import { activeLicenses, licenseStatesOf, type LicenseAssignmentState } from "./license-states.ts";
import { servicePlans } from "./service-plans.ts";
import { findSku } from "./sku-catalogue.ts";
import { userDefinition } from "./user.ts";

interface Request {
  add: Assignment[];
  remove: string[];
}

export const licensingRoutes: readonly Route[] = [
  { method: "POST", path: "/users/:id/assignLicense", handle: assignToUser },
  { method: "POST", path: "/users/:id/reprocessLicenseAssignment", handle: reprocess },
  { method: "GET", path: "/users/:id/licenseDetails", handle: licenseDetails },
  { method: "POST", path: "/groups/:id/assignLicense", handle: assignToGroup },
  { method: "GET", path: "/groups/:id/membersWithLicenseErrors", handle: membersWithErrors },
];

function readRequest(call: Call, type: "user" | "group"): Request {
  const body = readParameters(call, { type, action: "assignLicense" });
  const added = body.addLicenses as { skuId?: string; disabledPlans?: string[] | null }[];
  const bySku = added.map(({ skuId, disabledPlans }): [string, Assignment] => {
    const id = (skuId ?? "").toLowerCase();
    return [id, { skuId: id, disabledPlans: (disabledPlans ?? []).map(lowerCase) }];
  });
  const add = [...new Map(bySku).values()];
  const remove = (body.removeLicenses as string[]).map(lowerCase);
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

function lowerCase(text: string): string {
  return text.toLowerCase();
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
  if (remove.length > 0) refuseOrphans(states);
  writeStates(call, user, states);
  return userAnswer(call, user.id);
}

/**
 * What another licence needs stays.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-groups-resolve-problems (checked 2026-11)
 */
function refuseOrphans(states: readonly LicenseAssignmentState[]): void {
  for (const { skuId } of activeLicenses(states)) {
    const violation = planViolation(states, skuId);
    if (violation?.error === "DependencyViolation") throw badRequest(violation.message);
  }
}

function userAnswer(call: Call, id: string): Answer {
  const object = call.store.get(users, id);
  const shaped =
    object === undefined ? {} : shapeObject(call, { definition: userDefinition, object });
  return entityAnswer(call, shaped, { type: "user", context: "users" });
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
