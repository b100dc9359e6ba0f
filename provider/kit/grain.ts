/**
 * What counts as one thing in the inputs of a resource: a path, and in a list that is a set each element. Differences,
 * merges and comparisons all go by it.
 */
import type { ResourceDefinition } from "./define.ts";
import { SAME_MEANINGS } from "./same-meaning.ts";
import { isObject } from "./values.ts";
import type { Properties } from "./values.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

export type Grain = Pick<
  ResourceDefinition,
  "annotations" | "caseless" | "elementKeys" | "minimums" | "wholeLists"
>;

/** `grants[2].displayName` as definitions write it: `grants[*].displayName`. */
const pattern = (path: string): string => path.replaceAll(/\[\d+\]/g, "[*]");

/** Whether the path only names something for people. */
export const isAnnotation = ({ annotations = [] }: Grain, path: string): boolean =>
  annotations.includes(pattern(path));

/**
 * Identity of an element of the list at `path`; undefined where the list is one value. A text is its
 * own key.
 */
export function elementKey(grain: Grain, path: string, element: unknown): string | undefined {
  if (grain.wholeLists?.includes(path)) return undefined;
  if (typeof element === "string") return element === UNKNOWN ? undefined : element;
  const names = grain.elementKeys?.[path];
  if (names === undefined || !isObject(element)) return undefined;
  return names.map((name) => element[name]).find(isKnownText);
}

/** The elements by their keys; undefined where the list is one value, or two of its elements cannot be told apart. */
export function elementsOf(
  grain: Grain,
  path: string,
  list: readonly unknown[],
): ReadonlyMap<string, unknown> | undefined {
  const elements = new Map<string, unknown>();
  for (const element of list) {
    const key = elementKey(grain, path, element);
    if (key === undefined || elements.has(key)) return undefined;
    elements.set(key, element);
  }
  return elements;
}

const isKnownText = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value !== UNKNOWN;

/** Whether there is as much as was planned, of what is a minimum. */
export const isEnough = (
  { minimums = [] }: Grain,
  path: string,
  { planned, found }: { readonly planned: unknown; readonly found: unknown },
): boolean =>
  minimums.includes(path) &&
  typeof planned === "number" &&
  typeof found === "number" &&
  found >= planned;

/** Whether leaving the input out lets go of it: it is no longer managed, and left as it is. */
export function isReleasable(
  {
    falseWhenAbsent = [],
    filledIn = [],
    replaceOn,
  }: Pick<ResourceDefinition, "falseWhenAbsent" | "filledIn" | "replaceOn">,
  path: string,
): boolean {
  const isInput = /^[^.[]+$/.test(path);
  const isItsNature = replaceOn.includes(path) && !filledIn.includes(path);
  return isInput && !isItsNature && !falseWhenAbsent.includes(path);
}

/** Elements that do not say by their key which they are, with the key of the one of that name in `known`. */
export function identified(grain: Grain, inputs: Properties, known: Properties): Properties {
  const lists = Object.entries(grain.elementKeys ?? {}).flatMap(([path, [key, name]]) => {
    const [list, others] = [inputs[path], known[path]];
    if (name === undefined || !Array.isArray(list) || !Array.isArray(others)) return [];
    const objects = others.filter(isObject);
    const identify = (element: unknown): unknown => {
      if (!isObject(element) || element[key] !== undefined) return element;
      const same = objects.find((other) => other[name] === element[name]);
      return same?.[key] === undefined ? element : { ...element, [key]: same[key] };
    };
    return [[path, list.map(identify)] as const];
  });
  return { ...inputs, ...Object.fromEntries(lists) };
}

/** Whether both say the same to the service: sets have no order, annotations do not count, and same-meaning.ts holds. */
export function isSameValue(grain: Grain, path: string, [one, other]: [unknown, unknown]): boolean {
  const place = pattern(path);
  const isSame = one === other || SAME_MEANINGS.some((holds) => holds([one, other], place, grain));
  if (isSame) return true;
  if (Array.isArray(one) && Array.isArray(other)) return areSameLists(grain, path, [one, other]);
  if (!isObject(one) || !isObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => {
    const inside = below(path, key);
    return isAnnotation(grain, inside) || isSameValue(grain, inside, [one[key], other[key]]);
  });
}

function areSameLists(
  grain: Grain,
  path: string,
  [one, other]: [readonly unknown[], readonly unknown[]],
): boolean {
  if (one.length !== other.length) return false;
  const inside = `${path}[0]`;
  const others = elementsOf(grain, path, other);
  const ours = others && elementsOf(grain, path, one);
  if (ours === undefined) {
    return one.every((element, at) => isSameValue(grain, inside, [element, other[at]]));
  }
  return [...ours].every(
    ([key, element]) =>
      others?.has(key) === true && isSameValue(grain, inside, [element, others.get(key)]),
  );
}

/** The path of a property inside another. */
export const below = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/**
 * What was found, written as it was declared wherever it says the same: sets in their order, instants and annotations
 * in their spelling.
 */
export function writtenAs(grain: Grain, found: Properties, declared: Properties): Properties {
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, valueAs(grain, key, [value, declared[key]])]),
  );
}

function valueAs(grain: Grain, path: string, [found, declared]: [unknown, unknown]): unknown {
  if (declared === undefined) return found;
  if (isSameValue(grain, path, [found, declared])) return declared;
  if (!Array.isArray(found) || !Array.isArray(declared)) return found;
  const old = elementsOf(grain, path, declared);
  const now = elementsOf(grain, path, found);
  if (old === undefined || now === undefined) return found;
  const keys = new Set([...old.keys(), ...now.keys()].filter((key) => now.has(key)));
  return [...keys].map((key) => valueAs(grain, `${path}[0]`, [now.get(key), old.get(key)]));
}
