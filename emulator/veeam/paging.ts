/** Pages by offset and limit. */
import type { Call } from "../core/workload.ts";
import { invalid } from "./errors.ts";

const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 10_000;

export interface Page {
  offset: number;
  limit: number;
  results: unknown[];
}

/** @throws ServiceFailure 400 for an offset or limit that is not a whole number in range (limit 1 to 10,000) */
export function page(call: Call, items: readonly unknown[]): Page {
  const offset = wholeNumber(call, "offset", { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER });
  const limit = wholeNumber(call, "limit", { fallback: DEFAULT_LIMIT, min: 1, max: MAX_LIMIT });
  return { offset, limit, results: items.slice(offset, offset + limit) };
}

function wholeNumber(
  call: Call,
  name: string,
  range: { fallback: number; min: number; max: number },
): number {
  const given = call.query.get(name);
  if (given === null) return range.fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < range.min || value > range.max) {
    throw invalid(`${name}: '${given}' is not a whole number from ${range.min} to ${range.max}`);
  }
  return value;
}
