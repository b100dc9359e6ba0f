/**
 * Values with parts inside, as the official plugin compares them: what is zero need not be written down, and the
 * order of a list of words says nothing.
 */
import { isZero } from "../kit/zero-value.ts";
import { inDeclaredOrder } from "./bridged-state.ts";

type Parts = Readonly<Record<string, unknown>>;

const isParts = (value: unknown): value is Parts =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const NONE: ReadonlySet<string> = new Set();

/**
 * What the service has, written as it was declared: zeros only where somebody wrote them or where they are `always`
 * written, lists in their order. What nobody declared and is not zero stays: inside a declared value that is a
 * difference.
 */
export function asDeclared(
  found: unknown,
  declared: unknown,
  options: { readonly always: ReadonlySet<string> } = { always: NONE },
): unknown {
  if (isTexts(found)) return inDeclaredOrder(found, isTexts(declared) ? declared : undefined);
  if (Array.isArray(found)) {
    const items: readonly unknown[] = Array.isArray(declared) ? declared : [];
    return found.map((item, index) => asDeclared(item, items[index], options));
  }
  if (!isParts(found)) return found;
  const old = isParts(declared) ? declared : {};
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, value]) => value !== undefined)
      .filter(([key, value]) => old[key] !== undefined || options.always.has(key) || !isZero(value))
      .map(([key, value]) => [key, asDeclared(value, old[key], options)]),
  );
}

/** Whether both mean the same to the service. */
export function isSame(left: unknown, right: unknown): boolean {
  if (isZero(left) || isZero(right)) return isZero(left) && isZero(right);
  if (isTexts(left) && isTexts(right)) {
    return left.length === right.length && left.every((item) => right.includes(item));
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  }
  if (!isParts(left) || !isParts(right)) return left === right;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key], right[key]));
}

/** A part inside, however deep; undefined where it is missing or not known yet. */
export function within(properties: unknown, ...keys: readonly string[]): Parts | undefined {
  const [key, ...rest] = keys;
  if (!isParts(properties)) return undefined;
  return key === undefined ? properties : within(properties[key], ...rest);
}
