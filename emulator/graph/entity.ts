/** The operations that every kind of Graph object shares, made from its definition. */
import { asSeen, isVisible } from "../core/visibility.ts";
import { toTimestamp } from "../core/clock.ts";
import type { Collection, Entry } from "../core/store.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import type { GraphObject } from "./object.ts";
import { readQuery, type QueryOptions } from "../odata/query.ts";
import { hasOperation, navigationOf, propertyOf } from "../odata/schema.ts";
import { actualType } from "../odata/validate.ts";
import { countAnswer, entityAnswer, noContent } from "./responses.ts";
import { DIRECTORY_PAGE, entryOfId, pageAnswer, queryCollection } from "./collection-query.ts";
import type { EntityDefinition } from "./definition.ts";
import { badRequest, notFound, notImplemented, unsupportedQuery } from "./errors.ts";
import { expand, type Relations } from "./expand.ts";
import { readEntity, type EntityInput } from "./input.ts";
import { asStored } from "./path.ts";
import { shapeObject } from "./shape.ts";

const DAY_MS = 86_400_000;
/** How long a deleted object can be restored. */
const RESTORE_DAYS = 30;

/** List, count, get, create, update and delete, as far as the definition allows them. */
export function entityOperations(definition: EntityDefinition, relations: Relations = {}): Route[] {
  const { path, methods } = definition;
  const routes: Route[] = [];
  if (methods.includes("list")) {
    routes.push(
      { method: "GET", path, handle: (call) => list(call, definition, relations) },
      { method: "GET", path: `${path}/$count`, handle: (call) => count(call, definition) },
    );
  }
  if (methods.includes("create")) {
    routes.push({ method: "POST", path, handle: (call) => create(call, definition, {}) });
  }
  if (methods.includes("get")) {
    routes.push({
      method: "GET",
      path: `${path}/:id`,
      handle: (call) => get(call, definition, relations),
    });
  }
  if (methods.includes("update")) {
    routes.push({
      method: "PATCH",
      path: `${path}/:id`,
      handle: (call) => update(call, definition),
    });
  }
  if (methods.includes("delete")) {
    routes.push({
      method: "DELETE",
      path: `${path}/:id`,
      handle: (call) => remove(call, definition),
    });
  }
  return routes;
}

/** The object that the path's `:id` names, by id, alias or alternate key; 404 when this replica does not know it. */
export function addressed(
  call: Call,
  definition: EntityDefinition,
  text = call.params.id ?? "",
): GraphObject {
  return addressedEntry(call, definition, text).object;
}

function addressedEntry(
  call: Call,
  definition: EntityDefinition,
  text: string,
): Entry<GraphObject> {
  const entry = findAddressed(call, definition, text);
  if (entry !== undefined) return entry;
  // `/applications/validateProperties`: what stands in the place of an id may be an operation of the collection.
  throw hasOperation(definition.type, text)
    ? notImplemented(`${call.method} ${call.prefix}${call.path}`)
    : notFound(text);
}

export function queryOf(call: Call, definition: EntityDefinition): QueryOptions {
  return readQuery(call, {
    type: definition.type,
    isDirectoryObject: definition.isDirectoryObject === true,
    maxPageSize: DIRECTORY_PAGE.max,
  });
}

function findAddressed(
  call: Call,
  definition: EntityDefinition,
  text: string,
): Entry<GraphObject> | undefined {
  const [, id] = /^id='(.*)'$/i.exec(text) ?? [];
  if (id !== undefined) return findAddressed(call, definition, asStored(id));
  const key = alternateKey(definition, text);
  const { store } = call;
  if (key !== undefined) {
    return store
      .find(definition.collection, key.name, key.value)
      .find((entry) => isVisible(call, entry));
  }
  const byId = entryOfId(call, definition.collection, text);
  if (byId !== undefined) return isVisible(call, byId) ? byId : undefined;
  return (definition.idAliases ?? [])
    .flatMap((alias) => store.find(definition.collection, alias, text))
    .find((entry) => isVisible(call, entry));
}

