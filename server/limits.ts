/** How often somebody may ask: so much at once, and then so much a second. Counted in the memory of each process. */

export interface Rate {
  readonly atOnce: number;
  readonly perSecond: number;
}

/** Nobody's name makes this grow without end. */
const MOST_NAMES = 10_000;

export class RateLimit {
  readonly #rate: Rate;
  readonly #left = new Map<string, { left: number; at: number }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** False when there was too much; what is refused is not counted. */
  take(name: string): boolean {
    const bucket = this.#filled(name);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  hasLeft(name: string): boolean {
    return this.#filled(name).left >= 1;
  }

  #filled(name: string): { left: number; at: number } {
    const now = performance.now();
    const { atOnce, perSecond } = this.#rate;
    const bucket = this.#left.get(name) ?? { left: atOnce, at: now };
    bucket.left = Math.min(atOnce, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    // The one that was used last comes last.
    this.#left.delete(name);
    this.#left.set(name, bucket);
    const [oldest] = this.#left.keys();
    if (this.#left.size > MOST_NAMES && oldest !== undefined) this.#left.delete(oldest);
    return bucket;
  }
}
