/** Who holds a tenant, in words, and whether that process can still be there. */
import { hostname, userInfo } from "node:os";
import { ageOf, tenantLocks } from "../state/index.ts";
import type { HeldLock, TenantLocks } from "../state/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { recordStore } from "./trust.ts";

export function locksOf(workspace: Workspace, stack: string): TenantLocks {
  return tenantLocks({
    store: recordStore(workspace),
    stack,
    owner: { user: userInfo().username, host: hostname(), pid: process.pid },
    now: () => new Date(),
  });
}

/**
 * True when the lock's process ran on this machine and is gone. False says nothing: a process on another
 * machine cannot be seen from here, and its number may belong to another process by now.
 */
export function isStranded({ owner }: HeldLock): boolean {
  if (owner.host !== hostname()) return false;
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Owner, age and purpose, and whether the process is known to be gone. */
export function describeLock(lock: HeldLock, now: Date): string {
  const { owner, since, purpose } = lock;
  const age = ageOf(now.getTime() - Date.parse(since));
  const gone = isStranded(lock) ? "; that process is gone" : "";
  return `${owner.user} on ${owner.host} (process ${owner.pid}), for ${age}, to ${purpose}${gone}`;
}

/** Refuses early, so that nobody waits for a plan that cannot be applied anyway. */
export async function refuseHeld(workspace: Workspace, stack: string): Promise<void> {
  const lock = await locksOf(workspace, stack).current();
  if (lock === undefined) return;
  const hint = isStranded(lock)
    ? `Nothing will release it: break it with \`tenantry unlock ${stack} --reason "…"\`.`
    : `Wait; or, when it is certain that the process is gone: \`tenantry unlock ${stack} --reason "…"\`.`;
  throw new ExpectedError(
    "tenant-locked",
    `${stack} is held by ${describeLock(lock, new Date())}.`,
    {
      hint,
    },
  );
}
