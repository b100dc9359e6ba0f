/** Directory objects whose kind the caller does not know, and the bin of deleted ones. */
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer, countAnswer, entityAnswer, noContent } from "../graph/responses.ts";
import { pageAnswer, pageOf, type Found, type Page } from "../graph/collection-query.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { forbidden, notFound } from "../graph/errors.ts";
import { readParameters } from "../graph/input.ts";
import { shapeObject } from "../graph/shape.ts";
import { queryOf, withCount } from "../graph/entity.ts";
import { readQuery, type QueryOptions } from "../odata/query.ts";
import type { Entry } from "../core/store.ts";
import type { GraphObject } from "../graph/object.ts";
import { directoryTypes, findDirectoryObject, findDirectoryObjects } from "./directory-types.ts";
import { checkGroup } from "./group.ts";
import { checkUser } from "./user.ts";

const restorable: Record<string, ((scope: Scope, object: GraphObject) => void) | undefined> = {
  user: checkUser,
  group: checkGroup,
};

export const directoryObjectRoutes: readonly Route[] = [
  { method: "GET", path: "/directoryObjects/:id", handle: getObject },
  ...["/directoryObjects", ...directoryTypes.map(({ path }) => path)].map((path): Route => ({
    method: "POST",
    path: `${path}/getByIds`,
    handle: getByIds,
  })),
  ...directoryTypes
    .filter((definition) => definition.isSoftDeleted === true)
    .map((definition): Route => ({
      method: "GET",
      path: `/directory/deletedItems/microsoft.graph.${definition.type}`,
      handle: (call) => listDeleted(call, definition),
    })),
  ...directoryTypes
    .filter((definition) => definition.isSoftDeleted === true)
    .map((definition): Route => ({
      method: "GET",
      path: `/directory/deletedItems/microsoft.graph.${definition.type}/$count`,
      handle: (call) => countAnswer(pageOfDeleted(withCount(call), definition).page.count ?? 0),
    })),
  { method: "GET", path: "/directory/deletedItems/:id", handle: getDeleted },
  { method: "POST", path: "/directory/deletedItems/:id/restore", handle: restore },
  { method: "DELETE", path: "/directory/deletedItems/:id", handle: purge },
];

export const directoryObjectJobs = {
  "graph.purge": (scope: Scope, payload: Record<string, unknown>) => {
    const id = String(payload.id);
    for (const definition of directoryTypes) {
      const entry = scope.store.deleted(definition.collection, id);
      // An object that was restored and deleted again has a newer purge of its own.
      if (entry?.deletedMs !== payload.deletedMs) continue;
      scope.store.remove(definition.collection, id);
      if (definition.type === "user" || definition.type === "group")
        scope.emit(`${definition.type}.purged`, { id });
    }
  },
};

function getObject(call: Call): Answer {
  const id = call.params.id ?? "";
  const found = findDirectoryObject(call, id);
  if (found === undefined) throw notFound(id);
  return singleAnswer(call, found);
}

/** One directory object of whatever type, with its type in the answer. */
export function singleAnswer(call: Call, found: Found): Answer {
  const { definition, entry } = found;
  const query = readQuery(call, {
    type: definition.type,
    isDirectoryObject: true,
    maxPageSize: 999,
  });
  const shaped = shapeObject(
    call,
    { definition, object: entry.object },
    { select: query.select, isSingle: true, withType: true },
  );
  return entityAnswer(call, shaped, { type: definition.type, context: "directoryObjects" });
}

function getByIds(call: Call): Answer {
  const body = readParameters(call, { type: "Collection(directoryObject)", action: "getByIds" });
  const types = (body.types ?? []) as string[];
  const found = findDirectoryObjects(call, body.ids as string[]).filter(
    ({ definition }) =>
      types.length === 0 || types.includes(definition.type) || types.includes("directoryObject"),
  );
  const objects = found.map(({ definition, entry }) =>
    shapeObject(call, { definition, object: entry.object }, { withType: true }),
  );
  return collectionAnswer(call, objects, { type: "directoryObject", context: "directoryObjects" });
}

function listDeleted(call: Call, definition: EntityDefinition): Answer {
  const { page, query } = pageOfDeleted(call, definition);
  return pageAnswer(call, page, {
    type: definition.type,
    context: "directoryObjects",
    query,
    withType: true,
  });
}

function pageOfDeleted(
  call: Call,
  definition: EntityDefinition,
): { page: Page; query: QueryOptions } {
  const query = queryOf(call, definition);
  const found = call.store
    .list(definition.collection, { deleted: true })
    .map((entry) => (query.isEventual ? asNewInBin(entry) : entry))
    .map((entry) => ({ definition: withDeletedTime(definition), entry }));
  return { page: pageOf(call, found, query), query };
}

/** To the index of the bin an object is new when it is deleted. */
function asNewInBin(entry: Entry<GraphObject>): Entry<GraphObject> {
  return { ...entry, createdMs: entry.deletedMs ?? entry.createdMs, deletedMs: undefined };
}

function withDeletedTime(definition: EntityDefinition): EntityDefinition {
  const { defaultProperties } = definition;
  if (defaultProperties === undefined || defaultProperties.includes("deletedDateTime"))
    return definition;
  return { ...definition, defaultProperties: [...defaultProperties, "deletedDateTime"] };
}

function findDeleted(call: Call): { definition: EntityDefinition; entry: Entry<GraphObject> } {
  const id = call.params.id ?? "";
  for (const definition of directoryTypes) {
    const entry = call.store.deleted(definition.collection, id);
    if (entry !== undefined) return { definition, entry };
  }
  throw notFound(id);
}

function getDeleted(call: Call): Answer {
  const { definition, entry } = findDeleted(call);
  const { select } = readQuery(call, {
    type: definition.type,
    isDirectoryObject: true,
    maxPageSize: 999,
  });
  const shaped = shapeObject(
    call,
    { definition: withDeletedTime(definition), object: entry.object },
    { select, withType: true, isSingle: true },
  );
  return entityAnswer(call, shaped, { type: definition.type, context: "directoryObjects" });
}

function restore(call: Call): Answer {
  const { definition, entry } = findDeleted(call);
  const object = { ...entry.object, deletedDateTime: null };
  restorable[definition.type]?.(call, object);
  call.store.restore(definition.collection, object.id);
  call.store.replace(definition.collection, object);
  if (definition.type === "user" || definition.type === "group") {
    call.emit(`${definition.type}.restored`, { id: object.id });
  }
  const shaped = shapeObject(call, { definition, object }, { withType: true });
  return entityAnswer(call, shaped, { type: definition.type, context: "directoryObjects" });
}

/** Purging users and groups is documented for delegated permissions only. */
function purge(call: Call): Answer {
  const { definition, entry } = findDeleted(call);
  if (definition.type === "user" || definition.type === "group") throw forbidden();
  call.store.remove(definition.collection, entry.object.id);
  return noContent();
}
