import { describe, expect, it } from "vitest";
import { leaseLocks } from "../../../state/record/lease-lock.ts";
import type { TenantLocks } from "../../../state/record/tenant-lock.ts";
import { temporaryState } from "../support/state.ts";
import type { TemporaryState } from "../support/state.ts";

const WAITING = { signal: new AbortController().signal, onWait: () => undefined };
const TIMES = { lifetime: 600, grace: 600 };

const locksOf = ({ database }: TemporaryState, times = TIMES): TenantLocks =>
  leaseLocks({ database, stack: "contoso", times });

describe("a tenant's lock in the database", { timeout: 60_000 }, () => {
  it("is one holder's, who may write and store; others see who that is", async () => {
    await using state = await temporaryState();
    const locks = locksOf(state);
    const lock = await locks.acquire("apply", WAITING);
    expect(lock.lock).toMatchObject({ owner: { pid: process.pid }, purpose: "apply" });
    expect(lock.tookOver).toBeUndefined();
    lock.mayWrite();
    expect(await lock.records.putIfAbsent("contoso/entries/1", new Uint8Array())).toBe(true);
    expect(await locks.current()).toEqual({ lock: lock.lock, isExpired: false });
    await expect(locks.untilFree(WAITING)).rejects.toMatchObject({ code: "tenant-locked" });
    await lock.release();
    await locks.untilFree(WAITING);
    expect(await locks.current()).toBeUndefined();
  });

  it("leaves the creations that its holder began, for those who do not hold it too", async () => {
    await using state = await temporaryState();
    const locks = locksOf(state);
    const lock = await locks.acquire("apply", WAITING);
    await lock.intents?.begin("urn:pulumi:contoso::tenantry::a:b:C::anna");
    await lock.release();
    expect(await locks.openCreations()).toEqual(["urn:pulumi:contoso::tenantry::a:b:C::anna"]);
  });

  it("of a holder that went away is taken over, said so beforehand and named afterwards", async () => {
    await using state = await temporaryState();
    // A lifetime whose renewals come too late stands for a process that is gone.
    const { database } = state;
    const owner = { user: "piet", host: "laptop", pid: 1 };
    const gone = { name: "stack/tenantry/tenantry/contoso", holder: "gone", owner };
    await database.run("acquireLease", { ...gone, purpose: "apply", ...TIMES });
    const waited: [string, number][] = [];
    const lock = await locksOf(state).acquire("apply", {
      signal: WAITING.signal,
      onWait: ({ owner: { user } }, freeIn) => waited.push([user, freeIn]),
    });
    expect(waited).toEqual([["piet", expect.any(Number)]]);
    expect(lock.tookOver).toMatchObject({ owner, purpose: "apply", epoch: 1 });
    expect(lock.fence).toMatchObject({ name: gone.name, epoch: 2 });
    await lock.release();
  });

  it("that was broken lets its holder write nothing, and is no take-over", async () => {
    await using state = await temporaryState();
    const locks = locksOf(state);
    const lock = await locks.acquire("apply", WAITING);
    const recorded: unknown[] = [];
    await locks.breakLock(lock.lock, async (broken) => {
      recorded.push(broken);
      await Promise.resolve();
    });
    expect(recorded).toEqual([lock.lock]);
    expect(await lock.isHeld()).toBe(false);
    await expect(
      lock.records.putIfAbsent("contoso/entries/2", new Uint8Array()),
    ).rejects.toMatchObject({ code: "lease-lost" });
    await expect
      .poll(
        () => {
          try {
            lock.mayWrite();
            return "may";
          } catch (error) {
            return (error as { code?: unknown }).code;
          }
        },
        { timeout: 5_000 },
      )
      .toBe("lock-lost");
    const next = await locks.acquire("apply", WAITING);
    expect(next.tookOver).toBeUndefined();
    await expect(
      locks.breakLock(lock.lock, () => Promise.reject(new Error("must not be recorded"))),
    ).rejects.toMatchObject({ code: "lock-changed" });
    await next.release();
  });
});
