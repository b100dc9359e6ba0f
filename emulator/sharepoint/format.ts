/**
 * The three formats of an answer: verbose, minimal and no metadata; and which parts of an object it holds.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/use-odata-query-operations-in-sharepoint-rest-requests (checked 2026-11)
 */
import { compare, matches } from "../odata/filter.ts";
import { FilterSyntaxError, parseFilter } from "../odata/filter-parser.ts";
import type { Answer, Call } from "../core/workload.ts";
import { invalidQuery, notServed } from "./errors.ts";
import { isKnownMember, isListed } from "./known-members.ts";

export type Properties = Record<string, unknown>;

/** An object as clients see it. */
export interface Shown {
  /** For example `SP.User`. */
  type: string;
  properties: Properties;
  /** Given only to those who select them. */
  onRequest?: Properties;
  /** Followed only for those who expand them, or who ask at their address. */
  related?: Readonly<Record<string, () => Shown | readonly Shown[] | undefined>>;
  /** Changes with every change of the object. */
  etag?: string;
}

type Format = "verbose" | "minimal" | "none";

function formatOf(call: Call): Format {
  const accept = (call.headers.get("accept") ?? "").replaceAll(" ", "").toLowerCase();
  if (!accept.includes("application/json"))
    throw notServed("answers in XML; accept application/json");
  if (accept.includes("odata=verbose")) return "verbose";
  return /odata=nometadata|odata\.metadata=none/.test(accept) ? "none" : "minimal";
}

export function entity(call: Call, shown: Shown, status = 200): Answer {
  const format = formatOf(call);
  const object = render(call, shown, askedFor(call));
  const { etag } = shown;
  const headers = etag === undefined ? {} : { etag: `"${etag}"` };
  if (format === "verbose") return { status, headers, body: { d: object } };
  const annotation = etag === undefined || format === "none" ? {} : { "odata.etag": `"${etag}"` };
  return { status, headers, body: { ...context(call, shown.type), ...annotation, ...object } };
}

export function collection(call: Call, objects: readonly Shown[], type: string): Answer {
  const asked = askedFor(call);
  const found = ordered(call, objects.filter(filterOf(call)));
  const rows = page(call, found).map((shown) => render(call, shown, asked));
  if (formatOf(call) === "verbose") return { status: 200, body: { d: { results: rows } } };
  return { status: 200, body: { ...context(call, type), value: rows } };
}

/** One property at an address of its own. */
export function property(call: Call, name: string, value: unknown): Answer {
  if (formatOf(call) === "verbose") return { status: 200, body: { d: { [name]: value } } };
  return { status: 200, body: { ...context(call, "Edm.String"), value } };
}

/** The result of a function that gives a plain structure, or nothing. */
export function result(call: Call, name: string, value: Properties | null): Answer {
  if (formatOf(call) === "verbose") return { status: 200, body: { d: { [name]: value } } };
  return { status: 200, body: value ?? { "odata.null": true } };
}

function context(call: Call, type: string): Properties {
  return formatOf(call) === "none"
    ? {}
    : { "odata.metadata": `${call.origin}${call.prefix}/$metadata#${type}` };
}

/** Names in `$select` and `$expand`, for example `Member/LoginName`, each in its steps. */
interface Asked {
  select: readonly string[][];
  expand: readonly string[][];
}

function askedFor(call: Call): Asked {
  const paths = (option: string): string[][] =>
    (call.query.get(option) ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean)
      .map((name) => name.split("/"));
  const expand = paths("$expand");
  // To select below a relation is to show nothing else of it, and `*` is everything but the relations.
  const select = paths("$select").filter(([first]) => first !== "*");
  return { select: paths("$select").length > select.length ? [] : select, expand };
}

