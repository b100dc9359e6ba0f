/**
 * Whether anybody answers at all, and what all calls of a tenant wait for. Each call tries for minutes of its own;
 * without a network they say so at the first try that got no answer, and give up together.
 */
import type { Clock } from "./clock.ts";
import type { ServiceName, Waiting, WaitingObserver } from "./types.ts";

/** With its pauses the eighth try is the last one that starts within the time. */
export const MOST_TRIES = 8;
/** With what a try takes before and after it, less than two minutes. */
const LONGEST_MS = 60_000;
/** Most answers take a fraction of it. */
const SLOW_MS = 15_000;
/** Shorter pauses are not worth a line. */
const LONG_PAUSE_MS = 5000;

export class Silence {
  readonly #clock: Clock;
  readonly #onWaiting: WaitingObserver | undefined;
  #since: number | undefined;
  #answeredAt = -Infinity;
  #toldTry = 0;
  #toldUntil = 0;

  constructor(clock: Clock, onWaiting?: WaitingObserver) {
    this.#clock = clock;
    this.#onWaiting = onWaiting;
  }

  /** Somebody answered, whatever the answer was. */
  end(): void {
    this.#since = undefined;
    this.#answeredAt = this.#clock.now();
    this.#toldTry = 0;
  }

  /**
   * Sends, and says so when the answer takes long and nobody else got one meanwhile. By the time of the machine: what is
   * out on the network waits in no other.
   */
  async whileSent<T>(
    { service, tries }: { readonly service: ServiceName; readonly tries: number },
    send: () => Promise<T>,
  ): Promise<T> {
    const timer = setTimeout(() => {
      if (this.#clock.now() - this.#answeredAt >= SLOW_MS) this.#tell(service, tries);
    }, SLOW_MS);
    try {
      return await send();
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * To be called when a try got no answer; many calls may wait at once, of which the one that is furthest on is told.
   * @param tried.tries so far, `sentAt` of the last one (ms), `pauseMs` before the next one; `wasClosed`: somebody took
   * the connection and closed it, which is no answer, and no silence either
   * @returns false when it has lasted so long that the next one is not worth waiting for
   */
  mayEnd(tried: {
    readonly service: ServiceName;
    readonly tries: number;
    readonly sentAt: number;
    readonly pauseMs: number;
    readonly wasClosed: boolean;
  }): boolean {
    const { service, tries, sentAt, pauseMs, wasClosed } = tried;
    const now = this.#clock.now();
    this.#since = wasClosed ? now : (this.#since ?? Math.max(sentAt, this.#answeredAt));
    if (now + pauseMs > this.#since + LONGEST_MS) return false;
    this.#tell(service, tries + 1);
    return true;
  }

  #tell(service: ServiceName, nextTry: number): void {
    if (nextTry <= this.#toldTry) return;
    this.#toldTry = nextTry;
    this.#onWaiting?.({ service, reason: "no-answer", nextTry, mostTries: MOST_TRIES });
  }

  /**
   * To be called before a pause that no silence is the reason of. Of the many calls that wait at once the first one is
   * told, and then only what lasts some seconds longer than what was told.
   */
  willWait({
    service,
    reason,
    waitMs,
  }: {
    readonly service: ServiceName;
    readonly reason: Exclude<Waiting["reason"], "no-answer">;
    readonly waitMs: number;
  }): void {
    const now = this.#clock.now();
    if (now + waitMs < Math.max(now, this.#toldUntil) + LONG_PAUSE_MS) return;
    this.#toldUntil = now + waitMs;
    this.#onWaiting?.({ service, reason, seconds: Math.ceil(waitMs / 1000) });
  }
}
