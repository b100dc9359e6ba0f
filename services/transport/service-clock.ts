/** How far this machine's clock is from that of the services, by the `Date` of their answers (RFC 9110, 6.6.1). */
import type { Clock } from "./clock.ts";

export class ServiceClock {
  readonly #clock: Clock;
  #aheadMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be called with the headers of each answer, names in lower case. */
  heard({ date = "" }: Readonly<Record<string, string>>): void {
    const aheadMs = this.#clock.now() - Date.parse(date);
    if (!Number.isNaN(aheadMs)) this.#aheadMs = aheadMs;
  }

  /** Milliseconds, a second or so too many at most; undefined before the first answer. */
  get aheadMs(): number | undefined {
    return this.#aheadMs;
  }
}
