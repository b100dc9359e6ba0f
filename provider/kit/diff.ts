/** Property-level comparison of what was declared before with what is declared now. */
import type { Properties } from "./values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

export type DifferenceKind = "add" | "update" | "delete";

/** Paths as Pulumi writes them (`members[2]`, `location.country`) with what happened there. */
export type Differences = ReadonlyMap<string, DifferenceKind>;

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Deep differences; an unknown differs from everything, since nobody can promise that it will be equal. */
export function differences(before: Properties, after: Properties): Differences {
  const found = new Map<string, DifferenceKind>();
  compareObjects({ before, after, path: "" }, found);
  return found;
}

interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly path: string;
}

function compareObjects(pair: Pair<Properties>, found: Map<string, DifferenceKind>): void {
  const keys = new Set([...Object.keys(pair.before), ...Object.keys(pair.after)]);
  for (const key of [...keys].sort()) {
    const path = /^[A-Za-z_$][\w$]*$/.test(key)
      ? `${pair.path}${pair.path === "" ? "" : "."}${key}`
      : `${pair.path}[${JSON.stringify(key)}]`;
    compare({ before: pair.before[key], after: pair.after[key], path }, found);
  }
}

function compare(pair: Pair<unknown>, found: Map<string, DifferenceKind>): void {
  const { before, after, path } = pair;
  if (after === undefined) {
    if (before !== undefined) found.set(path, "delete");
  } else if (before === undefined) {
    found.set(path, "add");
  } else if (after === UNKNOWN) {
    found.set(path, "update");
  } else if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index += 1) {
      compare({ before: before[index], after: after[index], path: `${path}[${index}]` }, found);
    }
  } else if (isObject(before) && isObject(after)) {
    compareObjects({ before, after, path }, found);
  } else if (before !== after) {
    found.set(path, "update");
  }
}

/** The input a path starts at: `members` of `members[2].id`. */
export const topLevelKey = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;
