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

interface Draw {
  atMs: number;
  cost: number;
}

export class QuotaLedger {
  readonly #draws = new Map<string, Draw[]>();

  /** Takes the cost from all rules, or from none when one of them refuses. */
  draw(rules: readonly QuotaRule[], nowMs: number): QuotaVerdict {
    let usedShare = 0;
    for (const rule of rules) {
      const used = this.#used(rule, nowMs) + rule.cost;
      usedShare = Math.max(usedShare, used / rule.limit);
      if (used > rule.limit) {
        const retryAfterSeconds = rule.retryAfter ? this.#waitSeconds(rule, nowMs) : undefined;
        return { allowed: false, usedShare, retryAfterSeconds, refusedBy: rule };
      }
    }
    for (const rule of rules) this.#draws.get(rule.bucket)?.push({ atMs: nowMs, cost: rule.cost });
    return { allowed: true, usedShare, retryAfterSeconds: undefined, refusedBy: undefined };
  }

  #used(rule: QuotaRule, nowMs: number): number {
    const kept = (this.#draws.get(rule.bucket) ?? []).filter(
      (draw) => draw.atMs > nowMs - rule.windowMs,
    );
    this.#draws.set(rule.bucket, kept);
    return kept.reduce((sum, draw) => sum + draw.cost, 0);
  }

  #waitSeconds(rule: QuotaRule, nowMs: number): number {
    let excess =
      (this.#draws.get(rule.bucket) ?? []).reduce((sum, draw) => sum + draw.cost, rule.cost) -
      rule.limit;
    for (const draw of this.#draws.get(rule.bucket) ?? []) {
      excess -= draw.cost;
      if (excess <= 0) return Math.max(1, Math.ceil((draw.atMs + rule.windowMs - nowMs) / 1000));
    }
    return Math.ceil(rule.windowMs / 1000);
  }
}
