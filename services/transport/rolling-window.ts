import type { Clock } from "./clock.ts";

const SLOTS = 50;
const LONGEST_PAUSE_MS = 300_000;
/** Two requests may reach the service closer together than they left; windows are longer by this much. */
const ARRIVAL_JITTER_MS = 250;

export interface QuotaWaiting {
  readonly signal: AbortSignal;
  /** Before each pause; more of them may follow. */
  readonly onWait?: (ms: number) => void;
}

/**
 * Never more than `limit` units within any `windowMs`, whoever asks; first come, first served.
 * A rolling window satisfies a service that counts with a token bucket as well as one with fixed
 * windows, and lets a short job use the whole quota at once.
 */
export class RollingQuota {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #slotMs: number;
  #slots: { index: number; used: number }[] = [];
  #pausedUntil = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(clock: Clock, options: { limit: number; windowMs: number }) {
    this.#clock = clock;
    this.#limit = Math.max(1, options.limit);
    this.#windowMs = options.windowMs + ARRIVAL_JITTER_MS;
    this.#slotMs = this.#windowMs / SLOTS;
  }

  /** Resolves when `units` may be spent. Rejects with the signal's reason. */
  async take(units: number, { signal, onWait }: QuotaWaiting): Promise<void> {
    const before = this.#last;
    let done: () => void = () => undefined;
    this.#last = new Promise((resolve) => (done = resolve));
    try {
      await before;
      for (let waitMs = this.#waitFor(units); waitMs > 0; waitMs = this.#waitFor(units)) {
        onWait?.(waitMs);
        await this.#clock.sleep(waitMs, signal);
      }
      signal.throwIfAborted();
      this.add(units);
    } finally {
      done();
    }
  }

  /** Counts units that were spent in another way, or takes back units that were not. */
  add(units: number): void {
    const index = this.#slotNow();
    const last = this.#slots.at(-1);
    if (last?.index === index) last.used += units;
    else this.#slots.push({ index, used: units });
  }

  /** How much of the limit is used within the window: 0 to 1, and more. */
  share(): number {
    return this.#used() / this.#limit;
  }

  /** Nothing goes before `ms` have passed, or 5 minutes where the service asks for more. */
  pause(ms: number): void {
    const until = this.#clock.now() + Math.min(ms, LONGEST_PAUSE_MS);
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  /**
   * The service says how much of its quota is used (1 = all of it). What we did not spend ourselves was
   * spent by others: it is spread over the window, as it will expire there too.
   */
  observe(usedShare: number): void {
    const foreign = usedShare * this.#limit - this.#used();
    if (foreign <= 0) return;
    const now = this.#slotNow();
    for (let index = now - SLOTS + 1; index <= now; index++) {
      const slot = this.#slots.find((one) => one.index === index);
      if (slot) slot.used += foreign / SLOTS;
      else this.#slots.push({ index, used: foreign / SLOTS });
    }
    this.#slots.sort((one, other) => one.index - other.index);
  }

  #slotNow(): number {
    return Math.floor(this.#clock.now() / this.#slotMs);
  }

  #used(): number {
    // The oldest slot is only partly outside of the window: it still counts.
    const oldest = this.#slotNow() - SLOTS;
    this.#slots = this.#slots.filter((slot) => slot.index >= oldest);
    return this.#slots.reduce((sum, slot) => sum + slot.used, 0);
  }

  #waitFor(units: number): number {
    const now = this.#clock.now();
    if (this.#pausedUntil > now) return this.#pausedUntil - now;
    let tooMuch = this.#used() + Math.min(units, this.#limit) - this.#limit;
    if (tooMuch <= 1e-9) return 0;
    for (const slot of this.#slots) {
      tooMuch -= slot.used;
      if (tooMuch <= 1e-9) return Math.max(1, (slot.index + SLOTS + 1) * this.#slotMs - now);
    }
    return this.#windowMs;
  }
}
