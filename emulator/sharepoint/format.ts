/**
 * The three formats of an answer: verbose, minimal and no metadata.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/use-odata-query-operations-in-sharepoint-rest-requests (checked 2026-11)
 */
import { matches } from "../odata/filter.ts";
import { FilterSyntaxError, parseFilter } from "../odata/filter-parser.ts";
import type { Answer, Call } from "../core/workload.ts";
import { exception, invalidQuery } from "./errors.ts";

export type Properties = Record<string, unknown>;

type Format = "verbose" | "minimal" | "none";

function formatOf(call: Call): Format {
  const accept = (call.headers.get("accept") ?? "").replaceAll(" ", "");
  if (!accept.includes("application/json")) {
    throw exception(
      406,
      "notSupported",
      "The emulator answers in JSON only: accept application/json.",
    );
  }
  if (accept.includes("odata=verbose")) return "verbose";
  return /odata=nometadata|odata\.metadata=none/.test(accept) ? "none" : "minimal";
}

/** One object of a type such as `SP.User`. */
export function entity(
  call: Call,
  object: Properties,
  options: { type: string; status?: number },
): Answer {
  const status = options.status ?? 200;
  const shown = select(call, object);
  if (formatOf(call) === "verbose") {
    return { status, body: { d: { __metadata: { type: options.type }, ...nested(shown) } } };
  }
  return { status, body: { ...context(call, options.type), ...shown } };
}

export function collection(call: Call, objects: readonly Properties[], type: string): Answer {
  const shown = page(call, objects.filter(filterOf(call))).map((object) => select(call, object));
  if (formatOf(call) === "verbose") {
    const results = shown.map((object) => ({ __metadata: { type }, ...nested(object) }));
    return { status: 200, body: { d: { results } } };
  }
  return { status: 200, body: { ...context(call, type), value: shown } };
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

/** In verbose answers expanded collections are wrapped, at every level. */
function nested(object: Properties): Properties {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, nestedValue(value)]),
  );
}

function nestedValue(value: unknown): unknown {
  if (Array.isArray(value)) return { results: value.map((item) => nestedValue(item)) };
  return typeof value === "object" && value !== null ? nested(value as Properties) : value;
}

/** Names in `$select` and `$expand`, for example `Member/LoginName`. */
function namesIn(call: Call, option: "$select" | "$expand"): string[] {
  return (call.query.get(option) ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

export function isExpanded(call: Call, path: string): boolean {
  return namesIn(call, "$expand").some((name) => name.toLowerCase() === path.toLowerCase());
}

function select(call: Call, object: Properties): Properties {
  const wanted = namesIn(call, "$select").filter((name) => name !== "*");
  if (wanted.length === 0) return object;
  return project(
    object,
    [...wanted, ...namesIn(call, "$expand")].map((name) => name.split("/")),
  );
}

function project(object: Properties, paths: readonly string[][]): Properties {
  const chosen: Properties = {};
  for (const name of new Set(paths.map(([head = ""]) => head))) {
    const key = Object.keys(object).find((known) => known.toLowerCase() === name.toLowerCase());
    if (key === undefined) throw invalidQuery(`The field or property '${name}' does not exist.`);
    const deeper = paths
      .filter(([head, ...tail]) => head === name && tail.length > 0)
      .map(([, ...tail]) => tail);
    chosen[key] = deeper.length === 0 ? object[key] : projectValue(object[key], deeper);
  }
  return chosen;
}

function projectValue(value: unknown, paths: readonly string[][]): unknown {
  if (Array.isArray(value)) return value.map((item) => projectValue(item, paths));
  return typeof value === "object" && value !== null ? project(value as Properties, paths) : value;
}

function filterOf(call: Call): (object: Properties) => boolean {
  const text = call.query.get("$filter");
  if (text === null) return () => true;
  try {
    const filter = parseFilter(text);
    return (object) => matches(filter, object);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw invalidQuery(`The expression "${text}" is not valid.`);
  }
}

/** Principals, roles and lists come whole unless the client asks for a part. */
function page<T>(call: Call, items: readonly T[]): T[] {
  const top = Number(call.query.get("$top") ?? items.length);
  const skip = Number(call.query.get("$skip") ?? "0");
  return items.slice(skip, skip + top);
}
