/**
 * Delta queries: what changed since a token.
 * @see https://learn.microsoft.com/graph/delta-query-overview (checked 2026-11)
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
const TOKEN_OPTIONS = ["$deltatoken", "$skiptoken"] as const;

/** Where a round of changes stands. */
interface DeltaToken {
  /** `all`: the first round, through every object; `changes`: a later one, through what changed. */
  round: "all" | "changes";
  /** Position within the round: of the object, or of the change. */
  position: number;
  /** The change that the next round starts after. */
  next: number;
  issuedMs: number;
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
  const page = entries.slice(0, PAGE_SIZE);
  const hasMore = entries.length > page.length;
  const position = page.at(-1)?.seq ?? token.position;
  return answer(call, definition, {
    values: page
      .filter(({ object }) => ids?.has(object.id) !== false)
      .map((entry) => represent(call, tracking, { entry, since: undefined })),
    link: hasMore ? "nextLink" : "deltaLink",
    token: hasMore ? { ...token, position } : startOfChanges(call, token.next),
  });
}

function changed(call: Call, tracking: Tracking, token: DeltaToken): Answer {
  const { definition, ids } = tracking;
  const changes = call.store.changes.after(definition.collection, token.position);
  const page = changes.slice(0, PAGE_SIZE);
  const last = page.at(-1)?.seq ?? token.position;
  const hasMore = changes.length > page.length;
  return answer(call, definition, {
    values: page
      .filter((change) => ids?.has(change.id) !== false && isTracked(tracking, change))
      .map(({ id }) => {
        const entry = call.store.entry(definition.collection, id);
        return entry === undefined
          ? removed(call, definition, id)
          : represent(call, tracking, { entry, since: token.position });
      }),
    link: hasMore ? "nextLink" : "deltaLink",
    token: hasMore ? { ...token, position: last } : startOfChanges(call, last),
  });
}

/** The service omits objects without a change in a tracked property. */
function isTracked({ definition, select }: Tracking, { properties }: Change): boolean {
  if (select === undefined || properties === undefined) return true;
  return select.some((name) => properties.has(name) || definition.computed?.[name] !== undefined);
}

function represent(
  call: Call,
  { definition, relations, select }: Tracking,
  { entry, since }: { entry: Entry<GraphObject>; since: number | undefined },
): Record<string, unknown> {
  const { object } = entry;
  const related = Object.entries(relations)
    .filter(([name]) => select === undefined || select.includes(name))
    .map(([name, changesOf]) => [`${name}@delta`, changesOf(call, object, since)] as const)
    .filter(([, changes]) => changes.length > 0);
  return {
    ...shapeObject(call, { definition, object }, { select }),
    id: object.id,
    ...Object.fromEntries(related),
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
  return { round: "changes", position, next: position, issuedMs: call.nowMs };
}

function readToken(call: Call): DeltaToken | "latest" {
  const given =
    TOKEN_OPTIONS.map((name) => call.query.get(name)).find((value) => value !== null) ?? "";
  if (given === "latest") return "latest";
  if (given === "")
    return { round: "all", position: 0, next: call.store.changes.last(), issuedMs: call.nowMs };
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
  const [round, position, next, issuedMs] = Buffer.from(text, "base64url")
    .toString("utf8")
    .split(" ");
  const numbers = [position, next, issuedMs].map(Number);
  if (
    (round !== "all" && round !== "changes") ||
    numbers.some((number) => !Number.isInteger(number))
  ) {
    throw badRequest("Badly formed token.");
  }
  return { round, position: numbers[0] ?? 0, next: numbers[1] ?? 0, issuedMs: numbers[2] ?? 0 };
}

function answer(
  call: Call,
  definition: EntityDefinition,
  page: { values: Record<string, unknown>[]; link: "nextLink" | "deltaLink"; token: DeltaToken },
): Answer {
  const { round, position, next, issuedMs } = page.token;
  const query = new URLSearchParams(call.query);
  for (const name of TOKEN_OPTIONS) query.delete(name);
  const text = Buffer.from([round, position, next, issuedMs].join(" ")).toString("base64url");
  query.set(page.link === "nextLink" ? "$skiptoken" : "$deltatoken", text);
  return collectionAnswer(call, page.values, {
    type: definition.type,
    context: contextOf(definition),
    annotations: {
      [`@odata.${page.link}`]: `${call.origin}${call.prefix}${call.path}?${query.toString()}`,
    },
  });
}
