/** Quotas as sliding windows, shared by all emulators on one database. */
import type { Database } from "./database.ts";

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
  /** `x-ms-throttle-scope` of the 429, where the service gives it. */
  scope?: string;
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
  slot: number;
  cost: number;
}

const SLOTS_PER_WINDOW = 200;

export class QuotaLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes the cost from all rules, or from none when one of them refuses. */
  draw(rules: readonly QuotaRule[], nowMs: number): QuotaVerdict {
    return this.#database.transaction("write", () => {
      let usedShare = 0;
      for (const rule of rules) {
        const used = this.#used(rule, nowMs) + rule.cost;
        usedShare = Math.max(usedShare, used / rule.limit);
        if (used > rule.limit) {
          const retryAfterSeconds = rule.retryAfter
            ? this.#waitSeconds(rule, { nowMs, excess: used - rule.limit })
            : undefined;
          return { allowed: false, usedShare, retryAfterSeconds, refusedBy: rule };
        }
      }
      for (const rule of rules) this.#add(rule, nowMs);
      return { allowed: true, usedShare, retryAfterSeconds: undefined, refusedBy: undefined };
    });
  }

  /** What a clock ahead of this one has drawn does not count. */
  #used(rule: QuotaRule, nowMs: number): number {
    const row = this.#database.get(
      "SELECT SUM(cost) AS used FROM draws WHERE bucket = ? AND slot > ? AND slot <= ?",
      rule.bucket,
      nowMs - rule.windowMs,
      nowMs,
    ) as { used: number | null };
    return row.used ?? 0;
  }

  #add(rule: QuotaRule, nowMs: number): void {
    const lengthMs = Math.max(1, Math.floor(rule.windowMs / SLOTS_PER_WINDOW));
    const slot = this.#database.get(
      "INSERT INTO draws (bucket, slot, cost) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET cost = cost + excluded.cost RETURNING cost",
      rule.bucket,
      nowMs - (nowMs % lengthMs),
      rule.cost,
    ) as { cost: number };
    if (slot.cost > rule.cost) return;
    this.#database.run(
      "DELETE FROM draws WHERE bucket = ? AND slot <= ?",
      rule.bucket,
      nowMs - rule.windowMs,
    );
  }

  #waitSeconds(rule: QuotaRule, { nowMs, excess }: { nowMs: number; excess: number }): number {
    let open = excess;
    for (const { slot, cost } of this.#database.all<Slot>(
      "SELECT slot, cost FROM draws WHERE bucket = ? AND slot > ? AND slot <= ? ORDER BY slot",
      rule.bucket,
      nowMs - rule.windowMs,
      nowMs,
    )) {
      open -= cost;
      if (open <= 0) return Math.max(1, Math.ceil((slot + rule.windowMs - nowMs) / 1000));
    }
    return Math.ceil(rule.windowMs / 1000);
  }
}
