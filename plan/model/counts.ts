/** The numbers of a plan, always made from its lists. */
import type { Change, Counts, ObjectRef } from "./model.ts";

interface Lists {
  readonly changes: readonly Change[];
  readonly unchanged: readonly ObjectRef[];
  readonly unmanaged: readonly ObjectRef[];
}

export function countChanges({ changes, unchanged, unmanaged }: Lists): Counts {
  const counts: Counts = {
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    adopt: 0,
    forget: 0,
    unchanged: unchanged.length,
    unmanaged: unmanaged.length,
  };
  for (const change of changes) counts[change.operation] += 1;
  return counts;
}

/** Order by UTF-16 code units: the same on every machine and in every locale. */
export const byText = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;
