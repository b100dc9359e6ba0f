/** Relations between directory objects: members, owners, memberships, managers. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { noContent } from "../graph/responses.ts";
import type { Found } from "../graph/collection-query.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import type { Follow, Relations } from "../graph/expand.ts";
import { readReference } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { UNIT_MEMBERS, unitMembers } from "./administrative-unit-members.ts";
import { servicePrincipals, users } from "./collections.ts";
import { singleAnswer } from "./directory-objects.ts";
import { findDirectoryObject, findDirectoryObjects } from "./directory-types.ts";
import { groupDefinition } from "./group.ts";
import {
  addMembers,
  addOwners,
  MEMBERS,
  memberIds,
  OWNERS,
  removeMember,
  removeOwner,
} from "./group-links.ts";
import { memberObjectRoutes } from "./member-objects.ts";
import { deviceDefinition, registeredOwnersOf } from "./devices.ts";
import { administrativeUnitDefinition } from "./plain-collections.ts";
import { collectionRelation, referenceRoutes, type IdsOf } from "./relation-routes.ts";
import { ROLE_MEMBERS } from "./role-members.ts";
import { servicePrincipalDefinition } from "./service-principal.ts";
import { MANAGER, sponsors, sponsorsOf } from "./user-links.ts";
import { userDefinition } from "./user.ts";

const membersOf: IdsOf = (call, group) => memberIds(call, group.id);
/** v1.0 does not list service principals here. @see https://learn.microsoft.com/graph/api/group-list-owners (checked 2026-11) */
const ownersOf: IdsOf = (call, group) =>
  call.store
    .targets(OWNERS, group.id)
    .filter((id) => call.prefix === "/beta" || call.store.get(servicePrincipals, id) === undefined);
const memberOf: IdsOf = (call, member) => [
  ...call.store.sources(MEMBERS, member.id),
  ...call.store.sources(ROLE_MEMBERS, member.id),
  ...call.store.sources(UNIT_MEMBERS, member.id),
];
const unitMembersOf: IdsOf = (call, unit) => call.store.targets(UNIT_MEMBERS, unit.id);
const directReportsOf: IdsOf = (call, user) => call.store.sources(MANAGER, user.id);

/** Follows a relation to the end; each object once. */
function transitive(step: (call: Call, id: string) => string[]): IdsOf {
  return (call, object) => {
    const seen = new Set<string>();
    const open = step(call, object.id);
    for (let id = open.shift(); id !== undefined; id = open.shift()) {
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(...step(call, id));
    }
    return [...seen];
  };
}

const transitiveMembersOf = transitive((call, id) => memberIds(call, id));
const groupsAround = transitive((call, id) => call.store.sources(MEMBERS, id));
/** Groups through every level, with the roles and administrative units that they and the object itself are in. */
const transitiveMemberOf: IdsOf = (call, member) => {
  const groups = groupsAround(call, member);
  const holders = [member, ...groups.map((id) => ({ id }))];
  return [...new Set([...groups, ...holders.flatMap((holder) => memberOf(call, holder))])];
};

const refuseContained = (): never => {
  throw badRequest("Write requests are only supported on contained entities");
};

function managerOf(call: Call, user: GraphObject): Found | undefined {
  const [id] = call.store.targets(MANAGER, user.id);
  return id === undefined ? undefined : findDirectoryObject(call, id);
}

function setManager(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const found = findDirectoryObject(call, readReference(call));
  if (found === undefined) throw notFound(readReference(call));
  if (found.definition.type !== "user") throw badRequest("Only a user can be a manager.");
  const manager = found.entry.object;
  for (
    let id: string | undefined = manager.id;
    id !== undefined;
    [id] = call.store.targets(MANAGER, id)
  ) {
    if (id === user.id) throw badRequest("A loop in the chain of managers is not allowed.");
  }
  for (const old of call.store.targets(MANAGER, user.id)) call.store.unlink(MANAGER, user.id, old);
  call.store.link(MANAGER, user.id, manager.id);
  call.store.changes.record(users, user.id, ["manager"]);
  return noContent();
}