/** What is asked for below one of the names. */
function below(name: string, { select, expand }: Asked): Asked {
  const rest = (paths: readonly string[][]): string[][] =>
    paths
      .filter(([head = ""]) => isSame(head, name))
      .map((path) => path.slice(1))
      .filter(([next]) => next !== undefined && next !== "*");
  return { select: rest(select), expand: rest(expand) };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function keyIn(object: object | undefined, name: string): string | undefined {
  return Object.keys(object ?? {}).find((key) => isSame(key, name));
}

function render(call: Call, shown: Shown, asked: Asked): Properties {
  const isVerbose = formatOf(call) === "verbose";
  const object: Properties = isVerbose ? { __metadata: { type: shown.type } } : {};
  const all = { ...shown.properties, ...shown.onRequest };
  const selected = asked.select.map(([head = ""]) => head);
  for (const name of selected.length === 0 ? Object.keys(shown.properties) : new Set(selected)) {
    const key = keyIn(all, name);
    if (key !== undefined) object[key] = plain(all[key], isVerbose);
    else if (keyIn(shown.related, name) === undefined) throw unknownMember(shown.type, name);
    else if (!asked.expand.some(([head = ""]) => isSame(head, name)))
      throw invalidQuery(`The query to field '${name}' is not valid: it is not expanded.`);
  }
  for (const name of new Set(asked.expand.map(([head = ""]) => head))) {
    const key = keyIn(shown.related, name);
    if (key === undefined) {
      if (keyIn(all, name) === undefined) throw unknownMember(shown.type, name);
      continue;
    }
    const found = shown.related?.[key]?.();
    const inner = below(name, asked);
    object[key] = renderRelated(call, found, inner);
  }
  return object;
}

function renderRelated(
  call: Call,
  found: Shown | readonly Shown[] | undefined,
  asked: Asked,
): unknown {
  if (found === undefined) return null;
  if ("type" in found) {
    const isMinimal = formatOf(call) === "minimal";
    return { ...(isMinimal && { "odata.type": found.type }), ...render(call, found, asked) };
  }
  const rows = found.map((item) => render(call, item, asked));
  return formatOf(call) === "verbose" ? { results: rows } : rows;
}

/** In verbose answers lists of values are wrapped. */
function plain(value: unknown, isVerbose: boolean): unknown {
  return isVerbose && Array.isArray(value) ? { results: value as unknown[] } : value;
}

/** @returns 501 for a name that the real type has, or may have where nothing is listed; 400 for any other */
function unknownMember(type: string, name: string): Error {
  return isKnownMember(type, name) || !isListed(type)
    ? notServed(`${name} of ${type}`)
    : invalidQuery(`The field or property '${name}' does not exist.`);
}

function filterOf(call: Call): (shown: Shown) => boolean {
  const text = call.query.get("$filter");
  if (text === null) return () => true;
  try {
    const filter = parseFilter(text);
    return ({ properties, onRequest }) => matches(filter, { ...properties, ...onRequest });
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw invalidQuery(`The expression "${text}" is not valid.`);
  }
}

function ordered(call: Call, items: readonly Shown[]): Shown[] {
  const sorted = [...items];
  for (const part of (call.query.get("$orderby") ?? "").split(",").filter(Boolean).toReversed()) {
    const [name = "", direction = "asc"] = part.trim().split(/\s+/);
    const valueOf = ({ type, properties }: Shown): unknown => {
      const key = keyIn(properties, name);
      if (key === undefined) throw unknownMember(type, name);
      return properties[key];
    };
    const sign = direction.toLowerCase() === "desc" ? -1 : 1;
    sorted.sort((one, other) => sign * (compare(valueOf(one), valueOf(other) as string) ?? 0));
  }
  return sorted;
}

/** Principals, roles and lists come whole unless the client asks for a part. */
function page<T>(call: Call, items: readonly T[]): T[] {
  const top = Number(call.query.get("$top") ?? items.length);
  const skip = Number(call.query.get("$skip") ?? "0");
  return items.slice(skip, skip + top);
}
