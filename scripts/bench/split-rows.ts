/** Medians of runs that were split into named parts. */
import { median } from "./measure.ts";
import type { Row } from "./part.ts";

export type Split = Readonly<Record<string, number>>;

/** One row per part of the first split, in its order, and their sum. */
export function splitRows(splits: readonly Split[]): Row[] {
  const names = Object.keys(splits[0] ?? {});
  return names.map((name) => ({
    what: `  ${name}`,
    value: median(splits.map((split) => split[name] ?? 0)),
    unit: "ms" as const,
  }));
}
