/**
 * The partner's relations with customers (GDAP), in the partner's own tenant: made, locked for the customer's approval,
 * active, with roles given to security groups, and ended. The customer approves interactively; here the emulator's own
 * interface does.
 * @see https://learn.microsoft.com/graph/api/resources/delegatedadminrelationships-api-overview,
 * delegatedadminrelationship, delegatedadminaccessassignment and their operations (v1.0, checked 2026-11-27)
 */
import { createHash } from "node:crypto";
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type Collection } from "../core/store.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { collectionAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import { shapeObject } from "../graph/shape.ts";
import { groups } from "./collections.ts";
import { requireValues } from "./rules.ts";

const RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships";
const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
const DAY_MS = 86_400_000;
const LONGEST_DAYS = 730;
const LONGEST_NAME = 50;
const EXTENSIONS = ["P0D", "PT0S", "P180D"];

export const relationships = defineCollection<GraphObject>("delegatedAdminRelationship", {
  displayName: ({ displayName }) => String(displayName),
});
const ofRelationship = { relationship: ({ relationship }: GraphObject) => String(relationship) };
const requests = defineCollection<GraphObject>("delegatedAdminRelationshipRequest", ofRelationship);
const assignments = defineCollection<GraphObject>("delegatedAdminAccessAssignment", ofRelationship);

/** Another one after every change. */
const etagOf = (object: GraphObject): string =>
  `W/"${createHash("sha256").update(JSON.stringify(object)).digest("base64")}"`;

const relationshipDefinition: EntityDefinition = {
  type: "delegatedAdminRelationship",
  path: RELATIONSHIPS,
  collection: relationships,
  methods: ["list", "get", "create"],
  readOnly: [
    ...["id", "status", "createdDateTime", "lastModifiedDateTime"],
    ...["activatedDateTime", "endDateTime"],
  ],
  etag: etagOf,
  create: (call, object) => {
    requireValues(object, ["displayName", "duration", "accessDetails"], "relationship");
    const now = toTimestamp(call.nowMs);
    const relationship = {
      autoExtendDuration: "PT0S",
      ...object,
      id: `${object.id}-${call.newId()}`,
      status: "created",
      createdDateTime: now,
      lastModifiedDateTime: now,
      endDateTime: toTimestamp(call.nowMs + daysOf(object) * DAY_MS),
    };
    requireValid(call, relationship);
    return relationship;
  },
};

const part = (
  type: string,
  name: string,
  collection: Collection<GraphObject>,
): EntityDefinition => ({
  ...{ type, collection, methods: [], etag: etagOf },
  path: `${RELATIONSHIPS}/{id}/${name}`,
});
const requestDefinition = part("delegatedAdminRelationshipRequest", "requests", requests);
const assignmentDefinition = part(
  "delegatedAdminAccessAssignment",
  "accessAssignments",
  assignments,
);

/** Whole days; what is no duration counts none, and is refused with those that are too short. */
function daysOf({ duration }: GraphObject): number {
  const [, years = 0, months = 0, days = 0] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(String(duration)) ?? [];
  return Number(years) * 365 + Number(months) * 30 + Number(days);
}

function rolesOf({ accessDetails }: GraphObject): string[] {
  const { unifiedRoles = [] } = (accessDetails ?? {}) as {
    unifiedRoles?: { roleDefinitionId: string }[];
  };
  return unifiedRoles.map(({ roleDefinitionId }) => roleDefinitionId.toLowerCase());
}

/** Words of the refusals: unverified. */
function requireValid(call: Call, relationship: GraphObject): void {
  const { displayName, autoExtendDuration } = relationship;
  if (String(displayName).length > LONGEST_NAME) {
    throw badRequest(`The displayName is longer than ${LONGEST_NAME} characters.`);
  }
  const isTaken = call.store
    .find(relationships, "displayName", String(displayName))
    .some(({ object }) => object.id !== relationship.id);
  if (isTaken) throw conflict();
  const days = daysOf(relationship);
  if (days < 1 || days > LONGEST_DAYS) throw badRequest("The duration is not from P1D to P2Y.");
  const roles = rolesOf(relationship);
  if (roles.length === 0) throw badRequest("The accessDetails name no role.");
  if (!EXTENSIONS.includes(String(autoExtendDuration))) {
    throw badRequest(`The autoExtendDuration is none of ${EXTENSIONS.join(", ")}.`);
  }
  if (autoExtendDuration === "P180D" && roles.includes(GLOBAL_ADMINISTRATOR)) {
    throw badRequest("A relationship with Global Administrator cannot be extended.");
  }
}

/** As in PartnerCenter-GDAPTransition#13. */
const conflict = (): ServiceFailure =>
  new ServiceFailure(409, "conflict", { message: "The resource already exists." });

/** `isRequired` where the operation's page asks for the header; the status without it: unverified. */
function requireMatch(
  call: Call,
  object: GraphObject,
  { isRequired }: { isRequired: boolean },
): void {
  const wanted = call.headers.get("if-match");
  if (wanted === null && isRequired) {
    throw new ServiceFailure(428, "preconditionRequired", { message: "If-Match is required." });
  }
  if (wanted === null || wanted === "*" || wanted === etagOf(object)) return;
  throw new ServiceFailure(412, "preconditionFailed", {
    message: "The ETag does not match the one of the resource.",
  });
}

