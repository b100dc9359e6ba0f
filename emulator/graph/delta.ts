/**
 * Delta queries: what changed since a token. An object whose relations do not fit comes again on the next page, with
 * more of them.
 * @see https://learn.microsoft.com/graph/delta-query-overview, delta-query-groups (checked 2026-11-28)
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Change } from "../core/change-log.ts";
import type { Entry } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import type { FilterExpression } from "../odata/filter-parser.ts";
import { readQuery } from "../odata/query.ts";
import { collectionAnswer } from "./responses.ts";
import type { EntityDefinition } from "./definition.ts";
import { contextOf } from "./entity.ts";
import { badRequest } from "./errors.ts";
import type { GraphObject } from "./object.ts";
import { shapeObject } from "./shape.ts";

const DAY_MS = 86_400_000;
/** How long a directory token is good. */
const TOKEN_DAYS = 7;
const PAGE_SIZE = 200;
/** Related objects in one answer. */
const RELATED_PER_PAGE = 1000;
const TOKEN_OPTIONS = ["$deltatoken", "$skiptoken"] as const;

/** Where a round of changes stands. */
interface DeltaToken {
  /** `all`: the first round, through every object; `changes`: a later one, through what changed. */
  round: "all" | "changes";
  /** Position within the round: of the object, or of the change. */
  position: number;
  /** In the first round the change that the next one starts after; later the one that this round started after. */
  next: number;
  issuedMs: number;
  /** How many related objects of the one after `position` were given. */
  part: number;
}

/** An object, or what is left of it, with the position that the next page goes on from. */
interface Item {
  position: number;
  id: string;
  entry: Entry<GraphObject> | undefined;
}

/** Changes of one relation of an object, what stands under `members@delta`; `since` undefined = all that are there. */
export type RelatedChanges = (
  call: Call,
  object: GraphObject,
  since: number | undefined,
) => Record<string, unknown>[];

/** By navigation property. */
export type TrackedRelations = Readonly<Record<string, RelatedChanges>>;

/** What a round of changes is asked about. */
interface Tracking {
  definition: EntityDefinition;
  relations: TrackedRelations;
  select: readonly string[] | undefined;
  /** `$filter=id eq '…'`; every object when undefined. */
  ids: ReadonlySet<string> | undefined;
}

export function deltaOperation(
  definition: EntityDefinition,
  relations: TrackedRelations = {},
): Route {
  return {
    method: "GET",
    path: `${definition.path}/delta`,
    handle: (call) => answerDelta(call, definition, relations),
  };
}

function answerDelta(
  call: Call,
  definition: EntityDefinition,
  relations: TrackedRelations,
): Answer {
  for (const option of call.query.keys()) {
    if (/^\$?(?:expand|top|orderby|search)$/i.test(option))
      throw badRequest(`The query parameter '${option}' is not supported for delta queries.`);
  }
  const token = readToken(call);
  if (token === "latest") {
    const last = call.store.changes.last();
    return answer(call, definition, {
      values: [],
      link: "deltaLink",
      token: startOfChanges(call, last),
    });
  }
  const { select, filter } = readQuery(call, {
    type: definition.type,
    isDirectoryObject: false,
    maxPageSize: PAGE_SIZE,
  });
  const ids = filter === undefined ? undefined : new Set(idsOf(filter));
  const tracking: Tracking = { definition, relations, select, ids };
  return token.round === "all" ? everything(call, tracking, token) : changed(call, tracking, token);
}

function everything(call: Call, tracking: Tracking, token: DeltaToken): Answer {
  const { definition, ids } = tracking;
  const entries = call.store.list(definition.collection, {
    afterSeq: token.position,
    limit: PAGE_SIZE + 1,
  });
  const items = entries
    .slice(0, PAGE_SIZE)
    .map((entry) => ({ position: entry.seq, id: entry.object.id, entry }));
  const page = fill(call, tracking, {
    items: items.filter(({ id }) => ids?.has(id) !== false),
    since: undefined,
    token,
  });
  const position = page.isCut ? page.position : (items.at(-1)?.position ?? token.position);
  const hasMore = page.isCut || entries.length > items.length;
  return answer(call, definition, {
    values: page.values,
    link: hasMore ? "nextLink" : "deltaLink",
    token: hasMore ? { ...token, position, part: page.part } : startOfChanges(call, token.next),
  });
}

function changed(call: Call, tracking: Tracking, token: DeltaToken): Answer {
  const { definition, ids } = tracking;
  const changes = call.store.changes.after(definition.collection, token.position);
  const some = changes.slice(0, PAGE_SIZE);
  const page = fill(call, tracking, {
    items: some
      .filter((change) => ids?.has(change.id) !== false && isTracked(tracking, change))
      .map(({ id, seq }) => ({
        position: seq,
        id,
        entry: call.store.entry(definition.collection, id),
      })),
    since: token.next,
    token,
  });
  const position = page.isCut ? page.position : (some.at(-1)?.seq ?? token.position);
  const hasMore = page.isCut || changes.length > some.length;
  return answer(call, definition, {
    values: page.values,
    link: hasMore ? "nextLink" : "deltaLink",
    token: hasMore ? { ...token, position, part: page.part } : startOfChanges(call, position),
  });
}

