/** The one spelling of a Graph path that routes know. */
import { graphSchema } from "../odata/schema.ts";

/**
 * `/users('x')/microsoft.graph.assignLicense` → `/users/x/assignLicense`, `/groups(uniqueName='x')` →
 * `/groups/uniqueName='x'`, `/users/microsoft.graph.delta()` → `/users/delta`, `/users/ABC…` → `/users/abc…`.
 * Casts to a type stay as they are.
 */
export function rewriteGraphPath(path: string): string {
  return path
    .replace(/\/+$/, "")
    .split("/")
    .map((segment) => rewriteSegment(segment))
    .join("/");
}

function rewriteSegment(encoded: string): string {
  const segment = encoded
    .replaceAll("%28", "(")
    .replaceAll("%29", ")")
    .replaceAll("%27", "'")
    .replaceAll("%3D", "=")
    .replaceAll("%24", "$");
  if (GUID.test(segment)) return asStored(segment);
  const [, plainName, plainKey] = /^([\w.]+)\('((?:[^']|'')*)'\)$/.exec(segment) ?? [];
  if (plainName !== undefined && plainKey !== undefined) {
    return `${unqualified(plainName)}/${asStored(plainKey.replaceAll("''", "'"))}`;
  }
  const [, keyedName, key] = /^(\w+)\((\w+='.*')\)$/.exec(segment) ?? [];
  if (
    keyedName !== undefined &&
    key !== undefined &&
    graphSchema().operations[keyedName] === undefined
  ) {
    return `${keyedName}/${key}`;
  }
  return unqualified(segment.replace(/\(\)$/, ""));
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Ids are the same in any casing; stored ones are in lower case. What is no id stays as it is. */
export function asStored(key: string): string {
  return GUID.test(key) ? key.toLowerCase() : key;
}

function unqualified(segment: string): string {
  const [, name] = /^(?:microsoft\.)?graph\.(\w+)$/.exec(segment) ?? [];
  if (name === undefined) return segment;
  return graphSchema().types[name] === undefined ? name : `microsoft.graph.${name}`;
}
