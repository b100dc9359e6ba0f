/** What a parsed `$filter` says about an object, and which properties it names. */
import type { FilterExpression, FilterValue } from "./filter-parser.ts";

/** Moments are the same however they are written. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/i;

type Item = Record<string, unknown>;

/** Text is compared without regard to case, as in the directory. */
export function matches(expression: FilterExpression, object: unknown, variable = ""): boolean {
  switch (expression.kind) {
    case "and":
      return (
        matches(expression.left, object, variable) && matches(expression.right, object, variable)
      );
    case "or":
      return (
        matches(expression.left, object, variable) || matches(expression.right, object, variable)
      );
    case "not":
      return !matches(expression.operand, object, variable);
    case "in":
      return expression.values.some(
        (value) => compare(read(object, expression.path, variable), value) === 0,
      );
    case "compare":
      return matchesComparison(read(object, expression.path, variable), expression);
    case "call":
      return matchesCall(read(object, expression.path, variable), expression);
    case "any":
    case "all": {
      const items = read(object, expression.path, variable);
      const { condition } = expression;
      if (!Array.isArray(items)) return expression.kind === "all";
      if (condition === undefined) return items.length > 0;
      const test = (item: unknown): boolean => matches(condition, item, expression.variable);
      return expression.kind === "any" ? items.some(test) : items.every(test);
    }
  }
}

function matchesComparison(
  actual: unknown,
  { operator, value }: { operator: string; value: FilterValue },
): boolean {
  const order = compare(actual, value);
  switch (operator) {
    case "eq":
      return order === 0;
    case "ne":
      return order !== 0;
    case "gt":
      return order !== undefined && order > 0;
    case "ge":
      return order !== undefined && order >= 0;
    case "lt":
      return order !== undefined && order < 0;
    default:
      return order !== undefined && order <= 0;
  }
}

function matchesCall(actual: unknown, { name, value }: { name: string; value: string }): boolean {
  if (typeof actual !== "string") return false;
  const [text, part] = [actual.toLowerCase(), value.toLowerCase()];
  if (name === "startsWith") return text.startsWith(part);
  return name === "endsWith" ? text.endsWith(part) : text.includes(part);
}

/** @returns the order of the two, undefined when they cannot be compared */
export function compare(actual: unknown, value: FilterValue): number | undefined {
  if (actual === null || actual === undefined) return value === null ? 0 : undefined;
  if (value === null) return undefined;
  if (typeof actual === "string" && typeof value === "string") {
    if (MOMENT.test(actual) && MOMENT.test(value)) return Date.parse(actual) - Date.parse(value);
    const [left, right] = [actual.toLowerCase(), value.toLowerCase()];
    return left === right ? 0 : left < right ? -1 : 1;
  }
  if (typeof actual === "number" && typeof value === "number") return actual - value;
  return actual === value ? 0 : undefined;
}

function read(object: unknown, path: string, variable: string): unknown {
  let parts = path.split("/");
  if (variable !== "" && parts[0] === variable) parts = parts.slice(1);
  let value = object;
  for (const part of parts) {
    if (part === "$count") return Array.isArray(value) ? value.length : 0;
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Item)[part];
  }
  return value;
}

/** The property paths that the expression names, seen from the object itself. */
export function pathsOf(expression: FilterExpression): string[] {
  switch (expression.kind) {
    case "and":
    case "or":
      return [...pathsOf(expression.left), ...pathsOf(expression.right)];
    case "not":
      return pathsOf(expression.operand);
    case "in":
    case "compare":
    case "call":
    case "any":
    case "all":
      return [expression.path];
  }
}

/** A property that must equal one of these texts for the filter to hold: good for an index. */
export function equalities(expression: FilterExpression): { path: string; values: string[] }[] {
  if (expression.kind === "and")
    return [...equalities(expression.left), ...equalities(expression.right)];
  if (
    expression.kind === "compare" &&
    expression.operator === "eq" &&
    typeof expression.value === "string"
  ) {
    return [{ path: expression.path, values: [expression.value] }];
  }
  if (expression.kind === "in" && expression.values.every((value) => typeof value === "string")) {
    return [{ path: expression.path, values: expression.values }];
  }
  if (expression.kind === "any" && expression.condition?.kind === "compare") {
    const { operator, path, value } = expression.condition;
    if (operator === "eq" && path === expression.variable && typeof value === "string") {
      return [{ path: expression.path, values: [value] }];
    }
  }
  return [];
}
