/** The one spelling of a Graph path that routes know. */
import { typeNamed } from "../odata/schema.ts";

/** What a path may start with, and what it says in the spelling of the routes. */
const ALIASES: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  [/^\/myorganization(?=\/|$)/i, ""],
  // Where beta has them; v1.0 does not know this one.
  [/^\/administrativeUnits(?=\/|$)/i, "/directory/administrativeUnits"],
];

/**
 * `/users('x')/microsoft.graph.assignLicense` → `/users/x/assignLicense`, `/groups(uniqueName='x')` →
 * `/groups/uniqueName='x'`, `/users/microsoft.graph.delta()` → `/users/delta`, `/users/ABC…` → `/users/abc…`.
 * Casts to a type stay as they are.
 *
 * @see https://learn.microsoft.com/graph/traverse-the-graph (checked 2026-11): paths are not case-sensitive
 */
export function rewriteGraphPath(path: string, prefix: string): string {
  const plain = path.replace(/\/+$/, "");
  const [pattern = /^/, spelling = ""] =
    ALIASES.slice(0, prefix === "/beta" ? undefined : 1).find(([start]) => start.test(plain)) ?? [];
  return plain
    .replace(pattern, spelling)
    .split("/")
    .map((segment) => rewriteSegment(segment))
    .join("/");
}

/** Signs that clients may encode or not. */
const SIGNS = /%(?:24|27|28|29|2c|3d)/gi;

function rewriteSegment(encoded: string): string {
  const segment = encoded.replace(SIGNS, (sign) => decodeURIComponent(sign));
  if (GUID.test(segment)) return asStored(segment);
  const [, name, key] = /^([\w.]+)\((\w+='.*'|'(?:[^']|'')*')\)$/.exec(segment) ?? [];
  if (name === undefined || key === undefined) return unqualified(segment.replace(/\(\)$/, ""));
  const plainKey = key.startsWith("'") ? asStored(key.slice(1, -1).replaceAll("''", "'")) : key;
  return `${unqualified(name)}/${plainKey}`;
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Ids are the same in any casing; stored ones are in lower case. What is not an id stays as it is. */
export function asStored(key: string): string {
  return GUID.test(key) ? key.toLowerCase() : key;
}

function unqualified(segment: string): string {
  const [, name] = /^(?:microsoft\.)?graph\.(\w+)$/i.exec(segment) ?? [];
  if (name === undefined) return segment;
  const type = typeNamed(name);
  return type === undefined ? name : `microsoft.graph.${type}`;
}
