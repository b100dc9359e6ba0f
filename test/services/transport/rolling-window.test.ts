import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../../services/transport/clock.ts";
import { RollingQuota } from "../../../services/transport/rolling-window.ts";

/** Sleeping moves the time on. */
class SteppingClock implements Clock {
  time = 1_000_000;
  now = () => this.time;
  sleep = (ms: number) => {
    this.time += ms;
    return Promise.resolve();
  };
}

const never = { signal: new AbortController().signal };

describe("rolling quota", () => {
  it("lets a whole window's worth go at once, and the rest when it has passed", async () => {
    const clock = new SteppingClock();
    const startedAt = clock.now();
    const quota = new RollingQuota(clock, { limit: 3000, windowMs: 150_000 });
    for (let count = 0; count < 3000; count++) await quota.take(1, never);
    expect(clock.now()).toBe(startedAt);
    await quota.take(1, never);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(150_000);
    expect(clock.now() - startedAt).toBeLessThan(155_000);
  });

  it("never gives more than its limit within any window, however it is asked", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ units: fc.integer({ min: 1, max: 5 }), pauseMs: fc.nat(3000) }), {
          maxLength: 80,
        }),
        async (requests) => {
          const clock = new SteppingClock();
          const quota = new RollingQuota(clock, { limit: 10, windowMs: 1000 });
          const spent: { at: number; units: number }[] = [];
          for (const { units, pauseMs } of requests) {
            clock.time += pauseMs;
            await quota.take(units, never);
            spent.push({ at: clock.now(), units });
          }
          for (const { at } of spent) {
            const within = spent.filter((one) => one.at >= at && one.at < at + 1000);
            expect(within.reduce((sum, one) => sum + one.units, 0)).toBeLessThanOrEqual(10);
          }
        },
      ),
    );
  });

  it("slows down by what other programs have used", async () => {
    const clock = new SteppingClock();
    const startedAt = clock.now();
    const quota = new RollingQuota(clock, { limit: 100, windowMs: 10_000 });
    quota.observe(0.9);
    for (let count = 0; count < 10; count++) await quota.take(1, never);
    expect(clock.now()).toBe(startedAt);
    await quota.take(1, never);
    expect(clock.now()).toBeGreaterThan(startedAt);
  });

  it("stands still for as long as the service asks, five minutes at most", async () => {
    const clock = new SteppingClock();
    const startedAt = clock.now();
    const quota = new RollingQuota(clock, { limit: 100, windowMs: 1000 });
    quota.pause(7000);
    await quota.take(1, never);
    expect(clock.now() - startedAt).toBe(7000);
    quota.pause(86_400_000);
    await quota.take(1, never);
    expect(clock.now() - startedAt).toBe(307_000);
  });

  it("serves those who wait in the order in which they came", async () => {
    const clock = new SteppingClock();
    const quota = new RollingQuota(clock, { limit: 1, windowMs: 1000 });
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (who) => {
        await quota.take(1, never);
        order.push(who);
      }),
    );
    expect(order).toEqual([1, 2, 3]);
  });

  it("lets the others pass when somebody stops waiting", async () => {
    const clock = new SteppingClock();
    const quota = new RollingQuota(clock, { limit: 1, windowMs: 1000 });
    const stop = new AbortController();
    const stopped = quota.take(1, { signal: stop.signal });
    const other = quota.take(1, never);
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    await expect(other).resolves.toBeUndefined();
  });
});
