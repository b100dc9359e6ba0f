/** Property-level comparison of what was declared before with what is declared now. */
import { below, elementsOf, isAnnotation } from "./grain.ts";
import type { Grain } from "./grain.ts";
import { isObject } from "./values.ts";
import type { Properties } from "./values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

export type DifferenceKind = "add" | "update" | "delete";

/** Paths as Pulumi writes them (`members[2]`, `location.country`) with what happened there. */
export type Differences = ReadonlyMap<string, DifferenceKind>;

/**
 * Deep differences; an unknown differs from everything, since nobody can promise that it will be equal. Annotations
 * make none, and where a list has element keys its elements are compared by those.
 */
export function differences(before: Properties, after: Properties, grain: Grain = {}): Differences {
  const comparison = new Comparison(grain);
  comparison.objects({ before, after, path: "" });
  return comparison.found;
}

interface Pair<T> {
  readonly before: T;
  readonly after: T;
  readonly path: string;
}

class Comparison {
  readonly found = new Map<string, DifferenceKind>();
  readonly #grain: Grain;

  constructor(grain: Grain) {
    this.#grain = grain;
  }

  objects({ before, after, path }: Pair<Properties>): void {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of [...keys].sort()) {
      const inside = /^[A-Za-z_$][\w$]*$/.test(key)
        ? below(path, key)
        : `${path}[${JSON.stringify(key)}]`;
      if (isAnnotation(this.#grain, inside)) continue;
      this.#values({ before: before[key], after: after[key], path: inside });
    }
  }

  #values({ before, after, path }: Pair<unknown>): void {
    if (after === undefined) {
      if (before !== undefined) this.found.set(path, "delete");
    } else if (before === undefined) {
      this.found.set(path, "add");
    } else if (after === UNKNOWN) {
      this.found.set(path, "update");
    } else if (Array.isArray(before) && Array.isArray(after)) {
      this.#lists({ before, after, path });
    } else if (isObject(before) && isObject(after)) {
      this.objects({ before, after, path });
    } else if (before !== after) {
      this.found.set(path, "update");
    }
  }

  #lists({ before, after, path }: Pair<readonly unknown[]>): void {
    const isKeyed = this.#grain.elementKeys?.[path] !== undefined;
    const [old, now] = [before, after].map((list) =>
      isKeyed ? elementsOf(this.#grain, path, list) : undefined,
    );
    if (old && now) {
      this.#elements({ before: old, after: now, path });
      return;
    }
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      const inside = `${path}[${index}]`;
      this.#values({ before: before[index], after: after[index], path: inside });
    }
  }

  /** A new element is at its place in the new list, one that goes at its place in the old list. */
  #elements({ before, after, path }: Pair<ReadonlyMap<string, unknown>>): void {
    [...after].forEach(([key, element], index) => {
      this.#values({ before: before.get(key), after: element, path: `${path}[${index}]` });
    });
    [...before.keys()].forEach((key, index) => {
      if (after.has(key)) return;
      const gone = `${path}[${index}]`;
      this.found.set(gone, this.found.has(gone) ? "update" : "delete");
    });
  }
}

/** The input a path starts at: `members` of `members[2].id`. */
export const topLevelKey = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;
