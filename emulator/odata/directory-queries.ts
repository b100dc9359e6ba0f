/**
 * What the directory answers by default, what only as an advanced query (`ConsistencyLevel: eventual` and `$count=true`),
 * and what not at all, in the service's words where they are known.
 * @see https://learn.microsoft.com/graph/aad-advanced-queries, filter-query-parameter, query-parameters (checked 2026-11);
 * words of refusals about sorting, `contains` and `$expand`: microsoft-graph-docs#13762, #20427, #14451, #96,
 * microsoft-graph-docs-contrib#1337; more than 15 alternatives: users' reports of 2019
 */
import { ServiceFailure } from "../core/failure.ts";
import { unsupportedQuery } from "../graph/errors.ts";
import type { FilterExpression } from "./filter-parser.ts";

export interface DirectoryQuery {
  filter: FilterExpression | undefined;
  orderBy: readonly { path: string }[];
  expand: readonly { levels: number }[];
}

export interface DirectoryContext {
  /** Graph type without namespace. */
  type: string;
  /** Whether the request carries what advanced queries need. */
  isAdvanced: boolean;
}

interface Use {
  operator: string;
  /** Property of the object itself. */
  property: string;
  isNull?: boolean;
}

/** Every filter on these needs an advanced query. */
const ADVANCED_PROPERTIES = new Set(
  (
    "companyName employeeHireDate employeeType mobilePhone officeLocation onPremisesExtensionAttributes " +
    "onPremisesImmutableId onPremisesLastSyncDateTime onPremisesSamAccountName passwordPolicies postalCode " +
    "preferredLanguage showInAddressList streetAddress"
  ).split(" "),
);
/** A comparison of these with null needs an advanced query. */
const ADVANCED_WITH_NULL = new Set(
  (
    "city companyName country department displayName employeeId givenName jobTitle mailNickname mobilePhone " +
    "officeLocation onPremisesSecurityIdentifier passwordPolicies postalCode preferredLanguage proxyAddresses state " +
    "streetAddress surname userType"
  ).split(" "),
);
const ADVANCED_OPERATORS = new Set(["ne", "not", "endsWith", "$count"]);
/** Conditions joined by `or`, and values of `in`. */
const MAX_ALTERNATIVES = 15;
const ENDS_WITH = new Set(["mail", "otherMails", "proxyAddresses", "userPrincipalName"]);
const UNSUPPORTED_OPERATORS: Record<string, string> = { contains: "Contains", all: "All" };

const SORTABLE: Record<string, readonly string[]> = {
  user: ["displayName", "userPrincipalName"],
  group: ["displayName"],
};
const SORTABLE_ADVANCED = [
  "displayName",
  "userPrincipalName",
  "createdDateTime",
  "deletedDateTime",
];

/** @throws ServiceFailure when the directory does not answer such a query */
export function refuseUnsupported(query: DirectoryQuery, context: DirectoryContext): void {
  if (query.expand.length > 1) {
    throw new ServiceFailure(400, "BadRequest", {
      message: `The result of parsing $expand contained at least ${query.expand.length} items, but the maximum allowed is 1.`,
    });
  }
  // The chain of managers is the documented exception.
  if (context.isAdvanced && query.expand.some(({ levels }) => levels === 1))
    throw unsupportedQuery("$expand is not supported in advanced queries.");
  for (const use of query.filter === undefined ? [] : usesOf(query.filter)) {
    refuseUse(use, context);
  }
  const alternatives = query.filter === undefined ? 0 : mostAlternatives(query.filter);
  if (!context.isAdvanced && alternatives > MAX_ALTERNATIVES) {
    throw unsupportedQuery(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${alternatives}. Max allowed: ${MAX_ALTERNATIVES}.`,
    );
  }
  if (query.orderBy.length > 0) refuseSorting(query, context);
}

/** How many conditions the longest `or`, or list of `in`, joins. */
function mostAlternatives(expression: FilterExpression): number {
  switch (expression.kind) {
    case "or":
      return alternativesOf(expression).length;
    case "and":
      return Math.max(mostAlternatives(expression.left), mostAlternatives(expression.right));
    case "not":
      return mostAlternatives(expression.operand);
    case "in":
      return expression.values.length;
    case "compare":
    case "call":
    case "any":
    case "all":
      return 1;
  }
}

function alternativesOf(expression: FilterExpression): FilterExpression[] {
  if (expression.kind !== "or") return [expression];
  return [...alternativesOf(expression.left), ...alternativesOf(expression.right)];
}

function refuseUse(use: Use, { type, isAdvanced }: DirectoryContext): void {
  const unsupported = UNSUPPORTED_OPERATORS[use.operator];
  if (unsupported !== undefined)
    throw unsupportedQuery(`Unsupported property filter clause operator '${unsupported}'.`);
  if (use.operator === "endsWith" && !ENDS_WITH.has(use.property)) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${use.property}' of resource '${resource(type)}'.`,
    );
  }
  if (isAdvanced || !needsAdvanced(use)) return;
  throw unsupportedQuery(
    `Operator '${use.operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  );
}

function needsAdvanced({ operator, property, isNull }: Use): boolean {
  return (
    ADVANCED_OPERATORS.has(operator) ||
    ADVANCED_PROPERTIES.has(property) ||
    (isNull === true && ADVANCED_WITH_NULL.has(property))
  );
}

function refuseSorting(query: DirectoryQuery, { type, isAdvanced }: DirectoryContext): void {
  if (isAdvanced) {
    const isSortable = query.orderBy.every(({ path }) => SORTABLE_ADVANCED.includes(path));
    if (!isSortable) throw unsupportedQuery("An unsupported property was specified.");
    return;
  }
  if (query.filter !== undefined)
    throw unsupportedQuery("Sorting not supported for current query.");
  const other = query.orderBy.find(({ path }) => SORTABLE[type]?.includes(path) !== true);
  if (other !== undefined)
    throw unsupportedQuery(`Unsupported sort property '${other.path}' for '${resource(type)}'.`);
}

/** What the filter asks of which property; inside `any` the property is the collection. */
function usesOf(expression: FilterExpression, collection?: string): Use[] {
  const property = "path" in expression ? (collection ?? root(expression.path)) : "";
  switch (expression.kind) {
    case "and":
    case "or":
      return [...usesOf(expression.left, collection), ...usesOf(expression.right, collection)];
    case "not":
      return [{ operator: "not", property }, ...usesOf(expression.operand, collection)];
    case "compare": {
      const { operator, path, value } = expression;
      if (path.endsWith("/$count")) return [{ operator: "$count", property }];
      return [{ operator, property, isNull: value === null }];
    }
    case "in":
      return [{ operator: "in", property }];
    case "call":
      return [{ operator: expression.name, property }];
    case "any":
    case "all": {
      const { kind, condition } = expression;
      return [
        { operator: kind, property },
        ...(condition === undefined ? [] : usesOf(condition, property)),
      ];
    }
  }
}

function root(path: string): string {
  return path.split("/")[0] ?? "";
}

/** `User` in the service's messages. */
function resource(type: string): string {
  return `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
}
