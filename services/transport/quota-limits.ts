/**
 * Documented quotas, as numbers that a caller can lower.
 * @see https://learn.microsoft.com/graph/throttling-limits (checked 2026-11)
 * @see https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online (checked 2026-11)
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits (checked 2026-11-28)
 */
export interface QuotaLimits {
  /** All of Graph, requests per second, per application over all tenants. */
  graphPerSecond: number;
  /** Writes to the directory per 150 s, per application and tenant. */
  directoryWritesPer150Seconds: number;
  /** Resource units of the directory per 10 s: 3500 below 50 users, 5000 up to 500, 8000 above. */
  directoryUnitsPer10Seconds: number;
  /** Conditional access and identity protection, requests per second. */
  conditionalAccessPerSecond: number;
  /** Identity and access reports, requests per 10 s. */
  reportsPer10Seconds: number;
  /** Resource units of SharePoint per minute: 1250 below 1000 licences. */
  sharePointUnitsPerMinute: number;
  /** Partner Center orders and subscriptions, requests per minute. */
  partnerCenterPerMinute: number;
  /**
   * Mail and calendars behind Graph, requests per 10 minutes. Microsoft counts them for each mailbox; here all count
   * together, which is enough for one request to each of 10,000 mailboxes.
   */
  outlookPer10Minutes: number;
  /** Cloudflare, requests per 5 minutes, per user over all zones. */
  cloudflarePer5Minutes: number;
  /** Exchange's own interface; it publishes no number: this one is a guess to start from, its headers correct it. */
  exchangePerMinute: number;
  /** HTTP requests to one service at the same time. */
  concurrentRequests: number;
}

export const DEFAULT_LIMITS: QuotaLimits = {
  graphPerSecond: 2000,
  directoryWritesPer150Seconds: 3000,
  directoryUnitsPer10Seconds: 3500,
  conditionalAccessPerSecond: 1,
  reportsPer10Seconds: 5,
  sharePointUnitsPerMinute: 1250,
  partnerCenterPerMinute: 500,
  outlookPer10Minutes: 10_000,
  cloudflarePer5Minutes: 1200,
  exchangePerMinute: 300,
  concurrentRequests: 8,
};
