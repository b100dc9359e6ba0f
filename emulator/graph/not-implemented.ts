/** Requests for which there is no operation: unknown to Graph, not allowed there, or unknown only to this emulator. */
import { ServiceFailure } from "../core/failure.ts";
import type { Route } from "../core/workload.ts";
import {
  graphSchema,
  knownName,
  lineage,
  navigationOf,
  parseType,
  propertyOf,
  spelledAs,
  type GraphOperationSchema,
} from "../odata/schema.ts";
import { notImplemented } from "./errors.ts";

export const notImplementedRoute: Route = {
  method: "*",
  path: "/*",
  handle: (call) => {
    if (/^\/me(?:\/|$)/i.test(call.path)) {
      // Tokens of applications are nobody's.
      throw new ServiceFailure(400, "BadRequest", {
        message: "/me request is only valid with delegated authentication flow.",
      });
    }
    const target = targetOf(call.path);
    if (target.kind === "unknown") {
      throw new ServiceFailure(404, "ResourceNotFound", {
        message: `Resource not found for the segment '${target.segment}'.`,
      });
    }
    if (ALLOWED[target.kind]?.includes(call.method) === false) {
      throw new ServiceFailure(405, "Request_BadRequest", {
        message: "Specified HTTP method is not allowed for the request target.",
      });
    }
    throw notImplemented(`${call.method} ${call.prefix}${call.path}`);
  },
};

type TargetKind = "collection" | "entity" | "action" | "function" | "count" | "other";

/** What OData allows where; left out = whatever the service likes. */
const ALLOWED: Partial<Record<TargetKind, readonly string[]>> = {
  collection: ["GET", "POST"],
  entity: ["GET", "PATCH", "PUT", "DELETE"],
  action: ["POST"],
  function: ["GET"],
  count: ["GET"],
};

type Target = { kind: "unknown"; segment: string } | { kind: TargetKind };

interface Place {
  type: string;
  isCollection: boolean;
}

/** What the path names, as far as the schema can tell. */
function targetOf(path: string): Target {
  const [first = "", ...rest] = path.split("/").filter((segment) => segment !== "");
  const { sets, singletons, types } = graphSchema();
  const set = sets[spelledAs(first, sets) ?? ""];
  const root = set ?? singletons[spelledAs(first, singletons) ?? ""];
  if (root === undefined)
    return first.startsWith("$") ? { kind: "other" } : { kind: "unknown", segment: first };
  let place: Place = { type: root, isCollection: set !== undefined };
  for (const segment of rest) {
    // Types outside the trimmed schema are known to Graph; what lies under them cannot be checked.
    if (types[place.type] === undefined) return { kind: "other" };
    const next = step(place, segment);
    if (next === undefined) return { kind: "unknown", segment };
    if ("kind" in next) return next;
    place = next;
  }
  return { kind: place.isCollection ? "collection" : "entity" };
}

function step(place: Place, segment: string): Place | { kind: TargetKind } | undefined {
  if (segment === "$count") return { kind: "count" };
  if (segment === "$ref" || segment === "$value") return { kind: "other" };
  const [, cast] = /^microsoft\.graph\.(\w+)$/.exec(segment) ?? [];
  if (cast !== undefined) return { ...place, type: cast };
  const [given = ""] = segment.split("(");
  const operation = operationOf(place, given);
  if (operation !== undefined) return { kind: operation.kind };
  if (place.isCollection) return { type: place.type, isCollection: false };
  const name = knownName(place.type, given) ?? given;
  const navigation = navigationOf(place.type, name);
  if (navigation !== undefined)
    return { type: navigation.name, isCollection: navigation.isCollection };
  return propertyOf(place.type, name) === undefined ? undefined : { kind: "other" };
}

function operationOf(place: Place, name: string): GraphOperationSchema | undefined {
  const { operations, types } = graphSchema();
  const own = lineage(place.type);
  return Object.entries(operations)
    .filter(([binding]) => {
      const { name: type, isCollection } = parseType(binding);
      return isCollection === place.isCollection && own.some((level) => level === types[type]);
    })
    .flatMap(([, bound]) => bound)
    .find((operation) => operation.name.toLowerCase() === name.toLowerCase());
}
