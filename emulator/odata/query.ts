/**
 * Query options of a request, checked against the schema and Graph's rules for advanced queries.
 * @see https://learn.microsoft.com/graph/aad-advanced-queries (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { badRequest, notImplemented, unsupportedQuery } from "../graph/errors.ts";
import { refuseUnsupported, type DirectoryQuery } from "./directory-queries.ts";
import { FilterSyntaxError, parseFilter, type FilterExpression } from "./filter-parser.ts";
import { resolveFilter } from "./filter-types.ts";
import { knownName, navigationOf } from "./schema.ts";
import { parseSearch, searchedProperties, type SearchExpression } from "./search.ts";

export interface ExpandOption {
  name: string;
  select: readonly string[] | undefined;
  /** How far a chain is followed: `$levels=max` is infinity. */
  levels: number;
}

export interface QueryOptions extends DirectoryQuery {
  select: string[] | undefined;
  expand: ExpandOption[];
  filter: FilterExpression | undefined;
  orderBy: { path: string; isDescending: boolean }[];
  search: SearchExpression | undefined;
  top: number | undefined;
  /** Whether `@odata.count` is wanted and given. */
  count: boolean;
  /** Whether the answer comes from the index, which is behind: `ConsistencyLevel: eventual`. */
  isEventual: boolean;
  skipToken: string | undefined;
}

export interface QueryRules {
  /** Graph type without namespace. */
  type: string;
  /** Whether the directory's rules for `ConsistencyLevel` hold. */
  isDirectoryObject: boolean;
  maxPageSize: number;
}

const KNOWN_OPTIONS = [
  "$select",
  "$expand",
  "$filter",
  "$orderby",
  "$search",
  "$top",
  "$count",
  "$skiptoken",
  "$format",
  "$deltatoken",
];

interface QuerySource {
  query: URLSearchParams;
  headers: Headers;
}

export function readQuery(source: QuerySource, rules: QueryRules): QueryOptions {
  const given = optionsOf(source.query);
  const isEventual = source.headers.get("consistencylevel")?.toLowerCase() === "eventual";
  const wantsCount = given.get("$count")?.toLowerCase() === "true";
  const filterText = given.get("$filter");
  const query: QueryOptions = {
    select: readSelect(given.get("$select"), rules.type),
    expand: readExpand(given.get("$expand"), rules.type),
    filter: filterText === undefined ? undefined : readFilter(filterText, rules.type),
    orderBy: readOrderBy(given.get("$orderby"), rules.type),
    search: readSearch(given.get("$search"), {
      type: rules.type,
      isAllowed: isEventual || !rules.isDirectoryObject,
    }),
    top: readTop(given.get("$top"), rules.maxPageSize),
    count: wantsCount && (isEventual || !rules.isDirectoryObject),
    isEventual: isEventual && rules.isDirectoryObject,
    skipToken: given.get("$skiptoken"),
  };
  if (rules.isDirectoryObject) {
    const isAdvanced = isEventual && (wantsCount || query.search !== undefined);
    refuseUnsupported(query, { type: rules.type, isAdvanced });
  }
  return query;
}

function optionsOf(query: URLSearchParams): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of query) {
    const lower = name.toLowerCase();
    const known = KNOWN_OPTIONS.find((option) => option === lower || option === `$${lower}`);
    if (known !== undefined && options.has(known)) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `Query option '${known}' was specified more than once, but it must be specified at most once.`,
      });
    }
    if (known !== undefined) options.set(known, value);
    else if (name.startsWith("$")) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `The query parameter '${name}' is not supported.`,
      });
    }
  }
  return options;
}

function readSelect(text: string | undefined, type: string): string[] | undefined {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  if (text === undefined || text.trim() === "" || parts.includes("*")) return undefined;
  const names = parts.map((part) => {
    // A part of a complex property is answered with the whole of it.
    const name = knownName(type, part.split("/")[0] ?? "");
    if (name === undefined) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `Parsing OData Select and Expand failed: Could not find a property named '${part}' on type 'microsoft.graph.${type}'.`,
      });
    }
    return name;
  });
  return [...new Set(names)];
}

function readExpand(text: string | undefined, type: string): QueryOptions["expand"] {
  if (text === undefined) return [];
  return text.split(/,(?![^(]*\))/).map((part) => {
    const [, given = "", options = ""] = /^\s*([\w*/.]+)(?:\((.*)\))?\s*$/s.exec(part) ?? [];
    if (given === "*" || given.includes("/")) throw notImplemented(`$expand=${given}`);
    const name = knownName(type, given) ?? given;
    const target = navigationOf(type, name);
    if (target === undefined) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      });
    }
    const inner = new Map(options.split(";").map((option) => splitOption(option.trim())));
    const unknown = [...inner.keys()].find((key) => !["", "$select", "$levels"].includes(key));
    if (unknown !== undefined) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `The query option '${unknown}' is not supported in $expand.`,
      });
    }
    const levels = inner.get("$levels") ?? "1";
    if (!/^(?:max|[1-9]\d*)$/.test(levels)) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `The value '${levels}' of $levels is neither a positive number nor 'max'.`,
      });
    }
    return {
      name,
      select: readSelect(inner.get("$select"), target.name),
      levels: levels === "max" ? Number.POSITIVE_INFINITY : Number(levels),
    };
  });
}

/** Names of options are the same in any casing, and without their dollar. */
function splitOption(option: string): [string, string] {
  const [key = "", ...rest] = option.split("=");
  return [key === "" ? key : `$${key.trim().toLowerCase().replace(/^\$/, "")}`, rest.join("=")];
}

function readFilter(text: string, type: string): FilterExpression {
  try {
    return resolveFilter(parseFilter(text), { type, variables: new Map() });
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new ServiceFailure(400, "BadRequest", {
      message: `Invalid filter clause: ${error.message}`,
    });
  }
}

function readOrderBy(text: string | undefined, type: string): QueryOptions["orderBy"] {
  if (text === undefined) return [];
  return text.split(",").map((part) => {
    const [given = "", direction = "asc", ...others] = part.trim().split(/\s+/);
    const [first = "", ...rest] = given.split("/");
    const name = knownName(type, first);
    if (name === undefined) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `Could not find a property named '${given}' on type 'microsoft.graph.${type}'.`,
      });
    }
    if (!/^(?:asc|desc)$/i.test(direction) || others.length > 0) {
      throw new ServiceFailure(400, "BadRequest", {
        message: `Syntax error at position ${part.indexOf(direction)} in '${text}'.`,
      });
    }
    return { path: [name, ...rest].join("/"), isDescending: direction.toLowerCase() === "desc" };
  });
}

function readSearch(
  text: string | undefined,
  rules: { type: string; isAllowed: boolean },
): SearchExpression | undefined {
  if (text === undefined) return undefined;
  if (!rules.isAllowed) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const search = parseSearch(text);
  if (search === undefined)
    throw badRequest(`Syntax error: character at position 0 is not valid in '${text}'.`);
  const unknown = searchedProperties(search).find(
    (name) => knownName(rules.type, name) === undefined,
  );
  if (unknown !== undefined) {
    throw new ServiceFailure(400, "BadRequest", {
      message: `Could not find a property named '${unknown}' on type 'microsoft.graph.${rules.type}'.`,
    });
  }
  return search;
}

function readTop(text: string | undefined, maxPageSize: number): number | undefined {
  if (text === undefined) return undefined;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1 || top > maxPageSize) {
    throw badRequest(
      `Invalid page size specified: '${text}'. Must be between 1 and ${maxPageSize} inclusive.`,
    );
  }
  return top;
}
