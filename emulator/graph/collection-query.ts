/** Runs a query over stored objects: index where one helps, filter, order, pages. */
import { badRequest, notImplemented } from "./errors.ts";
import { collectionAnswer } from "./responses.ts";
import type { EntityDefinition } from "./definition.ts";
import { shapeObject } from "./shape.ts";
import type { Collection, Entry } from "../core/store.ts";
import { asIndexed, asSeen } from "../core/visibility.ts";
import type { Answer, Call, Scope } from "../core/workload.ts";
import type { GraphObject } from "./object.ts";
import { compare, equalities, matches, pathsOf } from "../odata/filter.ts";
import type { QueryOptions } from "../odata/query.ts";
import { navigationOf } from "../odata/schema.ts";
import { matchesSearch } from "../odata/search.ts";

export const DIRECTORY_PAGE = { size: 100, max: 999 };

export interface Found {
  definition: EntityDefinition;
  entry: Entry<GraphObject>;
}

export interface Page {
  items: Found[];
  /** Of all pages, when `$count` was asked. */
  count: number | undefined;
  nextLink: string | undefined;
}

/** One page of a collection of one type. */
export function queryCollection(
  call: Call,
  definition: EntityDefinition,
  query: QueryOptions,
): Page {
  const isPlain =
    !query.isEventual &&
    query.filter === undefined &&
    query.search === undefined &&
    query.orderBy.length === 0 &&
    !query.count;
  const size = query.top ?? DIRECTORY_PAGE.size;
  if (isPlain) {
    const afterSeq = readSkipToken(query.skipToken);
    const entries = call.store.list(definition.collection, { afterSeq, limit: size + 1 });
    const items = entries
      .slice(0, size)
      .map((entry) => asSeen(call, entry))
      .filter((entry) => entry !== undefined);
    const last = entries[size - 1];
    return {
      items: items.map((entry) => ({ definition, entry })),
      count: undefined,
      nextLink: entries.length > size && last !== undefined ? nextLink(call, last.seq) : undefined,
    };
  }
  return pageOf(
    call,
    candidates(call, definition, query).map((entry) => ({ definition, entry })),
    query,
  );
}

/** One page of objects found otherwise, for example the members of a group. */
export function pageOf(call: Call, found: Found[], query: QueryOptions): Page {
  const { filter, search } = query;
  const paths = [
    ...(filter === undefined ? [] : pathsOf(filter)),
    ...query.orderBy.map(({ path }) => path),
  ];
  const known = query.isEventual ? asIndexed : asSeen;
  const views = found
    .flatMap(({ definition, entry }) => {
      const version = known(call, entry);
      return version === undefined ? [] : [{ definition, entry: version }];
    })
    .map((item) => ({ item, view: withComputed(call, item, paths) }))
    .filter(({ view }) => filter === undefined || matches(filter, view))
    .filter(({ view }) => search === undefined || matchesSearch(search, view));
  for (const { path, isDescending } of query.orderBy.toReversed()) {
    views.sort((one, other) => (isDescending ? -1 : 1) * order(one.view[path], other.view[path]));
  }
  const start = readSkipToken(query.skipToken);
  const size = query.top ?? DIRECTORY_PAGE.size;
  return {
    items: views.slice(start, start + size).map(({ item }) => item),
    // The directory counts on the first page only.
    count: query.count && query.skipToken === undefined ? views.length : undefined,
    nextLink: start + size < views.length ? nextLink(call, start + size) : undefined,
  };
}

export function pageAnswer(
  call: Call,
  page: Page,
  options: { type: string; context: string; query: QueryOptions; withType?: boolean },
): Answer {
  const objects = page.items.map(({ definition, entry }) =>
    shapeObject(
      call,
      { definition, object: entry.object },
      {
        select: options.query.select,
        ...(options.withType === undefined ? {} : { withType: options.withType }),
      },
    ),
  );
  const selected = options.query.select;
  return collectionAnswer(call, objects, {
    type: options.type,
    context: selected === undefined ? options.context : `${options.context}(${selected.join(",")})`,
    annotations: {
      ...(page.count === undefined ? {} : { "@odata.count": page.count }),
      ...(page.nextLink === undefined ? {} : { "@odata.nextLink": page.nextLink }),
    },
  });
}

/** By an id in any casing: the ids of domains, say, are names. */
export function entryOfId(
  { store }: Scope,
  collection: Collection<GraphObject>,
  id: string,
): Entry<GraphObject> | undefined {
  return store.entry(collection, id) ?? store.entry(collection, id.toLowerCase());
}

function candidates(
  call: Call,
  definition: EntityDefinition,
  query: QueryOptions,
): Entry<GraphObject>[] {
  const { collection } = definition;
  for (const { path, values } of query.filter === undefined ? [] : equalities(query.filter)) {
    if (path === "id") {
      return values
        .map((id) => entryOfId(call, collection, id))
        .filter((entry) => entry !== undefined);
    }
    if (collection.keys[path] !== undefined && definition.computed?.[path] === undefined) {
      return values.flatMap((value) => call.store.find(collection, path, value));
    }
  }
  const live = call.store.list(collection);
  if (!query.isEventual || call.behaviour.indexDelayMs === 0) return live;
  return [...live, ...call.store.list(collection, { deleted: true })];
}

/** The object as a filter sees it: worked-out properties and related objects added where it names them. */
function withComputed(
  call: Call,
  { definition, entry }: Found,
  paths: readonly string[],
): Record<string, unknown> {
  const view: Record<string, unknown> = { ...entry.object };
  for (const name of paths.map((path) => path.split("/")[0] ?? "")) {
    const valueOf = definition.computed?.[name] ?? definition.related?.[name];
    if (valueOf !== undefined) view[name] = valueOf(call, entry.object);
    else if (navigationOf(definition.type, name) !== undefined) {
      throw notImplemented(`GET ${definition.path}?$filter=${name}`);
    }
  }
  return view;
}

function order(one: unknown, other: unknown): number {
  if (one === undefined || one === null) return other === undefined || other === null ? 0 : -1;
  if (other === undefined || other === null) return 1;
  return compare(one, other as string) ?? 0;
}

function nextLink(call: Call, position: number): string {
  const query = new URLSearchParams(call.query);
  query.set("$skiptoken", Buffer.from(String(position)).toString("base64url"));
  // The names of guests hold `#EXT#`.
  const path = encodeURI(call.path).replaceAll("#", "%23").replaceAll("?", "%3F");
  return `${call.origin}${call.prefix}${path}?${query.toString()}`;
}

function readSkipToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const position = Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(position) || position < 0)
    throw badRequest("The specified page token value is not valid.");
  return position;
}
