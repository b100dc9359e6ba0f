/**
 * One writer per tenant. A lock is a numbered pair of write-once values, "acquired" and "released", in the
 * record's store: taking number n + 1 is atomic, and who held the tenant when stays readable.
 * A lock never expires by itself; whoever holds it may still be writing.
 */
import { z } from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { Json } from "../../core/json.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { instant, lineOfText, stackName } from "../../approval/index.ts";
import type { Intents } from "../intents/intents.ts";
import type { Fence } from "../leases/table.ts";
import type { RecordStore } from "./record-store.ts";

const ownerSchema = z.strictObject({ user: lineOfText, host: lineOfText, pid: z.int().min(0) });
const heldSchema = z.strictObject({ owner: ownerSchema, since: instant, purpose: lineOfText });
const releasedSchema = z.strictObject({
  how: z.enum(["released", "broken"]),
  by: ownerSchema,
  at: instant,
});

export type LockOwner = z.infer<typeof ownerSchema>;
/** Who holds the tenant, since when, and what for; what a lock-break statement names. */
export type HeldLock = z.infer<typeof heldSchema>;

export interface TenantLock {
  readonly lock: HeldLock;
  /** Whose lock was taken over, since nobody renewed it; undefined when the one before was released or broken. */
  readonly tookOver: (HeldLock & { readonly epoch: number }) | undefined;
  /** What proves the lock at each write to the database; undefined for one in files. */
  readonly fence: Fence | undefined;
  /** Creations are written down there before they are sent; undefined for a lock in files, where nobody keeps them. */
  readonly intents: Intents | undefined;
  /** The record, to be written under the lock: refused once it is lost, where the store can. */
  readonly records: RecordStore;
  /** Asked before each write to a service. @throws ExpectedError `lock-lost` once it may be another's. */
  mayWrite(): void;
  /** False once somebody broke the lock: stop before the next write. */
  isHeld(): Promise<boolean>;
  /** Releasing twice, or after a break, changes nothing. */
  release(): Promise<void>;
}

export interface LockWaiting {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told once, when the holder may be gone: the lock is free after these milliseconds unless it is renewed. */
  readonly onWait: (lock: HeldLock, freeIn: number) => void;
}

/** A lock as others see it. */
export interface CurrentLock {
  readonly lock: HeldLock;
  /** True when its time is over: it is free within the minute. */
  readonly isExpired: boolean;
}

export interface TenantLocks {
  /** @throws ExpectedError `tenant-locked`, with owner and age in the message. */
  acquire(purpose: string, waiting: LockWaiting): Promise<TenantLock>;
  /** Waits for a holder that may be gone, where locks end by themselves. @throws ExpectedError `tenant-locked`. */
  untilFree(waiting: LockWaiting): Promise<void>;
  current(): Promise<CurrentLock | undefined>;
  /** URNs of creations that may have been sent and are not in the state; empty where nobody writes them down. */
  openCreations(): Promise<readonly string[]>;
  /**
   * Ends the lock that was shown to the user, and only that one.
   * @param record adds the signed lock-break statement to the record; runs first, so that no break goes unrecorded.
   * @throws ExpectedError `lock-changed`: it is no longer that lock which is held.
   */
  breakLock(shown: HeldLock, record: (lock: HeldLock) => Promise<void>): Promise<void>;
}

interface Context {
  readonly store: RecordStore;
  readonly stack: string;
  readonly owner: LockOwner;
  readonly now: () => Date;
}

export function tenantLocks(context: Context): TenantLocks {
  const { store, owner, now } = context;
  const prefix = `${stackName.parse(context.stack)}/locks/`;

  const end = async (number: number, how: "released" | "broken") =>
    store.putIfAbsent(
      `${prefix}${nameOf(number)}.released.json`,
      encode({ how, by: owner, at: now().toISOString() }),
    );

  const current = async () => {
    const latest = await readLatest(store, prefix);
    return latest.held === undefined ? undefined : { number: latest.number, lock: latest.held };
  };

  return {
    async acquire(purpose) {
      const { number, held } = await readLatest(store, prefix);
      if (held !== undefined) throw lockedBy(held, context);
      const lock = heldSchema.parse({ owner, since: now().toISOString(), purpose });
      const mine = number + 1;
      if (!(await store.putIfAbsent(`${prefix}${nameOf(mine)}.acquired.json`, encode(lock)))) {
        const winner = await current();
        throw winner === undefined ? justMissed() : lockedBy(winner.lock, context);
      }
      return {
        lock,
        tookOver: undefined,
        fence: undefined,
        intents: undefined,
        records: store,
        mayWrite: () => undefined,
        isHeld: async () =>
          (await store.get(`${prefix}${nameOf(mine)}.released.json`)) === undefined,
        release: async () => {
          await end(mine, "released");
        },
      };
    },

    async untilFree() {
      const held = await current();
      if (held !== undefined) throw lockedBy(held.lock, context);
    },

    async current() {
      const held = await current();
      return held && { lock: held.lock, isExpired: false };
    },

    openCreations: () => Promise.resolve([]),

    async breakLock(shown, record) {
      const held = await current();
      if (held === undefined || canonicalJson(held.lock) !== canonicalJson(shown)) {
        throw lockChanged();
      }
      await record(held.lock);
      await end(held.number, "broken");
    },
  };
}

async function readLatest(
  store: RecordStore,
  prefix: string,
): Promise<{ number: number; held: HeldLock | undefined }> {
  const keys = new Set(await store.list(prefix));
  const newest = [...keys].filter((key) => key.endsWith(".acquired.json")).at(-1);
  if (newest === undefined) return { number: 0, held: undefined };
  const number = Number(newest.slice(prefix.length).split(".")[0]);
  const lock = await read(store, newest, heldSchema);
  const ending = newest.replace(/acquired\.json$/, "released.json");
  if (!keys.has(ending)) return { number, held: lock };
  await read(store, ending, releasedSchema);
  return { number, held: undefined };
}

async function read<T>(store: RecordStore, key: string, schema: z.ZodType<T>): Promise<T> {
  const bytes = await store.get(key);
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes ?? []).toString("utf8")));
  } catch (cause) {
    throw new ExpectedError("lock-malformed", `The lock file ${key} cannot be read.`, {
      hint: "Make sure that nobody is working on the tenant, then restore or remove the file.",
      cause,
    });
  }
}

/** Fixed width, so that the order of the keys is the order of the locks. */
function nameOf(number: number): string {
  return String(number).padStart(10, "0");
}

function encode(value: Json): Uint8Array {
  return Buffer.from(canonicalJson(value));
}

function lockedBy(
  { owner, since, purpose }: HeldLock,
  { now, stack }: Pick<Context, "now" | "stack">,
): ExpectedError {
  const age = ageOf(now().getTime() - Date.parse(since));
  return new ExpectedError(
    "tenant-locked",
    `${owner.user} on ${owner.host} (process ${owner.pid}) has held this tenant for ${age}, for: ${purpose}.`,
    {
      hint: "Wait, or break the lock if the process is certainly gone: {unlock}. That is recorded.",
      remedy: { unlock: { tenant: stack } },
    },
  );
}

/** Age in the largest two units that say something, such as "2 h 5 min". */
export function ageOf(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function justMissed(): ExpectedError {
  return new ExpectedError("tenant-locked", "Somebody else held the lock a moment ago.", {
    hint: "Try again.",
  });
}

export function lockChanged(): ExpectedError {
  return new ExpectedError(
    "lock-changed",
    "The lock has changed hands in the meantime; nothing was broken.",
    { hint: "Check again who holds the lock." },
  );
}
