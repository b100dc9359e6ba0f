/** Breaking a lock that nobody will release: recorded first, and only the lock that was looked at. */
import { headOf, normalizeEmail, signLockBreak } from "../approval/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { inSession } from "../engine/index.ts";
import type { HeldLock } from "../state/index.ts";
import { hostname } from "node:os";
import { verified } from "./apply-record.ts";
import type { OperationContext } from "./context.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { describeLock, isStranded, locksOf } from "./tenant-locks.ts";
import { applierKey, keyPassphrase, localKeys, openRecord } from "./trust.ts";

export interface UnlockRequest {
  readonly stack: string;
  readonly reason: string | undefined;
  /** Person of the provider; undefined: who applies here. */
  readonly email: string | undefined;
}

/** @throws ExpectedError `not-locked`, `reason-needed` (with who holds it), `still-running`, `lock-changed`. */
export async function breakTenantLock(
  context: OperationContext,
  { stack, reason, email }: UnlockRequest,
): Promise<HeldLock> {
  const { workspace } = context;
  const locks = locksOf(workspace, stack);
  const held = await locks.current();
  if (held === undefined) {
    throw new ExpectedError("not-locked", `Nobody holds ${stack}.`, {
      hint: "There is nothing to break.",
    });
  }
  const who = describeLock(held, new Date());
  if (reason === undefined) {
    throw new ExpectedError("reason-needed", `${stack} is held by ${who}.`, {
      hint: "When it is certain that the process is gone, break the lock with --reason; that is recorded.",
    });
  }
  if (held.owner.host === hostname() && !isStranded(held)) {
    throw new ExpectedError(
      "still-running",
      `${stack} is held by ${who}, which is still running.`,
      { hint: "Let it end, or stop it with Ctrl-C; it then releases the lock itself." },
    );
  }
  const { stacksDirectory } = workspace;
  const { tenant } = await loadTenant({ stacksDirectory, tenant: stack });
  const open = await openRecord(workspace, stack);
  const breaker = email === undefined ? await applierKey(workspace) : await keyOf(context, email);
  await locks.breakLock(held, async (lock) => {
    const envelope = signLockBreak(
      {
        tenantId: tenant.id,
        stack,
        seen: headOf(await verified(open)),
        brokenBy: { email: breaker.email, keyId: breaker.key.keyId },
        brokenAt: new Date().toISOString(),
        reason,
        lock,
      },
      breaker.key,
    );
    await open.record.append(envelope);
  });
  // The engine keeps a lock of its own on the state, which the same process left behind.
  await inSession(context, { stack, access: "preview" }, (session) => session.releaseState());
  return held;
}

async function keyOf({ workspace }: OperationContext, email: string) {
  const key = await localKeys(workspace).load(email, keyPassphrase());
  return { email: normalizeEmail(email), key };
}
