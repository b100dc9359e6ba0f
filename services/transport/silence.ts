/**
 * Whether anybody answers at all. Each call tries for minutes of its own; without a network all calls of a tenant say so
 * at the first try that got no answer, and give up together.
 */
import type { Clock } from "./clock.ts";
import type { ServiceName, WaitingObserver } from "./types.ts";

/** With its pauses the eighth try is the last one that starts within the time. */
const MOST_TRIES = 8;
/** With what a try takes before and after it, less than two minutes. */
const LONGEST_MS = 60_000;

export class Silence {
  readonly #clock: Clock;
  readonly #onWaiting: WaitingObserver | undefined;
  #since: number | undefined;
  #toldTry = 1;

  constructor(clock: Clock, onWaiting?: WaitingObserver) {
    this.#clock = clock;
    this.#onWaiting = onWaiting;
  }

  /** Somebody answered, whatever the answer was. */
  end(): void {
    this.#since = undefined;
    this.#toldTry = 1;
  }

  /**
   * To be called when a try got no answer; many calls may wait at once, of which the one that is furthest on is told.
   * @param tried.tries so far, `pauseMs` before the next one
   * @returns false when it has lasted so long that the next one is not worth waiting for
   */
  mayEnd(tried: {
    readonly service: ServiceName;
    readonly tries: number;
    readonly pauseMs: number;
  }): boolean {
    const { service, tries, pauseMs } = tried;
    const now = this.#clock.now();
    this.#since ??= now;
    if (now + pauseMs > this.#since + LONGEST_MS) return false;
    if (tries >= this.#toldTry) {
      this.#toldTry = tries + 1;
      this.#onWaiting?.({ service, nextTry: tries + 1, mostTries: MOST_TRIES });
    }
    return true;
  }
}
