/**
 * SharePoint's paths: any site before `_api`, names without regard to case, arguments in parentheses or in the query.
 * They become paths for the router: `/{host}/{site}/web/getuserbyid/{arguments}`.
 */
import type { Call } from "../core/workload.ts";

/** A segment name and the arguments behind it; quotes may hold slashes and parentheses. */
const SEGMENT = /\/([^/(]+)(?:\(((?:[^()']|'(?:[^']|'')*')*)\))?/g;

/** The older address of the interface has another name for it. */
const API = /^\/([^/]+)(\/.*?)?\/(?:_api|_vti_bin\/client\.svc)(\/.*)$/i;
/** The tenant's administration has a long name too. */
const LONG_TENANT = "microsoft.online.sharepoint.tenantadministration.tenant";

/** Takes and gives percent-encoded paths. */
export function rewriteSharePointPath(encodedPath: string): string {
  const [, host, site = "", api] = API.exec(encodedPath) ?? [];
  if (host === undefined || api === undefined) return encodedPath;
  const segments = [...decodePath(api).matchAll(SEGMENT)].flatMap(([, name = "", args]) => [
    name.toLowerCase() === LONG_TENANT ? "spo.tenant" : name.toLowerCase(),
    ...((args ?? "").trim() === "" ? [] : [encodeURIComponent(`(${args})`)]),
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

/**
 * Arguments of a function by the names of its parameters: in parentheses by name or in their order, in the query, or in
 * the body. In lower case; what was not given is left out.
 */
export function parametersOf(call: Call, names: readonly string[]): Record<string, string> {
  const { query, body } = call;
  const text = call.params.args ?? "";
  const positional = [...text.replace(/^\(|\)$/g, "").matchAll(ARGUMENT)]
    .filter(([, name]) => name === undefined)
    .map(([, , value = ""]) =>
      unquote((value.startsWith("@") ? (query.get(value) ?? "") : value).trim()),
    );
  const named = argumentsOf(text, query);
  const inBody = Object.entries((typeof body === "object" ? body : undefined) ?? {});
  const found = names.map((name, index): [string, string | undefined] => {
    const key = name.toLowerCase();
    const [, fromBody] = inBody.find(([given]) => given.toLowerCase() === key) ?? [];
    const fromQuery = unquote(queryValue(call, name));
    return [
      key,
      named[key] ??
        positional[index] ??
        (fromQuery || undefined) ??
        (fromBody === undefined ? undefined : String(fromBody)),
    ];
  });
  return Object.fromEntries(
    found.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
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
