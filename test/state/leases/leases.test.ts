import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import {
  isCertainlyGone as isGone,
  leases,
  openStateDatabase,
  recordStore,
} from "../../../state/index.ts";
import type { Lease, Leases, LeaseState, StateDatabase } from "../../../state/index.ts";
import { processTable } from "../../../state/leases/process-table.ts";
import { temporaryState } from "../support/state.ts";

const TIMES = { lifetime: 900, grace: 1_200 };
const NAME = "contoso";
const { signal: never } = new AbortController();

const acquire = (locks: Leases, onWait?: (current: LeaseState) => void): Promise<Lease> =>
  locks.acquire(NAME, { purpose: "apply", signal: never, ...(onWait && { onWait }) });

interface Line {
  readonly did: "acquired" | "stored" | "refused";
  readonly epoch?: number;
  readonly previous?: number;
  readonly code?: string;
  readonly mayStillSend?: boolean;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Another process that holds the lease, and what it says. */
function holder(
  file: string,
  times = TIMES,
): { readonly child: ChildProcess; readonly lines: Line[] } {
  const program = fileURLToPath(new URL("../support/holder.ts", import.meta.url));
  const args = [file, String(times.lifetime), String(times.grace)];
  const child = fork(program, args, { stdio: ["ignore", "pipe", "inherit", "ipc"], execArgv: [] });
  children.push(child);
  const lines: Line[] = [];
  if (child.stdout !== null) {
    createInterface(child.stdout).on("line", (line) => lines.push(JSON.parse(line) as Line));
  }
  return { child, lines };
}

async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 20_000, interval: 20 }).toBe(true);
}

const did = (lines: readonly Line[], what: Line["did"]): readonly Line[] =>
  lines.filter((line) => line.did === what);

describe("a lease", { timeout: 60_000 }, () => {
  it("is one holder's at a time, says who that is, and goes to the next with a higher epoch", async () => {
    await using state = await temporaryState();
    const locks = leases(state.database, TIMES);
    const first = await acquire(locks);
    expect(await locks.current(NAME)).toMatchObject({
      epoch: 1,
      purpose: "apply",
      isAlive: true,
      owner: { pid: process.pid },
    });
    await expect(acquire(locks)).rejects.toThrow(
      expect.objectContaining({ code: "tenant-locked" }),
    );
    await first.release();
    expect(await locks.current(NAME)).toBeUndefined();
    const second = await acquire(locks);
    expect(second.epoch).toBe(2);
    expect(second.previous).toBeUndefined();
    await second.release();
  });

  it("is renewed for as long as its holder lives, and counts down without", async () => {
    await using state = await temporaryState();
    const locks = leases(state.database, TIMES);
    const lease = await acquire(locks);
    const seen: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, TIMES.lifetime / 5));
      seen.push(lease.remaining());
    }
    expect(Math.min(...seen)).toBeGreaterThan(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(TIMES.lifetime);
    expect(lease.lost.aborted).toBe(false);
    await lease.release();
  });

  it("of a killed process is taken over once its time and the grace are over", async () => {
    await using state = await temporaryState();
    const { child, lines } = holder(state.file);
    await until(() => did(lines, "stored").length > 1);
    child.kill("SIGKILL");
    await once(child, "exit");
    const before = Date.now();
    const waited: LeaseState[] = [];
    const lease = await acquire(leases(state.database, TIMES), (current) => waited.push(current));
    const { free } = waited[0] ?? { free: new Date(0) };
    expect(Date.now()).toBeGreaterThanOrEqual(free.getTime());
    expect(Date.now() - before).toBeLessThan(TIMES.lifetime + TIMES.grace + 2_000);
    expect(lease.epoch).toBe(2);
    expect(lease.previous).toMatchObject({ epoch: 1, owner: { pid: child.pid }, purpose: "hold" });
    await lease.release();
  });

  it.runIf(processTable() !== undefined)(
    "of a process that is gone for certain is taken over at once, by one",
    async () => {
      await using state = await temporaryState();
      const times = { lifetime: 3_000, grace: 60_000 };
      const { child, lines } = holder(state.file, times);
      await until(() => did(lines, "stored").length > 1);
      const locks = leases(state.database, times, { isGone });
      await expect(acquire(locks)).rejects.toMatchObject({ code: "tenant-locked" });
      child.kill("SIGKILL");
      await once(child, "exit");
      const goneSince = Date.now();
      await locks.untilFree(NAME, { signal: never });
      const told = await Promise.allSettled([acquire(locks), acquire(locks)]);
      const taken = told.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(taken).toMatchObject([
        { epoch: 2, previous: { epoch: 1, owner: { pid: child.pid } } },
      ]);
      expect(Date.now() - goneSince).toBeLessThan(times.grace / 2);
      await taken[0]?.release();
    },
  );

  it("of a paused process is over when it wakes: it sends nothing, and nothing of it is stored", async () => {
    await using state = await temporaryState();
    const paused = holder(state.file);
    await until(() => did(paused.lines, "stored").length > 1);
    const { length } = did(paused.lines, "stored");
    await until(() => did(paused.lines, "stored").length > length);
    paused.child.kill("SIGSTOP");
    const lease = await acquire(leases(state.database, TIMES));
    const stored = await recordStore(state.database).list("1/");
    paused.child.kill("SIGCONT");
    await until(() => did(paused.lines, "refused").length > 0);
    expect(did(paused.lines, "stored")[0]).toMatchObject({ mayStillSend: true });
    expect(did(paused.lines, "refused")).toEqual([
      { did: "refused", code: "lease-lost", mayStillSend: false },
    ]);
    expect(await recordStore(state.database).list("1/")).toEqual(stored);
    await lease.release();
  });

  it("that is broken tells its holder, who has to be waited for", async () => {
    await using state = await temporaryState();
    const locks = leases(state.database, TIMES);
    const lease = await acquire(locks);
    expect(await locks.break(NAME)).toMatchObject({ epoch: 1, purpose: "apply" });
    expect(await locks.current(NAME)).toMatchObject({ isAlive: false });
    const next = await acquire(locks);
    expect(next.epoch).toBe(3);
    await until(() => lease.lost.aborted);
    expect(lease.lost.reason).toMatchObject({ code: "lease-lost" });
    expect(lease.remaining()).toBeLessThan(0);
    await lease.release();
    expect(await locks.current(NAME)).toMatchObject({ epoch: 3 });
    await next.release();
  });

  it("is not taken away by a process that released it late", async () => {
    await using state = await temporaryState();
    const locks = leases(state.database, TIMES);
    const late = await acquire(locks);
    await locks.break(NAME);
    const next = await acquire(locks);
    await late.release();
    expect(await locks.current(NAME)).toMatchObject({ epoch: next.epoch, isAlive: true });
    await next.release();
  });

  it("is waited for no longer than the caller wants", async () => {
    await using state = await temporaryState();
    const other: StateDatabase = await openStateDatabase(state.file);
    const lease = await acquire(leases(other, TIMES));
    const giveUp = new AbortController();
    const waiting = leases(state.database, TIMES).acquire(NAME, {
      purpose: "apply",
      signal: giveUp.signal,
      onWait: () => {
        giveUp.abort(new Error("enough"));
      },
    });
    await expect(waiting).rejects.toThrow();
    await lease.release();
    await other.close();
  });
});