function removeManager(call: Call): Answer {
  const user = addressed(call, userDefinition);
  for (const old of call.store.targets(MANAGER, user.id)) call.store.unlink(MANAGER, user.id, old);
  call.store.changes.record(users, user.id, ["manager"]);
  return noContent();
}

const managerRoutes: Route[] = [
  {
    method: "GET",
    path: "/users/:id/manager",
    handle: (call) => {
      const manager = managerOf(call, addressed(call, userDefinition));
      if (manager === undefined) throw notFound("manager");
      return singleAnswer(call, manager);
    },
  },
  { method: "PUT", path: "/users/:id/manager/$ref", handle: setManager },
  { method: "DELETE", path: "/users/:id/manager/$ref", handle: removeManager },
];

export const relationRoutes: readonly Route[] = [
  ...managerRoutes,
  ...referenceRoutes(userDefinition, "sponsors", sponsors),
  ...referenceRoutes(groupDefinition, "members", { add: addMembers, remove: removeMember }),
  ...referenceRoutes(groupDefinition, "owners", { add: addOwners, remove: removeOwner }),
  ...referenceRoutes(administrativeUnitDefinition, "members", unitMembers),
  { method: "POST", path: "/groups/:id/members", handle: refuseContained },
  { method: "POST", path: "/groups/:id/owners", handle: refuseContained },
  ...memberObjectRoutes(userDefinition, transitiveMemberOf),
  ...memberObjectRoutes(groupDefinition, transitiveMemberOf),
  ...memberObjectRoutes(servicePrincipalDefinition, transitiveMemberOf),
  ...collectionRelation(userDefinition, "sponsors", sponsorsOf),
  ...collectionRelation(userDefinition, "memberOf", memberOf),
  ...collectionRelation(userDefinition, "transitiveMemberOf", transitiveMemberOf),
  ...collectionRelation(userDefinition, "directReports", directReportsOf),
  ...collectionRelation(administrativeUnitDefinition, "members", unitMembersOf),
  ...collectionRelation(deviceDefinition, "registeredOwners", registeredOwnersOf),
  ...collectionRelation(groupDefinition, "members", membersOf),
  ...collectionRelation(groupDefinition, "owners", ownersOf),
  ...collectionRelation(groupDefinition, "memberOf", memberOf),
  ...collectionRelation(groupDefinition, "transitiveMembers", transitiveMembersOf),
  ...collectionRelation(groupDefinition, "transitiveMemberOf", transitiveMemberOf),
];

/** `$expand` gives at most 20 related objects. */
const MAX_EXPANDED = 20;

function expandMany(idsOf: IdsOf): Follow {
  return (call, object, { select }) =>
    findDirectoryObjects(call, idsOf(call, object))
      .slice(0, MAX_EXPANDED)
      .map(({ definition, entry }) =>
        shapeObject(call, { definition, object: entry.object }, { select, withType: true }),
      );
}

const expandManager: Follow = (call, user, option) => {
  const found = managerOf(call, user);
  if (found === undefined) return undefined;
  const { definition, entry } = found;
  const { select, levels } = option;
  const shaped = shapeObject(
    call,
    { definition, object: entry.object },
    { select, withType: true },
  );
  const above =
    levels > 1 ? expandManager(call, entry.object, { ...option, levels: levels - 1 }) : undefined;
  return above === undefined ? shaped : { ...shaped, manager: above };
};

export const userRelations: Relations = {
  manager: expandManager,
  directReports: expandMany(directReportsOf),
  memberOf: expandMany(memberOf),
};

export const groupRelations: Relations = {
  members: expandMany(membersOf),
  owners: expandMany(ownersOf),
  memberOf: expandMany(memberOf),
};
