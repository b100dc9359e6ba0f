/** Who holds a tenant, in words, and how it is taken, with what a take-over leaves in the record. */
import { headOf, signLockBreak } from "../approval/index.ts";
import { interrupted } from "../core/interruption.ts";
import { ageOf } from "../state/index.ts";
import type { CurrentLock, HeldLock, Ledger, LockWaiting, TenantLock } from "../state/index.ts";
import type { OperationContext } from "./ports.ts";

type Ports = Pick<OperationContext, "locks" | "machine" | "now">;

/** A lock as it stands: what a surface needs to name it. */
export interface LockStatus extends HeldLock {
  /** True when its process is known to be gone, or its time is over. */
  readonly isStranded: boolean;
  /** Such as "2 h 5 min". */
  readonly age: string;
}

export async function lockStatus(context: Ports, stack: string): Promise<LockStatus | undefined> {
  const current = await context.locks(stack).current();
  return current && statusOf(context, current);
}

export const statusOf = (
  { machine, now }: Ports,
  { lock, isExpired }: CurrentLock,
): LockStatus => ({
  ...lock,
  isStranded: isExpired || machine.isGone(lock.owner),
  age: ageOf(now().getTime() - Date.parse(lock.since)),
});

/** Owner, age and purpose, and whether the process is known to be gone. */
export function describeLock({ owner, age, purpose, isStranded }: LockStatus): string {
  const gone = isStranded ? "; that process is gone" : "";
  return `${owner.user} on ${owner.host} (process ${owner.pid}), for ${age}, to ${purpose}${gone}`;
}

/** Refuses early, so that nobody waits for a plan that cannot be applied anyway. @throws ExpectedError `tenant-locked` */
export async function refuseHeld(context: OperationContext, stack: string): Promise<void> {
  await waited(context, (waiting) => context.locks(stack).untilFree(waiting));
}

interface Taking {
  readonly stack: string;
  readonly tenantId: string;
  readonly purpose: string;
  readonly ledger: Ledger;
}

/** The lock, and the record as it stands under it. A lock whose holder died is taken over, on the record. */
export async function takeLock(
  context: OperationContext,
  { stack, tenantId, purpose, ledger: opened }: Taking,
): Promise<{ readonly lock: TenantLock; readonly ledger: Ledger }> {
  const lock = await waited(context, (waiting) => context.locks(stack).acquire(purpose, waiting));
  try {
    const ledger = await opened.renew(lock.records);
    const { tookOver } = lock;
    if (tookOver === undefined) return { lock, ledger };
    const { email, key } = await context.trust.applier();
    const { epoch, ...previous } = tookOver;
    const statement = {
      ...{ tenantId, stack, seen: headOf(ledger.record), lock: previous },
      brokenBy: { email, keyId: key.keyId },
      brokenAt: context.now().toISOString(),
      reason: `Taken over to ${purpose}: it was no longer renewed (epoch ${epoch}).`,
    };
    return { lock, ledger: await ledger.append(signLockBreak(statement, key)) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function waited<T>(
  { report, signal }: OperationContext,
  wait: (waiting: LockWaiting) => Promise<T>,
): Promise<T> {
  try {
    const onWait = (lock: HeldLock, freeIn: number): void => {
      report({ kind: "waiting-for-lock", lock, seconds: Math.ceil(freeIn / 1000) });
    };
    return await wait({ signal, onWait });
  } catch (cause) {
    if (signal.aborted) throw interrupted({ cause });
    throw cause;
  }
}
