/** An apply that did not come to its end: to be told before it reads as drift or as a plan. */
import type { VerifiedRecord } from "../approval/index.ts";
import type { LockStatus } from "./tenant-locks.ts";

export type InterruptedApply =
  /** Its process died; the next apply determines its outcome. */
  | { readonly kind: "outcome-unknown"; readonly startedAt: string; readonly isLocked: boolean }
  /** What is left of it needs an approval of its own. */
  | { readonly kind: "approval-spent"; readonly finishedAt: string }
  /** The approval still holds for what is left, as long as the tenant file is the same. */
  | { readonly kind: "approval-holds"; readonly finishedAt: string; readonly changesLeft: number };

/** Undefined when the last apply succeeded, when there was none, and while one is under way. */
export function interruptedApply(
  { openStart, applications }: VerifiedRecord,
  lock: LockStatus | undefined,
): InterruptedApply | undefined {
  if (lock !== undefined && !lock.isStranded) return undefined;
  if (openStart !== undefined) {
    const { startedAt } = openStart.predicate;
    return { kind: "outcome-unknown", startedAt, isLocked: lock !== undefined };
  }
  const last = applications.at(-1)?.predicate;
  if (last === undefined || last.result === "succeeded") return undefined;
  const { finishedAt, remaining } = last;
  return remaining === null
    ? { kind: "approval-spent", finishedAt }
    : { kind: "approval-holds", finishedAt, changesLeft: remaining.changes };
}
