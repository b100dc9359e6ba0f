import { describe, expect, it } from "vitest";
import { fileRecordStore } from "../../../state/record/file-record-store.ts";
import type { RecordStore } from "../../../state/record/record-store.ts";
import { ageOf, tenantLocks, type HeldLock } from "../../../state/record/tenant-lock.ts";
import { tenantRecord } from "../../../state/record/tenant-record.ts";
import { EMPTY } from "../../../approval/entry.ts";
import {
  clock,
  ines,
  joost,
  lockBreak,
  minute,
  registration,
  STACK,
  trustRoots,
} from "../../approval/support.ts";
import { testFolder } from "./folder.ts";
import { memoryRecordStore } from "./memory-record-store.ts";

const WAITING = { signal: new AbortController().signal, onWait: () => undefined };

function locksOf(user: string, store: RecordStore, at = 0) {
  return tenantLocks({
    store,
    stack: STACK,
    owner: { user, host: "ci-7", pid: 4711 },
    now: () => clock(at),
  });
}
const noRecord = () => Promise.reject(new Error("must not be recorded"));

describe("a tenant's lock", () => {
  it("is held by one at a time, and free again after release", async () => {
    const store = fileRecordStore(await testFolder());
    const lock = await locksOf("ines", store).acquire("apply", WAITING);
    expect(await locksOf("joost", store).current()).toEqual({
      lock: {
        owner: { user: "ines", host: "ci-7", pid: 4711 },
        since: minute(0),
        purpose: "apply",
      },
      isExpired: false,
    });
    await expect(locksOf("joost", store).acquire("apply", WAITING)).rejects.toMatchObject({
      code: "tenant-locked",
    });
    await lock.release();
    expect(await locksOf("joost", store).current()).toBeUndefined();
    await locksOf("joost", store).acquire("apply", WAITING);
  });

  it("goes to exactly one of many who want it at once", async () => {
    const store = fileRecordStore(await testFolder());
    const wanted = Array.from({ length: 12 }, (_, i) =>
      locksOf(`user ${i}`, store).acquire("apply", WAITING),
    );
    const outcomes = await Promise.allSettled(wanted);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const losers = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(losers.map(({ reason }) => (reason as { code: string }).code)).toEqual(
      Array.from({ length: 11 }, () => "tenant-locked"),
    );
  });

  it("does not end by itself, and shows its owner and age", async () => {
    const store = memoryRecordStore();
    await locksOf("ines", store).acquire("apply", WAITING);
    await expect(
      locksOf("joost", store, 3 * 24 * 60 + 60).acquire("apply", WAITING),
    ).rejects.toMatchObject({
      message: "ines on ci-7 (process 4711) has held this tenant for 3 d 1 h, for: apply.",
    });
  });

  it("can be released twice, and a release does not end the lock of the next owner", async () => {
    const store = memoryRecordStore();
    const first = await locksOf("ines", store).acquire("apply", WAITING);
    await first.release();
    const second = await locksOf("joost", store).acquire("apply", WAITING);
    await first.release();
    expect(await second.isHeld()).toBe(true);
    expect(await locksOf("ines", store).current()).toMatchObject({ lock: second.lock });
  });

  it("of one tenant leaves the others free", async () => {
    const store = memoryRecordStore();
    await locksOf("ines", store).acquire("apply", WAITING);
    const owner = { user: "joost", host: "ci-7", pid: 1 };
    const other = tenantLocks({ store, stack: "fabrikam", owner, now: () => clock(0) });
    await expect(other.acquire("apply", WAITING)).resolves.toBeDefined();
  });

  it("is not taken for free when its file cannot be read", async () => {
    const store = memoryRecordStore();
    await store.putIfAbsent(`${STACK}/locks/0000000001.acquired.json`, Buffer.from(""));
    await expect(locksOf("ines", store).acquire("apply", WAITING)).rejects.toMatchObject({
      code: "lock-malformed",
    });
  });
});

describe("breaking a lock", () => {
  it("is recorded as a signed statement, and the former owner notices", async () => {
    const store = memoryRecordStore();
    const now = () => clock(20);
    const heads = { read: async () => undefined, write: async () => undefined };
    const record = tenantRecord({ store, stack: STACK, trustRoots, now, heads });
    const ledger = await (
      await record.open()
    ).append(registration(EMPTY, 20, { by: [ines, joost] }));
    const stranded = await locksOf("runner", store).acquire("apply", WAITING);

    await locksOf("ines", store, 20).breakLock(stranded.lock, async (lock) => {
      await ledger.append(lockBreak(EMPTY, 20, { lock }));
    });
    expect(await stranded.isHeld()).toBe(false);
    expect(await locksOf("ines", store).current()).toBeUndefined();
    const verification = await record.verify();
    if (!verification.ok) throw new Error(verification.break.message);
    expect(verification.record.statements.at(-1)).toMatchObject({
      kind: "lock-break",
      predicate: { lock: stranded.lock, brokenBy: { email: ines.email } },
    });
  });

  it("does not happen when it cannot be recorded", async () => {
    const store = memoryRecordStore();
    const held = await locksOf("runner", store).acquire("apply", WAITING);
    const broken = locksOf("ines", store).breakLock(held.lock, noRecord);
    await expect(broken).rejects.toThrow("must not be recorded");
    expect(await held.isHeld()).toBe(true);
  });

  it("ends only the lock that was shown", async () => {
    const store = memoryRecordStore();
    const shown = await locksOf("runner", store).acquire("apply", WAITING);
    await shown.release();
    const breakShown = (lock: HeldLock) => locksOf("ines", store).breakLock(lock, noRecord);
    await expect(breakShown(shown.lock)).rejects.toMatchObject({ code: "lock-changed" });
    const next = await locksOf("runner", store, 5).acquire("apply", WAITING);
    await expect(breakShown(shown.lock)).rejects.toMatchObject({ code: "lock-changed" });
    expect(await next.isHeld()).toBe(true);
  });
});

describe("the age of a lock", () => {
  it.each([
    [-5, "0 s"],
    [59_999, "59 s"],
    [61_000, "1 min 1 s"],
    [2 * 3_600_000 + 5 * 60_000, "2 h 5 min"],
    [49 * 3_600_000, "2 d 1 h"],
  ])("of %d ms reads %s", (ageMs, text) => {
    expect(ageOf(ageMs)).toBe(text);
  });
});
