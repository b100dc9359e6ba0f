/** Who holds a tenant, in words, and whether that process can still be there. */
import { ExpectedError } from "../core/expected-error.ts";
import { ageOf, tenantLocks } from "../state/index.ts";
import type { HeldLock, TenantLocks } from "../state/index.ts";
import type { OperationContext } from "./ports.ts";

type Ports = Pick<OperationContext, "records" | "machine" | "now">;

/** A lock as it stands: what a surface needs to name it. */
export interface LockStatus extends HeldLock {
  /** True when its process is known to be gone. */
  readonly isStranded: boolean;
  /** Such as "2 h 5 min". */
  readonly age: string;
}

export const locksOf = ({ records, machine, now }: Ports, stack: string): TenantLocks =>
  tenantLocks({ store: records, stack, owner: machine.owner, now });

export async function lockStatus(context: Ports, stack: string): Promise<LockStatus | undefined> {
  const held = await locksOf(context, stack).current();
  return held === undefined ? undefined : statusOf(context, held);
}

export const statusOf = ({ machine, now }: Ports, lock: HeldLock): LockStatus => ({
  ...lock,
  isStranded: machine.isGone(lock.owner),
  age: ageOf(now().getTime() - Date.parse(lock.since)),
});

/** Owner, age and purpose, and whether the process is known to be gone. */
export function describeLock({ owner, age, purpose, isStranded }: LockStatus): string {
  const gone = isStranded ? "; that process is gone" : "";
  return `${owner.user} on ${owner.host} (process ${owner.pid}), for ${age}, to ${purpose}${gone}`;
}

/** Refuses early, so that nobody waits for a plan that cannot be applied anyway. */
export async function refuseHeld(context: Ports, stack: string): Promise<void> {
  const lock = await lockStatus(context, stack);
  if (lock === undefined) return;
  throw new ExpectedError("tenant-locked", `${stack} is held by ${describeLock(lock)}.`, {
    hint: lock.isStranded
      ? "Nothing will release it: break it with {unlock}."
      : "Wait; or, when it is certain that the process is gone: {unlock}.",
    remedy: { unlock: { tenant: stack, reason: "…" } },
  });
}
