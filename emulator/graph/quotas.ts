/**
 * Quotas of identity and access: resource units, writes, conditional access.
 * @see https://learn.microsoft.com/graph/throttling-limits (checked 2026-11)
 */
import type { QuotaRule, QuotaVerdict } from "../core/quota.ts";
import type { QuotaRequest } from "../core/workload.ts";

const SECOND_MS = 1000;
const ALL_GRAPH_PER_SECOND = 2000;
const RESOURCE_UNITS_WINDOW_MS = 10 * SECOND_MS;
/** Per application and tenant, by number of users. */
const RESOURCE_UNITS = [
  { users: 50, units: 3500 },
  { users: 500, units: 5000 },
  { users: Number.POSITIVE_INFINITY, units: 8000 },
] as const;
const WRITES = 3000;
const TENANT_WRITES = 18_000;
const TENANT_WRITES_WINDOW_MS = 300 * SECOND_MS;
const WRITES_WINDOW_MS = 150 * SECOND_MS;
const CONDITIONAL_ACCESS_PER_SECOND = 1;
const HEADERS_FROM_SHARE = 0.8;
const SMALL_PAGE = 20;

const READ_COSTS: readonly (readonly [RegExp, number])[] = [
  [/^\/users(\/|$)/, 2],
  [/^\/groups\/[^/]+\/transitiveMembers/, 5],
  [/^\/groups\/[^/]+\/members/, 3],
  [/^\/subscribedSkus/, 3],
  [/^\/contracts/, 3],
  [/^\/applications/, 2],
];

/** Resource units of one request, never less than 1. */
export function resourceUnits(request: Pick<QuotaRequest, "method" | "path" | "query">): number {
  if (request.method !== "GET") return 1;
  const base = READ_COSTS.find(([pattern]) => pattern.test(request.path))?.[1] ?? 1;
  const top = request.query.get("$top");
  const isSmallPage = top !== null && Number(top) < SMALL_PAGE;
  const saved = (request.query.has("$select") ? 1 : 0) + (isSmallPage ? 1 : 0);
  return Math.max(1, base - saved + (request.query.has("$expand") ? 1 : 0));
}

export function graphQuota(request: QuotaRequest): QuotaRule[] {
  const application = `${request.appId}:${request.tenantId}`;
  const everything: QuotaRule = {
    bucket: `graph:all:${request.appId}`,
    limit: ALL_GRAPH_PER_SECOND,
    windowMs: SECOND_MS,
    cost: 1,
    retryAfter: true,
  };
  if (request.path.startsWith("/identity/conditionalAccess")) {
    const conditionalAccess: QuotaRule = {
      bucket: `graph:conditional-access:${request.tenantId}`,
      limit: CONDITIONAL_ACCESS_PER_SECOND,
      windowMs: SECOND_MS,
      cost: 1,
      retryAfter: false,
    };
    return [everything, conditionalAccess];
  }
  const size = RESOURCE_UNITS.find(({ users }) => request.userCount < users);
  const units: QuotaRule = {
    bucket: `graph:units:${application}`,
    limit: size?.units ?? 0,
    windowMs: RESOURCE_UNITS_WINDOW_MS,
    cost: resourceUnits(request),
    retryAfter: true,
    reason: "ResourceUnitLimitExceeded",
  };
  if (request.method === "GET") return [everything, units];
  const write = { cost: 1, retryAfter: true, reason: "WriteLimitExceeded" };
  return [
    everything,
    units,
    { ...write, bucket: `graph:writes:${application}`, limit: WRITES, windowMs: WRITES_WINDOW_MS },
    {
      ...write,
      bucket: `graph:writes:${request.tenantId}`,
      limit: TENANT_WRITES,
      windowMs: TENANT_WRITES_WINDOW_MS,
    },
  ];
}

export function graphQuotaHeaders(
  verdict: QuotaVerdict,
  rules: readonly QuotaRule[],
): Record<string, string> {
  const units = rules.find((rule) => rule.reason === "ResourceUnitLimitExceeded");
  if (units === undefined) return {};
  return {
    "x-ms-resource-unit": String(units.cost),
    ...(verdict.usedShare >= HEADERS_FROM_SHARE
      ? { "x-ms-throttle-limit-percentage": verdict.usedShare.toFixed(1) }
      : {}),
    ...(verdict.refusedBy?.reason === undefined
      ? {}
      : {
          "x-ms-throttle-scope": "Tenant_Application",
          "x-ms-throttle-information": verdict.refusedBy.reason,
        }),
  };
}
