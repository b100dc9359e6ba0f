/** Breaking a lock that nobody will release: recorded first, and only the lock that was looked at. */
import { headOf, normalizeEmail, signLockBreak } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { stateDatabasePlace } from "../workspace/index.ts";
import { refuseWrongTime } from "./check-clock.ts";
import type { OperationContext, Signer } from "./ports.ts";
import { openLedger } from "./records.ts";
import { describeLock, statusOf } from "./tenant-locks.ts";
import type { LockStatus } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

export interface BreakLockRequest {
  readonly stack: string;
  /** Undefined: only say who holds it. */
  readonly reason: string | undefined;
  /** Person of the provider; undefined: who applies here. */
  readonly email: string | undefined;
}

/** @throws ExpectedError `not-locked`, `reason-needed` (with who holds it), `still-running`, `lock-changed`. */
export async function breakTenantLock(
  context: OperationContext,
  { stack, reason, email }: BreakLockRequest,
): Promise<LockStatus> {
  const locks = context.locks(stack);
  const held = await locks.current();
  if (held === undefined) {
    throw new ExpectedError("not-locked", `${stack} is not locked.`, {
      hint: "There is nothing to break.",
    });
  }
  const status = statusOf(context, held);
  const given = requireReason(stack, { reason, status });
  refuseRunning(context, stack, status);
  await refuseWrongTime(context);
  const { stacksDirectory } = context.workspace;
  const { tenant } = await loadTenant({ stacksDirectory, tenant: stack });
  const ledger = await openLedger(context, stack);
  const breaker = await breakerOf(context, email);
  await locks.breakLock(held.lock, async (lock) => {
    const statement = {
      tenantId: tenant.id,
      stack,
      seen: headOf(ledger.record),
      brokenBy: { email: breaker.email, keyId: breaker.key.keyId },
      brokenAt: context.now().toISOString(),
      reason: given,
      lock,
    };
    await ledger.append(signLockBreak(statement, breaker.key));
  });
  // A state elsewhere has a lock of its own, which the same process left behind; ours is one with this lock.
  if (stateDatabasePlace(context.workspace) !== undefined) return status;
  await withSession(context, { stack, access: "preview" }, (session) => session.releaseState());
  return status;
}

/** @throws ExpectedError `reason-needed`. */
function requireReason(
  stack: string,
  { reason, status }: { readonly reason: string | undefined; readonly status: LockStatus },
): string {
  if (reason !== undefined) return reason;
  throw new ExpectedError("reason-needed", `${stack} is held by ${describeLock(status)}.`, {
    hint: "If the process is certainly gone, break the lock and give a reason, which is recorded: {unlock}.",
    remedy: { unlock: { tenant: stack } },
  });
}

function refuseRunning({ machine }: OperationContext, stack: string, status: LockStatus): void {
  if (status.owner.host !== machine.owner.host || status.isStranded) return;
  const held = `${stack} is held by ${describeLock(status)}`;
  throw new ExpectedError("still-running", `${held}, which is still running.`, {
    hint: "Let it finish, or stop it with Ctrl-C; it then releases the lock itself.",
  });
}

async function breakerOf(
  { keys, trust }: OperationContext,
  email: string | undefined,
): Promise<Signer> {
  if (email === undefined) return await trust.applier();
  return { email: normalizeEmail(email), key: await keys.load(email) };
}