/** `uniqueName='finance'` of the path `/groups(uniqueName='finance')`; roles also have it without the quotes. */
function alternateKey(
  definition: EntityDefinition,
  text: string,
): { name: string; value: string } | undefined {
  const [, given, quoted, plain] = /^(\w+)=(?:'(.*)'|([^']*))$/.exec(text) ?? [];
  const value = quoted?.replaceAll("''", "'") ?? plain;
  if (given === undefined || value === undefined) return undefined;
  const name = definition.alternateKeys?.find((key) => key.toLowerCase() === given.toLowerCase());
  if (name !== undefined) return { name, value };
  if (quoted === undefined) return undefined;
  throw badRequest(
    `The property '${given}' is not an alternate key of 'microsoft.graph.${definition.type}'.`,
  );
}

/** The alternate key of `PATCH … Prefer: create-if-missing`, where the definition has that. */
function upsertKeyOf(
  call: Call,
  definition: EntityDefinition,
  text: string,
): { name: string; value: string } | undefined {
  const key = alternateKey(definition, text);
  const mayCreate =
    call.headers.get("prefer")?.toLowerCase().includes("create-if-missing") === true;
  return mayCreate && key?.name === definition.upsertKey ? key : undefined;
}

function list(call: Call, definition: EntityDefinition, relations: Relations): Answer {
  const query = queryOf(call, definition);
  definition.selecting?.(call, { select: query.select ?? [], key: undefined });
  const page = queryCollection(call, definition, query);
  const answer = pageAnswer(call, page, {
    type: definition.type,
    context: contextOf(definition),
    query,
  });
  return expand(call, {
    definition,
    answer,
    query,
    relations,
    objects: page.items.map(({ entry }) => entry.object),
  });
}

function count(call: Call, definition: EntityDefinition): Answer {
  if (
    definition.isDirectoryObject === true &&
    call.headers.get("consistencylevel")?.toLowerCase() !== "eventual"
  ) {
    throw badRequest("$count is not currently supported.");
  }
  const query = { ...queryOf(withCount(call), definition), count: true };
  return countAnswer(queryCollection(call, definition, query).count ?? 0);
}

/** What `/$count` counts: all of what the query asks for. */
export function withCount(call: Call): Call {
  const query = new URLSearchParams(call.query);
  query.set("$count", "true");
  return { ...call, query };
}

function get(call: Call, definition: EntityDefinition, relations: Relations): Answer {
  const query = queryOf(call, definition);
  if (query.filter !== undefined || query.search !== undefined) {
    throw unsupportedQuery(
      "Query parameters $filter and $search are not supported for a single object.",
    );
  }
  const { id: key = "" } = call.params;
  definition.selecting?.(call, { select: query.select ?? [], key });
  const entry = addressedEntry(call, definition, key);
  // Reads may be behind; writes go to the one place that knows.
  const { object } = asSeen(call, entry) ?? entry;
  const shaped = shapeObject(
    call,
    { definition, object },
    { select: query.select, isSingle: true },
  );
  const context =
    query.select === undefined
      ? contextOf(definition)
      : `${contextOf(definition)}(${query.select.join(",")})`;
  const answer = entityAnswer(call, shaped, { type: definition.type, context });
  return expand(call, { definition, answer, query, relations, objects: [object] });
}

function create(call: Call, definition: EntityDefinition, given: Record<string, unknown>): Answer {
  const input = readInput(call, definition);
  const properties = Object.fromEntries(
    Object.entries(input.properties).filter(([, value]) => value !== null),
  );
  const bare: GraphObject = { ...properties, ...given, id: call.newId() };
  const object = definition.create?.(call, bare, input) ?? bare;
  const createdMs = definition.isReadableAtOnce === true ? 0 : call.nowMs;
  call.store.insert(definition.collection, object, createdMs);
  definition.created?.(call, object, input);
  const stored = call.store.get(definition.collection, object.id) ?? object;
  const location = `${call.origin}${call.prefix}${definition.path}/${object.id}`;
  if (prefers(call, "minimal")) {
    const applied = { "preference-applied": "return=minimal" };
    return { status: 204, headers: { location, "odata-entityid": location, ...applied } };
  }
  return entityAnswer(call, shapeObject(call, { definition, object: stored }, { isSingle: true }), {
    type: definition.type,
    context: contextOf(definition),
    status: 201,
    headers: { location },
  });
}

/** @see https://docs.oasis-open.org/odata/odata/v4.01 (checked 2026-11), 8.2.8.7 */
function prefers(call: Call, content: "minimal" | "representation"): boolean {
  const prefer = (call.headers.get("prefer") ?? "").toLowerCase().replaceAll(" ", "");
  return prefer.split(",").includes(`return=${content}`);
}

function update(call: Call, definition: EntityDefinition): Answer {
  const text = call.params.id ?? "";
  const key = upsertKeyOf(call, definition, text);
  // Asked for twice it happens once, also where the replicas do not know the new object yet.
  const before =
    key === undefined
      ? findAddressed(call, definition, text)?.object
      : call.store.find(definition.collection, key.name, key.value)[0]?.object;
  if (before === undefined) {
    if (key === undefined) throw notFound(text);
    return create(call, definition, { [key.name]: key.value });
  }
  const input = readInput(call, definition, before);
  refuseImmutable(before, input.properties, definition.immutable ?? []);
  const bare = {
    ...before,
    ...withoutNullCollections(definition, input.properties),
    id: before.id,
  };
  const after = definition.update?.(call, { before, after: bare, input }) ?? bare;
  call.store.replace(definition.collection, after);
  definition.updated?.(call, { before, after, input });
  if (!prefers(call, "representation")) return noContent();
  return entityAnswer(call, shapeObject(call, { definition, object: after }, { isSingle: true }), {
    type: definition.type,
    context: contextOf(definition),
    headers: { "preference-applied": "return=representation" },
  });
}

function remove(call: Call, definition: EntityDefinition): Answer {
  const object = addressed(call, definition);
  definition.remove?.(call, object);
  if (definition.isSoftDeleted === true) {
    softDeleteObject(call, definition.collection, object);
  } else {
    call.store.remove(definition.collection, object.id);
  }
  definition.removed?.(call, object);
  return noContent();
}

/** Puts a directory object into deletedItems for 30 days; telling the others is the caller's part. */
export function softDeleteObject(
  scope: Scope,
  collection: Collection<GraphObject>,
  object: GraphObject,
): void {
  scope.store.replace(collection, { ...object, deletedDateTime: toTimestamp(scope.nowMs) });
  scope.store.softDelete(collection, object.id, scope.nowMs);
  scope.schedule("graph.purge", {
    delayMs: RESTORE_DAYS * DAY_MS,
    payload: { id: object.id, deletedMs: scope.nowMs },
  });
}

/** What stands after `$metadata#`. */
export function contextOf(definition: EntityDefinition): string {
  return definition.path.slice(1);
}

/** The body without the read-only properties that clients send empty, and refused where it says more than can be kept. */
function readInput(call: Call, definition: EntityDefinition, before?: GraphObject): EntityInput {
  const { properties, references } = readEntity(
    call,
    before === undefined ? definition.type : actualType(before, definition.type),
  );
  // Clients that send the whole object send its id along.
  if (String(properties.id).toLowerCase() === before?.id.toLowerCase()) delete properties.id;
  const { readOnly = [], bindings = [] } = definition;
  const relation = [
    ...Object.keys(references).filter((name) => !bindings.includes(name)),
    ...(definition.isDirectoryObject === true ? relationsIn(properties, definition.type) : []),
  ][0];
  if (relation !== undefined) {
    throw notImplemented(`${call.method} ${definition.path} with ${relation}`);
  }
  refuseReadOnly(properties, readOnly);
  const writable = Object.entries(properties).filter(([name]) => !readOnly.includes(name));
  return { properties: Object.fromEntries(writable), references };
}

/** Relations written as whole objects instead of references. */
function relationsIn(properties: Record<string, unknown>, type: string): string[] {
  return Object.keys(properties).filter(
    (name) => navigationOf(type, name) !== undefined && !isEmpty(properties[name]),
  );
}

function refuseReadOnly(properties: Record<string, unknown>, readOnly: readonly string[]): void {
  const name = readOnly.find(
    (candidate) => properties[candidate] !== undefined && !isEmpty(properties[candidate]),
  );
  if (name !== undefined) {
    throw badRequest(`Property '${name}' is read-only and cannot be set.`, [
      {
        code: "InvalidValue",
        target: name,
        message: `Property '${name}' is read-only and cannot be set.`,
      },
    ]);
  }
}

function refuseImmutable(
  before: GraphObject,
  properties: Record<string, unknown>,
  immutable: readonly string[],
): void {
  const name = immutable.find(
    (candidate) =>
      properties[candidate] !== undefined &&
      JSON.stringify(properties[candidate] ?? null) !== JSON.stringify(before[candidate] ?? null),
  );
  if (name !== undefined) {
    throw badRequest(`Property '${name}' cannot be changed after creation.`, [
      {
        code: "InvalidValue",
        target: name,
        message: `Property '${name}' cannot be changed after creation.`,
      },
    ]);
  }
}

/** Clients that send every property send null or nothing for those that they leave alone. */
function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function withoutNullCollections(
  definition: EntityDefinition,
  properties: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      value === null && propertyOf(definition.type, name)?.isCollection === true ? [] : value,
    ]),
  );
}