function requireStatus({ status }: GraphObject, ...allowed: readonly string[]): void {
  if (allowed.includes(String(status))) return;
  throw badRequest(`Not possible while the status is ${String(status)}.`);
}

function changed(
  scope: Scope,
  collection: Collection<GraphObject>,
  object: GraphObject,
): GraphObject {
  return scope.store.replace(collection, {
    ...object,
    lastModifiedDateTime: toTimestamp(scope.nowMs),
  });
}

function answer(
  call: Call,
  definition: EntityDefinition,
  shown: { object: GraphObject; status: number },
): Answer {
  const { object, status } = shown;
  const context = definition.path.slice(1);
  const shaped = shapeObject(call, { definition, object }, { isSingle: true });
  return entityAnswer(call, shaped, { type: definition.type, context, status });
}

const relationshipOf = (call: Call): GraphObject => addressed(call, relationshipDefinition);

function updateRelationship(call: Call): Answer {
  const before = relationshipOf(call);
  requireMatch(call, before, { isRequired: true });
  const { properties } = readEntity(call, relationshipDefinition.type);
  const isExtension = Object.keys(properties).every((name) => name === "autoExtendDuration");
  requireStatus(before, "created", ...(isExtension ? ["active"] : []));
  const after = { ...before, ...properties, id: before.id };
  requireValid(call, after);
  const object = changed(call, relationships, after);
  return answer(call, relationshipDefinition, { object, status: 200 });
}

function deleteRelationship(call: Call): Answer {
  const relationship = relationshipOf(call);
  requireMatch(call, relationship, { isRequired: true });
  requireStatus(relationship, "created");
  call.store.remove(relationships, relationship.id);
  return noContent();
}

function request(call: Call): Answer {
  const relationship = relationshipOf(call);
  const { properties } = readEntity(call, requestDefinition.type);
  const { action } = properties;
  requireMatch(call, relationship, { isRequired: false });
  if (action === "lockForApproval") {
    requireStatus(relationship, "created");
    changed(call, relationships, { ...relationship, status: "approvalPending" });
  } else if (action === "terminate") {
    requireStatus(relationship, "active");
    changed(call, relationships, { ...relationship, status: "terminationRequested" });
    scheduleStep(call, "graph.terminate-relationship", relationship);
  } else {
    throw badRequest("The action is not one that a partner has.");
  }
  const now = toTimestamp(call.nowMs);
  const made = { id: call.newId(), relationship: relationship.id, action, status: "created" };
  const times = { createdDateTime: now, lastModifiedDateTime: now };
  const object = call.store.insert(requests, { ...made, ...times }, call.nowMs);
  return answer(call, requestDefinition, { object, status: 201 });
}

const partsOf = (
  call: Call,
  collection: Collection<GraphObject>,
  relationship: string,
): GraphObject[] =>
  call.store.find(collection, "relationship", relationship).map(({ object }) => object);

function listOf(definition: EntityDefinition): (call: Call) => Answer {
  return (call) => {
    const objects = partsOf(call, definition.collection, relationshipOf(call).id);
    const shaped = objects.map((object) => shapeObject(call, { definition, object }));
    return collectionAnswer(call, shaped, {
      type: definition.type,
      context: definition.path.slice(1),
    });
  };
}

function partOf(call: Call, definition: EntityDefinition): GraphObject {
  const { part: id = "" } = call.params;
  const found = partsOf(call, definition.collection, relationshipOf(call).id).find(
    (object) => object.id === id,
  );
  if (found === undefined) throw notFound(id);
  return found;
}

const getOf =
  (definition: EntityDefinition) =>
  (call: Call): Answer =>
    answer(call, definition, { object: partOf(call, definition), status: 200 });

function requireAssignable(relationship: GraphObject, assignment: GraphObject): void {
  requireStatus(relationship, "active");
  const held = rolesOf(relationship);
  const roles = rolesOf(assignment);
  if (roles.length === 0 || roles.some((role) => !held.includes(role))) {
    throw badRequest("The relationship does not have all roles of the assignment.");
  }
}

function assign(call: Call): Answer {
  const relationship = relationshipOf(call);
  const { properties } = readEntity(call, assignmentDefinition.type);
  const now = toTimestamp(call.nowMs);
  const assignment: GraphObject = {
    ...properties,
    ...{ id: call.newId(), relationship: relationship.id, status: "pending" },
    ...{ createdDateTime: now, lastModifiedDateTime: now },
  };
  requireAssignable(relationship, assignment);
  const container = containerOf(assignment);
  if (call.store.get(groups, container)?.securityEnabled !== true) {
    throw badRequest("The access container is not a security group of this tenant.");
  }
  const others = partsOf(call, assignments, relationship.id);
  if (others.some((other) => containerOf(other) === container)) throw conflict();
  call.store.insert(assignments, assignment, call.nowMs);
  scheduleStep(call, "graph.settle-access-assignment", assignment);
  return answer(call, assignmentDefinition, { object: assignment, status: 201 });
}

