/**
 * Time that jumps to the next thing that is waited for, as soon as no request is under way: what takes
 * minutes takes milliseconds, and real sockets still work.
 */
import diagnostics from "node:diagnostics_channel";
import type { Clock } from "../../../../services/transport/clock.ts";

interface Sleeper {
  wakesAt: number;
  wake: () => void;
}

/** Requests under way in this process, whoever sends them: undici's and those of node:http (sign-in). */
let underWay = 0;
for (const channel of ["undici:request:create", "http.client.request.start"]) {
  diagnostics.subscribe(channel, () => (underWay += 1));
}
for (const channel of [
  "undici:request:trailers",
  "undici:request:error",
  "http.client.response.finish",
  "http.client.request.error",
]) {
  diagnostics.subscribe(channel, () => (underWay -= 1));
}

export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #ticking = false;
  #serverSleeps = 0;

  constructor(startsAt = Date.UTC(2026, 10, 22)) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { wakesAt: this.#now + Math.max(0, ms), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        reject(signal.reason as Error);
      });
      if (!this.#ticking) void this.#tick();
    });
  }

  /** The same time for the server's side: a request that it lets wait does not hold time up. */
  forServer(): Clock {
    return {
      now: () => this.#now,
      sleep: async (ms) => {
        this.#serverSleeps += 1;
        await this.sleep(ms);
        this.#serverSleeps -= 1;
      },
    };
  }

  async #tick(): Promise<void> {
    this.#ticking = true;
    while (this.#sleepers.length > 0) {
      await this.#quiet();
      this.#sleepers.sort((one, other) => one.wakesAt - other.wakesAt);
      const next = this.#sleepers.shift();
      if (!next) break;
      this.#now = Math.max(this.#now, next.wakesAt);
      next.wake();
    }
    this.#ticking = false;
  }

  /** Resolves when nothing has been under way for a few turns of the event loop. */
  async #quiet(): Promise<void> {
    for (let calm = 0; calm < 4; calm = underWay - this.#serverSleeps > 0 ? 0 : calm + 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
