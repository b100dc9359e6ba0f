/**
 * Quotas of identity and access: resource units, writes, conditional access.
 * @see https://learn.microsoft.com/graph/throttling-limits (checked 2026-11)
 */
import type { QuotaRule, QuotaVerdict } from "../core/quota.ts";
import type { QuotaRequest } from "../core/workload.ts";

const SECOND_MS = 1000;
const ALL_GRAPH_PER_SECOND = 2000;
/** Per application and tenant, by number of users. */
const RESOURCE_UNITS = [
  { users: 50, units: 3500 },
  { users: 500, units: 5000 },
  { users: Number.POSITIVE_INFINITY, units: 8000 },
] as const;
const CONDITIONAL_ACCESS_PER_SECOND = 1;
const REPORTS_PER_WINDOW = 5;
const HEADERS_FROM_SHARE = 0.8;
const MAX_SHOWN_SHARE = 1.8;
const SMALL_PAGE = 20;

const COSTS: readonly (readonly [method: string, path: RegExp, units: number])[] = [
  ["GET", /^\/users(\/|$)/, 2],
  ["GET", /^\/groups\/[^/]+\/transitiveMembers/, 5],
  ["GET", /^\/groups\/[^/]+\/members/, 3],
  ["GET", /^\/domains\/[^/]+\/domainNameReferences/, 4],
  ["GET", /^\/servicePrincipals\/[^/]+\/appRoleAssignments/, 2],
  ["GET", /^\/oauth2PermissionGrants/, 2],
  ["GET", /^\/subscribedSkus/, 3],
  ["GET", /^\/contracts/, 3],
  ["GET", /^\/applications/, 2],
  ["POST", /\/getByIds$/, 3],
  ["POST", /\/checkMember(Groups|Objects)$/, 4],
  ["POST", /\/getMember(Groups|Objects)$/, 2],
];

/** Resource units of one request, never less than 1. */
export function resourceUnits(request: Pick<QuotaRequest, "method" | "path" | "query">): number {
  const base = listedCost(request) ?? 1;
  const top = request.query.get("$top");
  const isSmallPage = top !== null && Number(top) < SMALL_PAGE;
  const saved = (request.query.has("$select") ? 1 : 0) + (isSmallPage ? 1 : 0);
  return Math.max(1, base - saved + (request.query.has("$expand") ? 1 : 0));
}

/** The POST operations of the list only read. */
function isWrite(request: Pick<QuotaRequest, "method" | "path">): boolean {
  return request.method !== "GET" && listedCost(request) === undefined;
}

function listedCost(request: Pick<QuotaRequest, "method" | "path">): number | undefined {
  return COSTS.find(([method, path]) => method === request.method && path.test(request.path))?.[2];
}

export function graphQuota(request: QuotaRequest): QuotaRule[] {
  const { appId, tenantId, path } = request;
  const everything: QuotaRule = {
    bucket: `graph:all:${appId}`,
    limit: ALL_GRAPH_PER_SECOND,
    windowMs: SECOND_MS,
    cost: 1,
    retryAfter: true,
  };
  if (path.startsWith("/identity/conditionalAccess")) {
    const conditionalAccess: QuotaRule = {
      bucket: `graph:conditional-access:${tenantId}`,
      limit: CONDITIONAL_ACCESS_PER_SECOND,
      windowMs: SECOND_MS,
      cost: 1,
      retryAfter: false,
    };
    return [everything, conditionalAccess];
  }
  if (path.startsWith("/reports/") || path.startsWith("/auditLogs/")) {
    const reports: QuotaRule = {
      bucket: `graph:reports:${appId}:${tenantId}`,
      limit: REPORTS_PER_WINDOW,
      windowMs: 10 * SECOND_MS,
      cost: 1,
      retryAfter: true,
    };
    return [everything, reports];
  }
  return [everything, ...unitRules(request), ...(isWrite(request) ? writeRules(request) : [])];
}

/** Per application and tenant, and per application over all tenants. */
function unitRules(request: QuotaRequest): QuotaRule[] {
  const { appId, tenantId, userCount } = request;
  const limit = RESOURCE_UNITS.find(({ users }) => userCount < users)?.units ?? 0;
  const units = {
    cost: resourceUnits(request),
    retryAfter: true,
    reason: "ResourceUnitLimitExceeded",
  };
  return [
    {
      ...units,
      ...scopeOf("Tenant_Application", "ReadWrite", request),
      bucket: `graph:units:${appId}:${tenantId}`,
      limit,
      windowMs: 10 * SECOND_MS,
    },
    {
      ...units,
      ...scopeOf("Application", "ReadWrite", request),
      bucket: `graph:units:${appId}`,
      limit: 150_000,
      windowMs: 20 * SECOND_MS,
    },
  ];
}

function writeRules(request: QuotaRequest): QuotaRule[] {
  const { appId, tenantId } = request;
  const write = { cost: 1, retryAfter: true, reason: "WriteLimitExceeded" };
  return [
    {
      ...write,
      ...scopeOf("Tenant_Application", "Write", request),
      bucket: `graph:writes:${appId}:${tenantId}`,
      limit: 3000,
      windowMs: 150 * SECOND_MS,
    },
    {
      ...write,
      ...scopeOf("Application", "Write", request),
      bucket: `graph:app-writes:${appId}`,
      limit: 70_000,
      windowMs: 300 * SECOND_MS,
    },
    {
      ...write,
      ...scopeOf("Tenant", "Write", request),
      bucket: `graph:tenant-writes:${tenantId}`,
      limit: 18_000,
      windowMs: 300 * SECOND_MS,
    },
  ];
}

/** `<Scope>/<Limit>/<ApplicationId>/<TenantId>` */
function scopeOf(scope: string, limit: string, request: QuotaRequest): { scope: string } {
  return { scope: `${scope}/${limit}/${request.appId}/${request.tenantId}` };
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
      ? {
          "x-ms-throttle-limit-percentage": Math.min(verdict.usedShare, MAX_SHOWN_SHARE).toFixed(1),
        }
      : {}),
    ...(verdict.refusedBy?.reason === undefined
      ? {}
      : {
          "x-ms-throttle-scope": verdict.refusedBy.scope ?? "",
          "x-ms-throttle-information": verdict.refusedBy.reason,
        }),
  };
}
