/** Quotas as sliding windows, per emulator process. */

export interface QuotaRule {
  /** What shares the quota, for example `graph:app:<appId>:<tenantId>`. */
  bucket: string;
  limit: number;
  windowMs: number;
  cost: number;
  /** Whether a 429 says when to come back. */
  retryAfter: boolean;
  /** `x-ms-throttle-information` of the 429, where the service gives it. */
  reason?: string;
}

export interface QuotaVerdict {
  allowed: boolean;
  /** Used part of the fullest window, this request included; above 1 = refused. */
  usedShare: number;
  /** Seconds until the refused cost fits, undefined when the service does not say. */
  retryAfterSeconds: number | undefined;
  refusedBy: QuotaRule | undefined;
}

/** Draws of about the same moment, so that a window of a day is as cheap as one of a second. */
interface Slot {
  atMs: number;
  cost: number;
}

interface Window {
  slots: Slot[];
  used: number;
}

const SLOTS_PER_WINDOW = 1000;

export class QuotaLedger {
  readonly #windows = new Map<string, Window>();

  /** Takes the cost from all rules, or from none when one of them refuses. */
  draw(rules: readonly QuotaRule[], nowMs: number): QuotaVerdict {
    let usedShare = 0;
    for (const rule of rules) {
      const used = this.#window(rule, nowMs).used + rule.cost;
      usedShare = Math.max(usedShare, used / rule.limit);
      if (used > rule.limit) {
        const retryAfterSeconds = rule.retryAfter ? this.#waitSeconds(rule, nowMs) : undefined;
        return { allowed: false, usedShare, retryAfterSeconds, refusedBy: rule };
      }
    }
    for (const rule of rules) this.#add(rule, nowMs);
    return { allowed: true, usedShare, retryAfterSeconds: undefined, refusedBy: undefined };
  }

  #window(rule: QuotaRule, nowMs: number): Window {
    const window = this.#windows.get(rule.bucket) ?? { slots: [], used: 0 };
    this.#windows.set(rule.bucket, window);
    const kept = window.slots.findIndex((slot) => slot.atMs > nowMs - rule.windowMs);
    const expired = window.slots.splice(0, kept === -1 ? window.slots.length : kept);
    for (const slot of expired) window.used -= slot.cost;
    return window;
  }

  #add(rule: QuotaRule, nowMs: number): void {
    const window = this.#window(rule, nowMs);
    const last = window.slots.at(-1);
    window.used += rule.cost;
    if (last !== undefined && nowMs - last.atMs < rule.windowMs / SLOTS_PER_WINDOW)
      last.cost += rule.cost;
    else window.slots.push({ atMs: nowMs, cost: rule.cost });
  }

  #waitSeconds(rule: QuotaRule, nowMs: number): number {
    const window = this.#window(rule, nowMs);
    let excess = window.used + rule.cost - rule.limit;
    for (const slot of window.slots) {
      excess -= slot.cost;
      if (excess <= 0) return Math.max(1, Math.ceil((slot.atMs + rule.windowMs - nowMs) / 1000));
    }
    return Math.ceil(rule.windowMs / 1000);
  }
}
