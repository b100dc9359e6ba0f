/** Relations between directory objects: members, owners, memberships, managers. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { countAnswer, noContent } from "../graph/answers.ts";
import { pageAnswer, pageOf, type Found } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest, notFound } from "../graph/errors.ts";
import type { Follow, Relations } from "../graph/expand.ts";
import { readReference } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { readQuery } from "../odata/query.ts";
import { users } from "./collections.ts";
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
import { ROLE_MEMBERS } from "./role-members.ts";
import { MANAGER } from "./user-links.ts";
import { userDefinition } from "./user.ts";

type IdsOf = (call: Call, object: GraphObject) => string[];

const membersOf: IdsOf = (call, group) => memberIds(call, group.id);
const ownersOf: IdsOf = (call, group) => call.store.targets(OWNERS, group.id);
const memberOf: IdsOf = (call, member) => [
  ...call.store.sources(MEMBERS, member.id),
  ...call.store.sources(ROLE_MEMBERS, member.id),
];
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
const transitiveMemberOf = transitive((call, id) => call.store.sources(MEMBERS, id));

/** `GET …/members`, `…/members/$count`, `…/members/microsoft.graph.user` and `…/members/{id}`. */
function collectionRelation(definition: EntityDefinition, name: string, idsOf: IdsOf): Route[] {
  const path = `${definition.path}/:id/${name}`;
  const find = (call: Call, cast?: string): Found[] => {
    const found = findDirectoryObjects(call, idsOf(call, addressed(call, definition)));
    return cast === undefined ? found : found.filter((item) => item.definition.type === cast);
  };
  const answer = (call: Call, cast?: string): Answer => {
    const type = cast ?? "directoryObject";
    const query = readQuery(call, { type, isDirectoryObject: true, maxPageSize: 999 });
    const page = pageOf(call, find(call, cast), query);
    return pageAnswer(call, page, {
      type,
      context: cast === undefined ? "directoryObjects" : `${cast}s`,
      query,
      withType: true,
    });
  };
  const routes: Route[] = [
    { method: "GET", path, handle: (call) => answer(call) },
    { method: "GET", path: `${path}/$count`, handle: (call) => count(call, find(call).length) },
    {
      method: "GET",
      path: `${path}/:otherId`,
      handle: (call) => {
        const otherId = call.params.otherId ?? "";
        const found = find(call).find((item) => item.entry.object.id === otherId);
        if (found === undefined) throw notFound(otherId);
        return singleAnswer(call, found);
      },
    },
  ];
  const casts: Route[] = ["user", "group", "servicePrincipal", "directoryRole"].map((cast) => ({
    method: "GET",
    path: `${path}/microsoft.graph.${cast}`,
    handle: (call) => answer(call, cast),
  }));
  return [...casts, ...routes];
}

function count(call: Call, value: number): Answer {
  if (call.headers.get("consistencylevel")?.toLowerCase() !== "eventual") {
    throw badRequest("$count is not currently supported.");
  }
  return countAnswer(value);
}

function groupReferences(): Route[] {
  const group = (call: Call): GraphObject => addressed(call, groupDefinition);
  const refuseContained = (): never => {
    throw badRequest("Write requests are only supported on contained entities");
  };
  return [
    {
      method: "POST",
      path: "/groups/:id/members/$ref",
      handle: (call) => {
        addMembers(call, group(call), [readReference(call)]);
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: "/groups/:id/members/:otherId/$ref",
      handle: (call) => {
        removeMember(call, group(call), call.params.otherId ?? "");
        return noContent();
      },
    },
    {
      method: "POST",
      path: "/groups/:id/owners/$ref",
      handle: (call) => {
        addOwners(call, group(call), [readReference(call)]);
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: "/groups/:id/owners/:otherId/$ref",
      handle: (call) => {
        removeOwner(call, group(call), call.params.otherId ?? "");
        return noContent();
      },
    },
    { method: "POST", path: "/groups/:id/members", handle: refuseContained },
    { method: "POST", path: "/groups/:id/owners", handle: refuseContained },
  ];
}

function managerOf(call: Call, user: GraphObject): Found | undefined {
  const [id] = call.store.targets(MANAGER, user.id);
  return id === undefined ? undefined : findDirectoryObject(call, id);
}

function setManager(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const manager = findDirectoryObject(call, readReference(call))?.entry.object;
  if (manager === undefined) throw notFound(readReference(call));
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
  ...groupReferences(),
  ...collectionRelation(userDefinition, "memberOf", memberOf),
  ...collectionRelation(userDefinition, "transitiveMemberOf", transitiveMemberOf),
  ...collectionRelation(userDefinition, "directReports", directReportsOf),
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
