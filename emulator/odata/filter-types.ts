/**
 * The names and types in a filter, checked against the schema.
 * @see https://docs.oasis-open.org/odata/odata/v4.01 (checked 2026-11); words of refusals: those of Microsoft's OData
 * library, as microsoft-graph-docs#3044 and pnp/cli-microsoft365#6064 show them
 */
import { FilterSyntaxError, type FilterExpression, type FilterValue } from "./filter-parser.ts";
import { graphSchema, knownName, navigationOf, propertyOf, type PropertyType } from "./schema.ts";

interface FilterScope {
  /** Of what stands outside of lambdas. */
  type: string;
  /** Elements by the variable of the lambda; undefined if the schema does not describe them. */
  variables: ReadonlyMap<string, PropertyType | undefined>;
}

const KINDS = {
  eq: "Equal",
  ne: "NotEqual",
  gt: "GreaterThan",
  ge: "GreaterThanOrEqual",
  lt: "LessThan",
  le: "LessThanOrEqual",
} as const;
const NUMBERS = ["Byte", "Int16", "Int32", "Int64", "Single", "Double", "Decimal"];
const DATE = /^\d{4}-\d\d-\d\d/;

/** The filter with every name in the schema's spelling; throws FilterSyntaxError for unknown names and wrong types. */
export function resolveFilter(expression: FilterExpression, scope: FilterScope): FilterExpression {
  switch (expression.kind) {
    case "and":
    case "or":
      return {
        ...expression,
        left: resolveFilter(expression.left, scope),
        right: resolveFilter(expression.right, scope),
      };
    case "not":
      return { ...expression, operand: resolveFilter(expression.operand, scope) };
    case "compare": {
      const { path, type } = resolvePath(expression.path, scope);
      refuseLiteral(type, expression);
      return { ...expression, path };
    }
    case "in": {
      const { path, type } = resolvePath(expression.path, scope);
      for (const value of expression.values) refuseLiteral(type, { operator: "eq", value });
      return { ...expression, path };
    }
    case "call": {
      const { path, type } = resolvePath(expression.path, scope);
      if (type !== undefined && (type.name !== "String" || type.isCollection)) {
        const { name } = expression;
        throw new FilterSyntaxError(
          `No function signature for the function with name '${name}' matches the specified arguments. The function signatures considered are: ${name}(Edm.String Nullable=true, Edm.String Nullable=true).`,
        );
      }
      return { ...expression, path };
    }
    case "any":
    case "all": {
      const { path, type } = resolvePath(expression.path, scope);
      if (expression.condition === undefined) return { ...expression, path };
      const element = type === undefined ? undefined : { ...type, isCollection: false };
      const variables = new Map([...scope.variables, [expression.variable, element]]);
      const condition = resolveFilter(expression.condition, { ...scope, variables });
      return { ...expression, path, condition };
    }
  }
}

function resolvePath(
  path: string,
  { type: root, variables }: FilterScope,
): { path: string; type: PropertyType | undefined } {
  const [first = "", ...rest] = path.split("/");
  const isVariable = variables.has(first);
  const known = isVariable ? [first] : [];
  let type: PropertyType | undefined = isVariable
    ? variables.get(first)
    : { name: root, isCollection: false, isNullable: false };
  for (const part of isVariable ? rest : [first, ...rest]) {
    // What lies under a type that is not kept cannot be checked.
    if (type === undefined) known.push(part);
    else if (part === "$count") {
      known.push(part);
      type = { name: "Int64", isCollection: false, isNullable: false };
    } else {
      const name = memberOf(type.name, part);
      known.push(name);
      type = graphSchema().types[type.name] === undefined ? undefined : typeOf(type.name, name);
    }
  }
  return { path: known.join("/"), type };
}

function memberOf(type: string, part: string): string {
  const { types, enums } = graphSchema();
  if (types[type] === undefined && enums[type] === undefined && !isScalar(type)) return part;
  const name = knownName(type, part);
  if (name !== undefined) return name;
  throw new FilterSyntaxError(
    `Could not find a property named '${part}' on type 'microsoft.graph.${type}'.`,
  );
}

/** Undefined also for what only some kinds of directory objects have. */
function typeOf(type: string, name: string): PropertyType | undefined {
  return propertyOf(type, name) ?? navigationOf(type, name);
}

function isScalar(type: string): boolean {
  return /^[A-Z]/.test(type);
}

function refuseLiteral(
  type: PropertyType | undefined,
  literal: { operator: keyof typeof KINDS; value: FilterValue; isQuoted?: boolean },
): void {
  const { operator, value } = literal;
  if (type === undefined || value === null || isComparable(type, literal)) return;
  const edm = isScalar(type.name) ? `Edm.${type.name}` : `microsoft.graph.${type.name}`;
  const found = type.isCollection ? `Collection(${edm})` : edm;
  throw new FilterSyntaxError(
    `A binary operator with incompatible types was detected. Found operand types '${found}' and '${typeOfLiteral(value)}' for operator kind '${KINDS[operator]}'.`,
  );
}

function isComparable(
  { name, isCollection }: PropertyType,
  { value, isQuoted }: { value: FilterValue; isQuoted?: boolean },
): boolean {
  if (isCollection) return false;
  if (name === "Boolean") return typeof value === "boolean";
  if (NUMBERS.includes(name)) return typeof value === "number";
  if (typeof value !== "string") return false;
  return name === "DateTimeOffset" ? isQuoted !== true && DATE.test(value) : true;
}

function typeOfLiteral(value: string | number | boolean): string {
  if (typeof value === "number") return Number.isInteger(value) ? "Edm.Int32" : "Edm.Double";
  return typeof value === "boolean" ? "Edm.Boolean" : "Edm.String";
}