/** As many as fit, the last one perhaps in part. */
function fill(
  call: Call,
  tracking: Tracking,
  { items, since, token }: { items: readonly Item[]; since: number | undefined; token: DeltaToken },
): { values: Record<string, unknown>[]; isCut: boolean; position: number; part: number } {
  const values: Record<string, unknown>[] = [];
  let { position, part } = token;
  let room = RELATED_PER_PAGE;
  for (const item of items) {
    if (item.entry === undefined) {
      values.push(removed(call, tracking.definition, item.id));
    } else {
      const related = relatedTo(call, tracking, { entry: item.entry, since });
      const rest = related.slice(part);
      const given = rest.slice(0, room);
      values.push(represent(call, tracking, { object: item.entry.object, related: given }));
      if (given.length < rest.length) {
        return { values, isCut: true, position, part: part + given.length };
      }
      room -= given.length;
    }
    position = item.position;
    part = 0;
  }
  return { values, isCut: false, position, part: 0 };
}

/** The service omits objects without a change in a tracked property. */
function isTracked({ definition, select }: Tracking, { properties }: Change): boolean {
  if (select === undefined || properties === undefined) return true;
  return select.some((name) => properties.has(name) || definition.computed?.[name] !== undefined);
}

type Related = readonly [relation: string, change: Record<string, unknown>];

function relatedTo(
  call: Call,
  { relations, select }: Tracking,
  { entry, since }: { entry: Entry<GraphObject>; since: number | undefined },
): Related[] {
  return Object.entries(relations)
    .filter(([name]) => select === undefined || select.includes(name))
    .flatMap(([name, changesOf]) =>
      changesOf(call, entry.object, since).map((change) => [name, change] as const),
    );
}

function represent(
  call: Call,
  { definition, select }: Tracking,
  { object, related }: { object: GraphObject; related: readonly Related[] },
): Record<string, unknown> {
  const annotations: Record<string, Record<string, unknown>[]> = {};
  for (const [name, change] of related) (annotations[`${name}@delta`] ??= []).push(change);
  return {
    ...shapeObject(call, { definition, object }, { select }),
    id: object.id,
    ...annotations,
  };
}

/** @throws ServiceFailure for any other filter: objects can be tracked by id only */
function idsOf(filter: FilterExpression): string[] {
  if (filter.kind === "or") return [...idsOf(filter.left), ...idsOf(filter.right)];
  const { kind } = filter;
  if (kind === "compare" && filter.path === "id" && filter.operator === "eq")
    return [String(filter.value).toLowerCase()];
  if (kind === "in" && filter.path === "id")
    return filter.values.map((value) => String(value).toLowerCase());
  throw badRequest("Only filters by 'id' are supported for delta queries.");
}

/** `changed` = in the bin, `deleted` = gone for good. */
function removed(call: Call, definition: EntityDefinition, id: string): Record<string, unknown> {
  const isInBin = call.store.deleted(definition.collection, id) !== undefined;
  return { id, "@removed": { reason: isInBin ? "changed" : "deleted" } };
}

function startOfChanges(call: Call, position: number): DeltaToken {
  return { round: "changes", position, next: position, issuedMs: call.nowMs, part: 0 };
}

function readToken(call: Call): DeltaToken | "latest" {
  const given =
    TOKEN_OPTIONS.map((name) => call.query.get(name)).find((value) => value !== null) ?? "";
  if (given === "latest") return "latest";
  if (given === "") {
    const next = call.store.changes.last();
    return { round: "all", position: 0, next, issuedMs: call.nowMs, part: 0 };
  }
  const token = parseToken(given);
  const isForeign = token.next > call.store.changes.last();
  if (isForeign || token.issuedMs + TOKEN_DAYS * DAY_MS < call.nowMs) {
    throw new ServiceFailure(410, "syncStateNotFound", {
      message:
        "The sync state generation is not found; the delta token has expired. A full resync is required.",
      headers: { location: `${call.origin}${call.prefix}${call.path}?${startAgain(call)}` },
    });
  }
  return token;
}

/** The query of the first request, with an empty token. */
function startAgain(call: Call): string {
  const query = new URLSearchParams(call.query);
  for (const name of TOKEN_OPTIONS) query.delete(name);
  query.set("$deltatoken", "");
  return query.toString();
}

function parseToken(text: string): DeltaToken {
  const [round, ...texts] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  const numbers = texts.map(Number);
  if (
    (round !== "all" && round !== "changes") ||
    numbers.length !== 4 ||
    numbers.some((number) => !Number.isInteger(number))
  ) {
    throw badRequest("Badly formed token.");
  }
  const [position = 0, next = 0, issuedMs = 0, part = 0] = numbers;
  return { round, position, next, issuedMs, part };
}

function answer(
  call: Call,
  definition: EntityDefinition,
  page: { values: Record<string, unknown>[]; link: "nextLink" | "deltaLink"; token: DeltaToken },
): Answer {
  const { round, position, next, issuedMs, part } = page.token;
  const query = new URLSearchParams(call.query);
  for (const name of TOKEN_OPTIONS) query.delete(name);
  const text = Buffer.from([round, position, next, issuedMs, part].join(" ")).toString("base64url");
  query.set(page.link === "nextLink" ? "$skiptoken" : "$deltatoken", text);
  return collectionAnswer(call, page.values, {
    type: definition.type,
    context: contextOf(definition),
    annotations: {
      [`@odata.${page.link}`]: `${call.origin}${call.prefix}${call.path}?${query.toString()}`,
    },
  });
}
