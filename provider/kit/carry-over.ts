/**
 * The approved difference (previous → wanted), carried over to what is there now. What others did elsewhere on the
 * object, or to other elements of a list, is in the result as it was found: so it is neither undone nor refused.
 */
import type { ResourceDefinition } from "./define.ts";
import { below, elementsOf, isAnnotation, isEnough, isSameValue } from "./grain.ts";
import type { Grain } from "./grain.ts";
import { isObject } from "./values.ts";
import type { Properties } from "./values.ts";

export type MergedResource = Grain & Pick<ResourceDefinition, "falseWhenAbsent" | "writeOnly">;

export interface Versions<T> {
  /** Undefined for something new: then nothing is known of what it started from. */
  readonly previous: T | undefined;
  readonly wanted: T;
  readonly observed: T;
}

/** A planned path that somebody else has changed: neither where the plan starts nor where it leads. */
export interface MovedPath {
  /** A property, or `members[key]` for an element of a set. */
  readonly path: string;
  readonly base: unknown;
  readonly found: unknown;
}

export interface CarriedOver {
  readonly target: Properties;
  readonly moved: readonly MovedPath[];
}

/**
 * A key that `wanted` leaves out is released: it is as observed, whatever it was before. Inside a declared object
 * everything is declared, so there a part that is left out goes.
 * What becomes managed is planned even where it is wanted as it is.
 * @param options.isUnfinished its creation broke off: what was wanted then may not be there, so it still counts
 */
export function carryOver(
  resource: MergedResource,
  versions: Versions<Properties>,
  options: {
    readonly isUnfinished?: boolean;
    /** What the state has of keys that become managed. */
    readonly known?: Properties;
  } = {},
): CarriedOver {
  const moved: MovedPath[] = [];
  const isNew = versions.previous === undefined || options.isUnfinished === true;
  const { known = {} } = options;
  const merge = new Merge(resource, { isNew, known, report: (one) => moved.push(one) });
  const filled = (properties: Properties): Properties => ({
    ...Object.fromEntries((resource.falseWhenAbsent ?? []).map((key) => [key, false])),
    ...properties,
  });
  const { previous, wanted, observed } = versions;
  const target = merge.objects("", {
    previous: previous && { ...known, ...filled(previous) },
    wanted: filled(wanted),
    observed,
  });
  return { target, moved };
}

class Merge {
  readonly #resource: MergedResource;
  /** Nothing is known of what it started from. */
  readonly #isNew: boolean;
  readonly #known: Properties;
  readonly #report: (moved: MovedPath) => void;

  constructor(
    resource: MergedResource,
    options: { isNew: boolean; known: Properties; report: (moved: MovedPath) => void },
  ) {
    this.#resource = resource;
    this.#known = options.known;
    this.#isNew = options.isNew;
    this.#report = options.report;
  }

  objects(path: string, { previous, wanted, observed }: Versions<Properties>): Properties {
    const keys = new Set([...Object.keys(observed), ...Object.keys(wanted)]);
    const merged = [...keys].map((key): [string, unknown] => {
      const inside = below(path, key);
      const parts = { previous: previous?.[key], wanted: wanted[key], observed: observed[key] };
      return [key, this.#value(inside, parts)];
    });
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }

  #value(path: string, values: Versions<unknown>): unknown {
    const { previous, wanted, observed } = values;
    const isInside = path.includes(".");
    if (wanted === undefined && (previous === undefined || !isInside)) return observed;
    // Of what nobody can read, and of names, all that counts is what was declared.
    if (this.#resource.writeOnly?.includes(path) || isAnnotation(this.#resource, path))
      return wanted;
    const isManagedFromNow = path in this.#known;
    const isPlanned =
      this.#isNew ||
      previous === undefined ||
      isManagedFromNow ||
      !this.#isSame(path, previous, wanted);
    if (!isPlanned) return observed;
    if (isObject(wanted) && (previous === undefined || isObject(previous))) {
      return this.objects(path, { previous, wanted, observed: isObject(observed) ? observed : {} });
    }
    return this.#set(path, values) ?? this.#whole(path, values);
  }

  /** Undefined where the list is one value. */
  #set(path: string, { previous, wanted, observed }: Versions<unknown>): unknown[] | undefined {
    const elements = (list: unknown): ReadonlyMap<string, unknown> | undefined =>
      list === undefined
        ? new Map()
        : Array.isArray(list)
          ? elementsOf(this.#resource, path, list)
          : undefined;
    const [before, after, found] = [elements(previous), elements(wanted), elements(observed)];
    if (!Array.isArray(wanted) || !before || !after || !found) return undefined;
    const keys = new Set([...found.keys(), ...after.keys()]);
    return [...keys].flatMap((key) => {
      const element = {
        previous: before.get(key),
        wanted: after.get(key),
        observed: found.get(key),
      };
      const isBaseKnown = previous !== undefined && !this.#isNew;
      const merged = this.#element(path, { key, element, isBaseKnown });
      return merged === undefined ? [] : [merged];
    });
  }

  #element(
    path: string,
    {
      key,
      element,
      isBaseKnown,
    }: { key: string; element: Versions<unknown>; isBaseKnown: boolean },
  ): unknown {
    const { previous, wanted, observed } = element;
    const inside = `${path}[0]`;
    const isPlanned =
      previous === undefined || wanted === undefined
        ? previous !== wanted
        : this.#isNew || !this.#isSame(inside, previous, wanted);
    if (!isPlanned) return observed;
    const isAt = (place: unknown): boolean =>
      place === undefined || observed === undefined
        ? place === observed
        : this.#isSame(inside, place, observed);
    if (isBaseKnown && !isAt(previous) && !isAt(wanted)) {
      this.#report({ path: `${path}[${key}]`, base: previous, found: observed });
    }
    return wanted;
  }

  #whole(path: string, { previous, wanted, observed }: Versions<unknown>): unknown {
    const isAt = (planned: unknown): boolean =>
      isEnough(this.#resource, path, { planned, found: observed }) ||
      this.#isSame(path, planned, observed);
    if (!this.#isNew && previous !== undefined && !isAt(previous) && !isAt(wanted)) {
      this.#report({ path, base: previous, found: observed });
    }
    return wanted;
  }

  #isSame(path: string, one: unknown, other: unknown): boolean {
    return isSameValue(this.#resource, path, [one, other]);
  }
}
