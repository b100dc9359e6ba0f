import { isObject } from "./values.ts";

/** False, nothing, or made of nothing but such values: what the official plugin takes for "not written down". */
export function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(isZero);
  return value === undefined || value === null || value === "" || value === false || value === 0;
}