const containerOf = ({ accessContainer }: GraphObject): string =>
  String((accessContainer as { accessContainerId?: unknown } | undefined)?.accessContainerId);

/** At the service a long-running operation; here the status goes through `pending` without one. */
function updateAssignment(call: Call): Answer {
  const before = partOf(call, assignmentDefinition);
  requireMatch(call, before, { isRequired: true });
  const { properties } = readEntity(call, assignmentDefinition.type);
  const after = { ...before, accessDetails: properties.accessDetails, status: "pending" };
  requireAssignable(relationshipOf(call), after);
  changed(call, assignments, after);
  scheduleStep(call, "graph.settle-access-assignment", before);
  return { status: 202, body: {} };
}

function deleteAssignment(call: Call): Answer {
  const assignment = partOf(call, assignmentDefinition);
  requireMatch(call, assignment, { isRequired: true });
  changed(call, assignments, { ...assignment, status: "deleting" });
  scheduleStep(call, "graph.settle-access-assignment", assignment);
  return noContent();
}

function scheduleStep(
  scope: Scope,
  job: keyof typeof delegatedAdminJobs,
  { id }: GraphObject,
): void {
  scope.schedule(job, { delayMs: scope.behaviour.delegatedAdminDelayMs, payload: { id } });
}

/**
 * What the customer's Global Administrator does on the invitation's page.
 * @returns false where no relation of this tenant waits for it under this id
 */
export function approveRelationship(scope: Scope, id: string): boolean {
  const relationship = scope.store.get(relationships, id);
  if (relationship?.status !== "approvalPending") return false;
  changed(scope, relationships, { ...relationship, status: "approved" });
  scheduleStep(scope, "graph.activate-relationship", relationship);
  return true;
}

function activate(scope: Scope, id: string): void {
  const relationship = scope.store.get(relationships, id);
  if (relationship?.status !== "approved") return;
  changed(scope, relationships, {
    ...relationship,
    status: "active",
    activatedDateTime: toTimestamp(scope.nowMs),
  });
  endsIn(scope, relationship, daysOf(relationship));
}

function endsIn(scope: Scope, { id }: GraphObject, days: number): void {
  const delayMs = days * DAY_MS;
  const relationship = scope.store.get(relationships, id);
  if (relationship === undefined) return;
  const endDateTime = toTimestamp(scope.nowMs + delayMs);
  scope.store.replace(relationships, { ...relationship, endDateTime });
  scope.schedule("graph.end-relationship", { delayMs, payload: { id } });
}

function end(scope: Scope, id: string): void {
  const relationship = scope.store.get(relationships, id);
  if (relationship?.status !== "active") return;
  if (relationship.autoExtendDuration === "P180D") endsIn(scope, relationship, 180);
  else changed(scope, relationships, { ...relationship, status: "expired" });
}

function terminate(scope: Scope, id: string): void {
  const relationship = scope.store.get(relationships, id);
  if (relationship !== undefined) {
    const ended = { status: "terminated", endDateTime: toTimestamp(scope.nowMs) };
    changed(scope, relationships, { ...relationship, ...ended });
  }
}

function settle(scope: Scope, id: string): void {
  const assignment = scope.store.get(assignments, id);
  if (assignment?.status === "deleting") scope.store.remove(assignments, id);
  if (assignment?.status === "pending")
    changed(scope, assignments, { ...assignment, status: "active" });
}

const byId =
  (work: (scope: Scope, id: string) => void) =>
  (scope: Scope, { id }: Record<string, unknown>): void => {
    work(scope, String(id));
  };

export const delegatedAdminJobs = {
  "graph.activate-relationship": byId(activate),
  "graph.end-relationship": byId(end),
  "graph.terminate-relationship": byId(terminate),
  "graph.settle-access-assignment": byId(settle),
};

const one = `${RELATIONSHIPS}/:id`;
const ofRequests = `${one}/requests`;
const ofAssignments = `${one}/accessAssignments`;

export const delegatedAdminRoutes: readonly Route[] = [
  ...entityOperations(relationshipDefinition),
  { method: "PATCH", path: one, handle: updateRelationship },
  { method: "DELETE", path: one, handle: deleteRelationship },
  { method: "GET", path: ofRequests, handle: listOf(requestDefinition) },
  { method: "GET", path: `${ofRequests}/:part`, handle: getOf(requestDefinition) },
  { method: "POST", path: ofRequests, handle: request },
  { method: "GET", path: ofAssignments, handle: listOf(assignmentDefinition) },
  { method: "GET", path: `${ofAssignments}/:part`, handle: getOf(assignmentDefinition) },
  { method: "POST", path: ofAssignments, handle: assign },
  { method: "PATCH", path: `${ofAssignments}/:part`, handle: updateAssignment },
  { method: "DELETE", path: `${ofAssignments}/:part`, handle: deleteAssignment },
];
