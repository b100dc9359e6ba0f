/** Members and owners of groups: the rules for adding and removing. */
import { isVisible } from "../core/visibility.ts";
import { ServiceFailure } from "../core/failure.ts";
import type { Call, Scope } from "../core/workload.ts";
import { badRequest, forbidden, notFound } from "../graph/errors.ts";
import { groups, servicePrincipals, users, type GraphObject } from "./collections.ts";
import { refuseMasteredLinks } from "./mastered.ts";

export const MEMBERS = "group.member";
export const OWNERS = "group.owner";
/** Relations in one request. */
export const MAX_REFERENCES = 20;

const REFERABLE = [users, groups, servicePrincipals] as const;

type LinkKind = "members" | "owners";

/** The member or owner, as this replica knows it. */
function referenced(call: Call, id: string): { object: GraphObject; type: string } | undefined {
  for (const collection of REFERABLE) {
    const entry = call.store.entry(collection, id);
    if (entry !== undefined && isVisible(call, entry))
      return { object: entry.object, type: collection.name };
  }
  return undefined;
}

export function addMembers(call: Call, group: GraphObject, ids: readonly string[]): void {
  if (ids.length === 0) return;
  refuseMasteredLinks(group);
  refuseWrittenByExchange(group);
  const types = group.groupTypes as string[];
  if (types.includes("DynamicMembership")) {
    throw badRequest(
      "Insufficient privileges to complete the operation: the membership of a dynamic group cannot be written.",
    );
  }
  requireRoleManagement(call, group);
  for (const id of ids) {
    const member = referenced(call, id);
    if (member === undefined) throw missingReference(call, id);
    if (member.type === "group") refuseNesting(group, member.object);
    if (!call.store.link(MEMBERS, group.id, id)) throw alreadyThere("members");
  }
  membershipChanged(call, group);
  call.emit("group.updated", { id: group.id });
}

export function addOwners(call: Call, group: GraphObject, ids: readonly string[]): void {
  if (ids.length > 0) refuseWrittenByExchange(group);
  for (const id of ids) {
    const owner = referenced(call, id);
    if (owner === undefined) throw missingReference(call, id);
    if (owner.type === "group") throw badRequest("A group cannot be the owner of a group.");
    if (!call.store.link(OWNERS, group.id, id)) throw alreadyThere("owners");
  }
  if (ids.length === 0) return;
  call.store.changes.record(groups, group.id, ["owners"]);
  call.emit("group.updated", { id: group.id });
}

export function removeMember(call: Call, group: GraphObject, id: string): void {
  refuseMasteredLinks(group);
  refuseWrittenByExchange(group);
  if ((group.groupTypes as string[]).includes("DynamicMembership")) {
    throw badRequest(
      "Insufficient privileges to complete the operation: the membership of a dynamic group cannot be written.",
    );
  }
  requireRoleManagement(call, group);
  if (!call.store.unlink(MEMBERS, group.id, id)) throw notLinked("members");
  membershipChanged(call, group);
}

export function removeOwner(call: Call, group: GraphObject, id: string): void {
  refuseWrittenByExchange(group);
  const owners = call.store.targets(OWNERS, group.id).filter((ownerId) => isLive(call, ownerId));
  if (!owners.includes(id)) throw notLinked("owners");
  const isLastUserOwner =
    owners.filter((ownerId) => call.store.get(users, ownerId) !== undefined).length === 1;
  if (isLastUserOwner && call.store.get(users, id) !== undefined) {
    throw badRequest("The group must have at least one owner, hence this owner cannot be removed.");
  }
  call.store.unlink(OWNERS, group.id, id);
  call.store.changes.record(groups, group.id, ["owners"]);
}

/** Distribution groups and mail-enabled security groups. */
export const isWrittenByExchange = (group: GraphObject): boolean =>
  group.mailEnabled === true && !(group.groupTypes as string[]).includes("Unified");

/** In the words that users quote. @see https://github.com/microsoftgraph/microsoft-graph-docs/issues/14827 (checked 2026-11-27) */
export function refuseWrittenByExchange(group: GraphObject): void {
  if (!isWrittenByExchange(group)) return;
  throw badRequest("Cannot Update a mail-enabled security groups and or distribution list.");
}

/** Ids of the members that are live, in the order in which they joined. */
export function memberIds(scope: Scope, groupId: string): string[] {
  return scope.store.targets(MEMBERS, groupId).filter((id) => isLive(scope, id));
}

export function isLive(scope: Scope, id: string): boolean {
  return scope.store
    .collectionsOf(id)
    .some(({ name, deleted }) => !deleted && REFERABLE.some((kind) => kind.name === name));
}

/** Delta queries see the group, and licences follow. */
export function membershipChanged(scope: Scope, group: GraphObject): void {
  scope.store.changes.record(groups, group.id, ["members"]);
  const licences = (group.assignedLicenses ?? []) as unknown[];
  if (licences.length > 0) scheduleGroupLicensing(scope, group.id);
}

export function scheduleGroupLicensing(scope: Scope, groupId: string): void {
  scope.schedule("graph.process-group-licenses", {
    delayMs: scope.behaviour.groupLicensingDelayMs,
    payload: { groupId },
  });
}

/** Who is in a role-assignable group gets its roles, so the membership needs the permission for roles. */
function requireRoleManagement(call: Call, group: GraphObject): void {
  const isAllowed = call.token?.roles.includes("RoleManagement.ReadWrite.Directory") === true;
  if (group.isAssignableToRole === true && !isAllowed) throw forbidden();
}

function refuseNesting(group: GraphObject, member: GraphObject): void {
  if (group.isAssignableToRole === true) {
    throw badRequest(
      "Nesting is currently not supported for groups that can be assigned to a role.",
    );
  }
  const isUnified = (candidate: GraphObject): boolean =>
    (candidate.groupTypes as string[]).includes("Unified");
  if (isUnified(group) || isUnified(member)) {
    throw badRequest(
      "Unsupported directory object type 'Group' for the membership of a Microsoft 365 group.",
    );
  }
}

/** PATCH with `members@odata.bind` says something else than POST to `$ref`. */
function missingReference(call: Call, id: string): Error {
  if (call.path.endsWith("/$ref")) return notFound(id);
  return badRequest(
    "The source resource object or one of the objects being referenced do not exist.",
  );
}

function alreadyThere(property: LinkKind): Error {
  return badRequest(
    `One or more added object references already exist for the following modified properties: '${property}'.`,
  );
}

function notLinked(property: LinkKind): Error {
  return new ServiceFailure(404, "Request_ResourceNotFound", {
    message: `One or more removed object references do not exist for the following modified properties: '${property}'.`,
  });
}
