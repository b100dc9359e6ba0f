/**
 * SharePoint's paths: any site before `_api`, names without regard to case, arguments in parentheses or in the query.
 * They become paths for the router: `/{host}/{site}/web/getuserbyid/{arguments}`.
 */
import type { Call } from "../core/workload.ts";

/** A segment name and the arguments behind it; quotes may hold slashes and parentheses. */
const SEGMENT = /\/([^/(]+)(?:\(((?:[^()']|'(?:[^']|'')*')*)\))?/g;

/** Takes and gives percent-encoded paths. */
export function rewriteSharePointPath(encodedPath: string): string {
  const [, host, site = "", api] = /^\/([^/]+)(\/.*?)?\/_api(\/.*)$/i.exec(encodedPath) ?? [];
  if (host === undefined || api === undefined) return encodedPath;
  const segments = [...decodePath(api).matchAll(SEGMENT)].flatMap(([, name = "", args]) => [
    name.toLowerCase(),
    ...(args === undefined ? [] : [encodeURIComponent(`(${args})`)]),
  ]);
  return `/${host.toLowerCase()}/${encodeURIComponent(decodePath(site) || "/")}/${segments.join("/")}`;
}

/** Percent-decodes what can be decoded. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    // A stray percent sign is data, not an escape.
    if (error instanceof URIError) return path;
    throw error;
  }
}

const ARGUMENT = /(?:(\w+)=)?(@\w+|(?:guid)?'(?:[^']|'')*'|[^,=]+)(?:,|$)/g;

/** Arguments by name in lower case; one without a name is called `""`. Aliases (`@v`) are looked up in the query. */
export function argumentsOf(text: string, query: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.replace(/^\(|\)$/g, "").matchAll(ARGUMENT)) {
    const literal = value.startsWith("@") ? (query.get(value) ?? "") : value;
    found[name.toLowerCase()] = unquote(literal.trim());
  }
  return found;
}

function unquote(literal: string): string {
  const [, inner] = /^(?:guid)?'(.*)'$/is.exec(literal) ?? [];
  return inner === undefined ? literal : inner.replaceAll("''", "'");
}

/** One argument of a call: from the parentheses, else from the query (`status?url='…'`). */
export function argument(call: Call, name = ""): string {
  const inPath = argumentsOf(call.params.args ?? "", call.query);
  return inPath[name.toLowerCase()] ?? inPath[""] ?? unquote(queryValue(call, name));
}

function queryValue(call: Call, name: string): string {
  for (const [key, value] of call.query) {
    if (key.toLowerCase() === name.toLowerCase()) return value;
  }
  return "";
}
