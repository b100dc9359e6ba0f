/**
 * One writer per tenant, as a lease in the state's database, which the state service shares: it ends by itself when
 * its holder is gone, and whoever wakes up later can write nothing any more.
 */
import { canonicalJson } from "../../core/canonical-json.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Transactions } from "../database/works.ts";
import { creationIntents } from "../intents/intents.ts";
import { leases } from "../leases/leases.ts";
import type { Lease, Waiting } from "../leases/leases.ts";
import type { LeaseOwner, LeaseState, LeaseTimes } from "../leases/table.ts";
import { stackOfTenant } from "../stacks/stack-name.ts";
import { leaseNameOf } from "../stacks/updates.ts";
import { recordStore } from "./database-record-store.ts";
import { lockChanged } from "./tenant-lock.ts";
import type { HeldLock, LockWaiting, TenantLock, TenantLocks } from "./tenant-lock.ts";

/**
 * After a death the next waits 55 seconds at most. The grace is longer than a connection may take to open (15
 * seconds, services/transport/http.ts), so that what was let through at the last moment has been sent by then.
 */
const LOCK_TIMES: LeaseTimes = { lifetime: 30_000, grace: 25_000 };

interface Context {
  readonly database: Transactions;
  /** Name of the tenant. */
  readonly stack: string;
  readonly times?: LeaseTimes;
  /** Whether a holder's process is gone for certain; see leases.ts. */
  readonly isGone?: (owner: LeaseOwner) => boolean;
}

export function leaseLocks({
  database,
  stack,
  times = LOCK_TIMES,
  ...knowing
}: Context): TenantLocks {
  const stateName = stackOfTenant(stack);
  const name = leaseNameOf(stateName);
  const held = leases(database, times, knowing);

  const lockOf = (lease: Lease, lock: HeldLock): TenantLock => {
    const fence = { name, epoch: lease.epoch, holder: lease.holder };
    const { previous } = lease;
    return {
      lock,
      tookOver:
        previous === undefined || previous.isBroken
          ? undefined
          : { ...heldLock(previous), epoch: previous.epoch },
      fence,
      intents: creationIntents(database, { stack: stateName, fence }),
      records: recordStore(database, fence),
      mayWrite: () => {
        if (lease.remaining() <= 0) throw lost(stack);
      },
      isHeld: async () => (await held.current(name))?.epoch === lease.epoch,
      release: () => lease.release(),
    };
  };

  return {
    async acquire(purpose, waiting) {
      const lease = await held.acquire(name, { purpose, ...waitingFor(waiting) });
      const current = await held.current(name);
      if (current?.epoch !== lease.epoch) throw lost(stack);
      return lockOf(lease, heldLock(current));
    },

    untilFree: (waiting) => held.untilFree(name, waitingFor(waiting)),

    async current() {
      const current = await held.current(name);
      return current && { lock: heldLock(current), isExpired: !current.isAlive };
    },

    openCreations: () => database.run("openCreations", stateName),

    async breakLock(shown, record) {
      const current = await held.current(name);
      if (current === undefined || canonicalJson(heldLock(current)) !== canonicalJson(shown)) {
        throw lockChanged();
      }
      await record(shown);
      await held.break(name);
    },
  };
}

const waitingFor = ({ signal, onWait }: LockWaiting): Waiting => ({
  signal,
  onWait: (current) => {
    onWait(heldLock(current), current.freeIn);
  },
});

const heldLock = ({ owner, since, purpose }: LeaseState): HeldLock => ({
  owner: { user: owner.user, host: owner.host, pid: owner.pid },
  since: since.toISOString(),
  purpose,
});

const lost = (stack: string): ExpectedError =>
  new ExpectedError("lock-lost", `The lock on ${stack} was not renewed in time, or was broken.`, {
    hint: "Nothing more was written. {status} shows who holds the lock; {apply} continues once it is free.",
    remedy: { status: { tenant: stack }, apply: { tenant: stack } },
  });
