/** Requests for which there is no operation: unknown to Graph, or only to this emulator. */
import { ServiceFailure } from "../core/failure.ts";
import type { Route } from "../core/workload.ts";
import { graphSchema, lineage, navigationOf, parseType, propertyOf } from "../odata/schema.ts";
import { notImplemented } from "./errors.ts";

export const unservedRoute: Route = {
  method: "*",
  path: "/*",
  handle: (call) => {
    const unknown = unknownSegment(call.path);
    if (unknown === undefined) throw notImplemented(`${call.method} ${call.prefix}${call.path}`);
    throw new ServiceFailure(404, "ResourceNotFound", {
      message: `Resource not found for the segment '${unknown}'.`,
    });
  },
};

interface Place {
  type: string;
  isCollection: boolean;
}

/** The first segment that the schema does not know; undefined when it knows all, or can not tell. */
export function unknownSegment(path: string): string | undefined {
  const [first = "", ...rest] = path.split("/").filter((segment) => segment !== "");
  const { sets, singletons, types } = graphSchema();
  const set = sets[first];
  const root = set ?? singletons[first];
  if (root === undefined) return first.startsWith("$") ? undefined : first;
  let place: Place = { type: root, isCollection: set !== undefined };
  for (const segment of rest) {
    // Types outside the trimmed schema are known to Graph; what lies under them cannot be checked.
    if (types[place.type] === undefined) return undefined;
    const next = step(place, segment);
    if (next === "leaf") return undefined;
    if (next === undefined) return segment;
    place = next;
  }
  return undefined;
}

function step(place: Place, segment: string): Place | "leaf" | undefined {
  if (["$count", "$ref", "$value"].includes(segment)) return "leaf";
  const [, cast] = /^microsoft\.graph\.(\w+)$/.exec(segment) ?? [];
  if (cast !== undefined && graphSchema().types[cast] !== undefined)
    return { ...place, type: cast };
  const [name = ""] = segment.split("(");
  if (hasOperation(place, name)) return "leaf";
  if (place.isCollection) return { type: place.type, isCollection: false };
  const navigation = navigationOf(place.type, name);
  if (navigation !== undefined)
    return { type: navigation.name, isCollection: navigation.isCollection };
  return propertyOf(place.type, name) === undefined ? undefined : "leaf";
}

function hasOperation(place: Place, name: string): boolean {
  const { operations, types } = graphSchema();
  const own = lineage(place.type);
  return Object.entries(operations).some(([binding, bound]) => {
    const { name: type, isCollection } = parseType(binding);
    const binds = isCollection === place.isCollection && own.some((level) => level === types[type]);
    return binds && bound.some((operation) => operation.name === name);
  });
}
