/**
 * Locks that need no process ids and no files: a lease runs out by itself when its holder is gone, and whoever wakes
 * up later finds that its epoch is over. It guards the database in the same transaction as each write (`Fence`), and
 * services by `remaining()`, which the sender asks before each request.
 */
import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Transactions } from "../database/works.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { stopwatch } from "./elapsed.ts";
import { processTable } from "./process-table.ts";
import { leaseLost } from "./table.ts";
import type { Fence, LeaseOwner, LeaseState, LeaseTimes } from "./table.ts";

const RENEWALS_PER_LIFETIME = 3;
const LOOK_EVERY_MS = 500;

export interface Lease extends Fence {
  /** Whose lease ran out and was taken over; undefined when the one before was released. */
  readonly previous: LeaseState | undefined;
  /** Aborted, with a `lease-lost` error, once the lease is known to be another's. */
  readonly lost: AbortSignal;
  /** Milliseconds that are certainly left, sleep of the machine counted; below 0 when it may be another's. */
  remaining(): number;
  /** Ends the renewals and lets others in at once. */
  release(): Promise<void>;
}

export interface Waiting {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told once, when an earlier holder may be dead: the lease can be taken over when its time is over. */
  readonly onWait?: (current: LeaseState) => void;
}

interface AcquireOptions extends Waiting {
  /** Shown to others, such as `apply`. */
  readonly purpose: string;
}

export interface Leases {
  /**
   * Waits for a lease that nobody renews, and takes it over when its time and the grace are over; at once when its
   * holder is gone for certain, see `isGone`.
   * @throws ExpectedError `tenant-locked` as soon as its holder is seen to be alive
   */
  acquire(name: string, options: AcquireOptions): Promise<Lease>;
  /** Waits as `acquire` does, and takes nothing. @throws ExpectedError `tenant-locked` */
  untilFree(name: string, waiting: Waiting): Promise<void>;
  /** Who holds it, or has held it and may still have a request under way. */
  current(name: string): Promise<LeaseState | undefined>;
  /** Takes it from its holder; what was broken, or undefined when nobody held it. */
  break(name: string): Promise<LeaseState | undefined>;
}

/**
 * @param options.isGone whether the process that holds a lease is gone for certain. Then it need not be waited for: its
 * connections were closed with it, so nothing that waited for one is sent any more, and what was sent already arrives
 * as it would have. What arrives late is part of the same approved apply, and is what `begunAt` of a creation and the
 * reading before each update look for anyhow. Only for a database that no other machine uses: a copy of a machine that
 * was suspended cannot be told from the original.
 */
export function leases(
  database: Transactions,
  times: LeaseTimes,
  { isGone = () => false }: { readonly isGone?: (owner: LeaseOwner) => boolean } = {},
): Leases {
  const table = processTable();
  const owner: LeaseOwner = {
    ...{ user: userInfo().username, host: hostname(), pid: process.pid },
    ...(table === undefined ? {} : { table }),
  };
  return {
    acquire: async (name, { purpose, ...waiting }) => {
      const holder = randomUUID();
      const waitFor = patience(waiting);
      let gone: number | undefined;
      for (;;) {
        waiting.signal.throwIfAborted();
        const elapsed = stopwatch();
        const input = { name, holder, owner, purpose, gone, ...times };
        const told = await database.run("acquireLease", input);
        if (told.acquired) {
          const { epoch, previous } = told;
          return new KeptLease({ database, times, elapsed, previous, name, epoch, holder });
        }
        if (isGone(told.current.owner) && gone !== told.current.epoch) gone = told.current.epoch;
        else await waitFor(told.current);
      }
    },
    untilFree: async (name, waiting) => {
      const waitFor = patience(waiting);
      for (;;) {
        const current = await database.run("currentLease", name);
        if (current === undefined || isGone(current.owner)) return;
        await waitFor(current);
      }
    },
    current: (name) => database.run("currentLease", name),
    break: (name) => database.run("breakLease", name),
  };
}

/** Waits a moment for a lease that may have been left behind. */
function patience({ signal, onWait }: Waiting): (current: LeaseState) => Promise<void> {
  let seen: LeaseState | undefined;
  return async (current) => {
    if (seen === undefined) onWait?.(current);
    else if (isAtWork(current, seen)) throw held(current);
    seen = current;
    await sleep(Math.min(current.freeIn, LOOK_EVERY_MS), undefined, { signal });
  };
}

/** Whether somebody renewed or took the lease since it was seen before. */
const isAtWork = (now: LeaseState, before: LeaseState): boolean =>
  now.epoch !== before.epoch || now.expires > before.expires;

const held = ({ owner, purpose, since }: LeaseState): ExpectedError =>
  new ExpectedError(
    "tenant-locked",
    `${owner.user} on ${owner.host} (process ${owner.pid}) is at work: ${purpose}, since ${since.toISOString()}.`,
    { hint: "Wait until that run has ended, then plan again." },
  );

interface LeaseParts extends Fence {
  readonly database: Transactions;
  readonly times: LeaseTimes;
  /** Started before the lease was asked for, so that what is left is never overestimated. */
  readonly elapsed: () => number;
  readonly previous: LeaseState | undefined;
}

class KeptLease implements Lease {
  readonly name: string;
  readonly epoch: number;
  readonly holder: string;
  readonly previous: LeaseState | undefined;
  readonly #database: Transactions;
  readonly #times: LeaseTimes;
  readonly #lost = new AbortController();
  readonly #renewals = new AbortController();
  readonly #renewing: Promise<void>;
  #elapsed: () => number;

  constructor(parts: LeaseParts) {
    this.name = parts.name;
    this.epoch = parts.epoch;
    this.holder = parts.holder;
    this.previous = parts.previous;
    this.#database = parts.database;
    this.#times = parts.times;
    this.#elapsed = parts.elapsed;
    this.#renewing = this.#renew();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get #fence(): Fence {
    return { name: this.name, epoch: this.epoch, holder: this.holder };
  }

  remaining(): number {
    return this.#lost.signal.aborted ? -1 : this.#times.lifetime - this.#elapsed();
  }

  async release(): Promise<void> {
    this.#renewals.abort();
    await this.#renewing;
    await this.#database.run("releaseLease", this.#fence);
  }

  async #renew(): Promise<void> {
    const { signal } = this.#renewals;
    while (
      !this.lost.aborted &&
      (await passed(this.#times.lifetime / RENEWALS_PER_LIFETIME, signal))
    ) {
      await this.#renewOnce();
    }
  }

  async #renewOnce(): Promise<void> {
    const elapsed = stopwatch();
    try {
      const renewed = await this.#database.run("renewLease", {
        fence: this.#fence,
        ...this.#times,
      });
      if (renewed) this.#elapsed = elapsed;
      else this.#lost.abort(leaseLost(this));
    } catch (error) {
      // A full disk or a busy database may pass; until then `remaining` falls, and nothing more is sent.
      if (!(error instanceof ExpectedError)) this.#lost.abort(error);
    }
  }
}

/** False when it was ended before. Keeps no process alive. */
async function passed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return await sleep(milliseconds, true, { signal, ref: false }).catch(() => false);
}
