/**
 * Delta queries: what changed since a token.
 * @see https://learn.microsoft.com/graph/delta-query-overview (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Entry } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { readQuery } from "../odata/query.ts";
import { collectionAnswer } from "./answers.ts";
import type { EntityDefinition } from "./definition.ts";
import { contextOf } from "./entity.ts";
import { badRequest } from "./errors.ts";
import type { GraphObject } from "./object.ts";
import { shapeObject } from "./shape.ts";

const DAY_MS = 86_400_000;
/** How long a directory token is good. */
const TOKEN_DAYS = 7;
const PAGE_SIZE = 200;

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

/** Related changes of one object, `members@delta`; `since` undefined = all that are there. */
export type RelatedChanges = (
  call: Call,
  object: GraphObject,
  since: number | undefined,
) => Record<string, unknown>;

export function deltaOperation(definition: EntityDefinition, related?: RelatedChanges): Route {
  return {
    method: "GET",
    path: `${definition.path}/delta`,
    handle: (call) => answerDelta(call, definition, related),
  };
}

function answerDelta(
  call: Call,
  definition: EntityDefinition,
  related: RelatedChanges | undefined,
): Answer {
  for (const option of ["$expand", "$top", "$orderby", "$search"]) {
    if (call.query.has(option))
      throw badRequest(`The query parameter '${option}' is not supported for delta queries.`);
  }
  const token = readToken(call);
  if (token === "latest") {
    const last = call.store.lastChange();
    return answer(call, definition, {
      values: [],
      link: "deltaLink",
      token: startOfChanges(call, last),
    });
  }
  const { select } = readQuery(call, {
    type: definition.type,
    isDirectoryObject: false,
    maxPageSize: PAGE_SIZE,
  });
  const shape = (
    entry: Entry<GraphObject>,
    since: number | undefined,
  ): Record<string, unknown> => ({
    ...shapeObject(call, { definition, object: entry.object }, { select }),
    id: entry.object.id,
    ...related?.(call, entry.object, since),
  });
  if (token.round === "all") {
    const entries = call.store.list(definition.collection, {
      afterSeq: token.position,
      limit: PAGE_SIZE + 1,
    });
    const page = entries.slice(0, PAGE_SIZE);
    const hasMore = entries.length > page.length;
    const position = page.at(-1)?.seq ?? token.position;
    return answer(call, definition, {
      values: page.map((entry) => shape(entry, undefined)),
      link: hasMore ? "nextLink" : "deltaLink",
      token: hasMore ? { ...token, position } : startOfChanges(call, token.next),
    });
  }
  const changes = call.store.changesAfter(definition.collection, token.position);
  const page = changes.slice(0, PAGE_SIZE);
  const last = page.at(-1)?.seq ?? token.position;
  const hasMore = changes.length > page.length;
  return answer(call, definition, {
    values: page.map(({ id }) => {
      const entry = call.store.entry(definition.collection, id);
      return entry === undefined ? removed(call, definition, id) : shape(entry, token.position);
    }),
    link: hasMore ? "nextLink" : "deltaLink",
    token: hasMore ? { ...token, position: last } : startOfChanges(call, last),
  });
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
    call.query.get("$deltatoken") ?? call.query.get("$deltaToken") ?? call.query.get("$skiptoken");
  if (given === "latest") return "latest";
  if (given === null)
    return { round: "all", position: 0, next: call.store.lastChange(), issuedMs: call.nowMs };
  const token = parseToken(given);
  if (token.issuedMs + TOKEN_DAYS * DAY_MS < call.nowMs) {
    throw new ServiceFailure(410, "resyncRequired", {
      message:
        "The sync state generation is not found; the delta token has expired. A full resync is required.",
      headers: { location: `${call.origin}${call.prefix}${call.path}` },
    });
  }
  return token;
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
  for (const name of ["$deltatoken", "$deltaToken", "$skiptoken"]) query.delete(name);
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
