/**
 * SharePoint's quotas in resource units, by number of licences.
 * @see https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online (checked 2026-11)
 */
import type { QuotaRule, QuotaVerdict } from "../core/quota.ts";
import type { QuotaRequest } from "../core/workload.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Tier {
  /** Up to this many licences. */
  licenses: number;
  perMinute: number;
  perDay: number;
  /** Of all applications together, per five minutes. */
  tenantPerFiveMinutes: number;
}

/** The tenant's quota is verified for the first tier, the others follow the applications' in proportion. */
const TIERS: readonly Tier[] = [
  { licenses: 1_000, perMinute: 1_250, perDay: 1_200_000, tenantPerFiveMinutes: 18_750 },
  { licenses: 5_000, perMinute: 2_500, perDay: 2_400_000, tenantPerFiveMinutes: 37_500 },
  { licenses: 15_000, perMinute: 3_750, perDay: 3_600_000, tenantPerFiveMinutes: 56_250 },
  { licenses: 50_000, perMinute: 5_000, perDay: 4_800_000, tenantPerFiveMinutes: 75_000 },
  {
    licenses: Number.POSITIVE_INFINITY,
    perMinute: 6_250,
    perDay: 6_000_000,
    tenantPerFiveMinutes: 93_750,
  },
];

const PERMISSION_COST = 5;
const WRITE_COST = 2;
const READ_COST = 1;

/** Operations on permissions cost most, also reading them. */
function costOf(method: string, path: string): number {
  if (/role(assignment|definition|inheritance)|sitegroups|siteusers|ensureuser/.test(path)) {
    return PERMISSION_COST;
  }
  return method === "GET" ? READ_COST : WRITE_COST;
}

export function sharePointQuota(request: QuotaRequest): QuotaRule[] {
  const { tenantId, appId, userCount } = request;
  const tier = TIERS.find(({ licenses }) => userCount <= licenses);
  if (tier === undefined) return [];
  const cost = costOf(request.method, request.path.toLowerCase());
  const rule = (bucket: string, limit: number, windowMs: number): QuotaRule => ({
    bucket: `sharepoint:${bucket}`,
    limit,
    windowMs,
    cost,
    retryAfter: true,
  });
  return [
    rule(`app:${appId}:${tenantId}`, tier.perMinute, MINUTE_MS),
    rule(`app-day:${appId}:${tenantId}`, tier.perDay, DAY_MS),
    rule(`tenant:${tenantId}`, tier.tenantPerFiveMinutes, 5 * MINUTE_MS),
  ];
}

/** The headers appear when four fifths are used. */
const SHOWN_FROM_SHARE = 0.8;

export function sharePointQuotaHeaders(
  verdict: QuotaVerdict,
  rules: readonly QuotaRule[],
): Record<string, string> {
  const [perMinute] = rules;
  if (perMinute === undefined || verdict.usedShare < SHOWN_FROM_SHARE) return {};
  const remaining = Math.max(0, Math.round(perMinute.limit * (1 - verdict.usedShare)));
  const resetSeconds = verdict.retryAfterSeconds ?? perMinute.windowMs / 1000;
  return {
    "RateLimit-Limit": String(perMinute.limit),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(resetSeconds),
  };
}
