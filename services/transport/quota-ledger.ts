/**
 * Which quota a request draws on, and how much of it. Conservative where Microsoft leaves it open; the
 * headers of the answers correct it.
 * @see https://learn.microsoft.com/graph/throttling-limits (checked 2026-11)
 */
import type { Clock } from "./clock.ts";
import type { QuotaLimits } from "./quota-limits.ts";
import { RollingQuota } from "./rolling-window.ts";
import type { QuotaWaiting } from "./rolling-window.ts";
import type { Method } from "./types.ts";

export type QuotaName =
  | "graph"
  | "directory-writes"
  | "directory-units"
  | "conditional-access"
  | "reports"
  | "sharepoint-units"
  | "exchange"
  | "outlook"
  | "partner-center"
  | "cloudflare";

export interface QuotaClaim {
  quota: QuotaName;
  units: number;
}

const CONDITIONAL_ACCESS = /^\/(?:identity\/conditionalAccess|identityProtection)\b/;
const REPORTS = /^\/(?:reports|auditLogs)\b/;
const SHAREPOINT_BEHIND_GRAPH =
  /^\/(?:sites|drives|admin\/sharepoint)\b|^\/(?:groups|users)\/[^/?]+\/(?:sites|drive|drives)\b/;
const MAIL_BEHIND_GRAPH = /^\/users\/[^/?]+\/(?:mailboxSettings|mailFolders|messages|calendar)\b/;
const SHAREPOINT_PERMISSIONS =
  /roleassignments|roleinheritance|ensureuser|sitegroups|siteusers|\/permissions\b|\/invite\b/i;

/** Claims of a Graph request; `path` begins behind the version. */
export function graphClaims(method: Method, path: string): QuotaClaim[] {
  return [...workloadClaims(method, path), { quota: "graph", units: 1 }];
}

function workloadClaims(method: Method, path: string): QuotaClaim[] {
  if (CONDITIONAL_ACCESS.test(path)) return [{ quota: "conditional-access", units: 1 }];
  if (REPORTS.test(path)) return [{ quota: "reports", units: 1 }];
  if (SHAREPOINT_BEHIND_GRAPH.test(path)) return sharePointClaims(method, path);
  if (MAIL_BEHIND_GRAPH.test(path)) return [{ quota: "outlook", units: 1 }];
  if (method === "GET") return [{ quota: "directory-units", units: directoryReadUnits(path) }];
  return [
    { quota: "directory-writes", units: 1 },
    { quota: "directory-units", units: 1 },
  ];
}

function directoryReadUnits(path: string): number {
  const [resource = "", query = ""] = decodeURIComponent(path).split("?");
  let units = 1;
  if (/^\/users\b|^\/applications\b/.test(resource)) units = 2;
  if (/^\/(?:subscribedSkus|contracts)\b|^\/groups\/[^/]+\/members\b/.test(resource)) units = 3;
  if (/\/transitiveMembers\b/.test(resource)) units = 5;
  const top = /(?:^|&)\$top=(\d+)/.exec(query);
  if (/(?:^|&)\$select=/.test(query)) units -= 1;
  if (/(?:^|&)\$expand=/.test(query)) units += 1;
  if (top && Number(top[1]) < 20) units -= 1;
  return Math.max(1, units);
}

/** 1 for one item, 2 for several or a write, 5 for permissions. */
export function sharePointClaims(method: Method, path: string): QuotaClaim[] {
  if (SHAREPOINT_PERMISSIONS.test(path)) return [{ quota: "sharepoint-units", units: 5 }];
  return [{ quota: "sharepoint-units", units: method === "GET" && !path.includes("?") ? 1 : 2 }];
}

/** The quotas of one application in one tenant. */
export class Quotas {
  readonly #quotas: Record<QuotaName, RollingQuota>;
  readonly #clock: Clock;

  constructor(clock: Clock, limits: QuotaLimits) {
    const per = (windowMs: number, limit: number) => new RollingQuota(clock, { windowMs, limit });
    this.#clock = clock;
    this.#quotas = {
      graph: per(1000, limits.graphPerSecond),
      "directory-writes": per(150_000, limits.directoryWritesPer150Seconds),
      "directory-units": per(10_000, limits.directoryUnitsPer10Seconds),
      "conditional-access": per(1000, limits.conditionalAccessPerSecond),
      reports: per(10_000, limits.reportsPer10Seconds),
      "sharepoint-units": per(60_000, limits.sharePointUnitsPerMinute),
      exchange: per(60_000, limits.exchangePerMinute),
      outlook: per(600_000, limits.outlookPer10Minutes),
      "partner-center": per(60_000, limits.partnerCenterPerMinute),
      cloudflare: per(300_000, limits.cloudflarePer5Minutes),
    };
  }

  /** Resolves when the request may go. Rejects with the signal's reason. */
  async take(claims: readonly QuotaClaim[], waiting: QuotaWaiting): Promise<void> {
    for (const { quota, units } of claims) await this.#quotas[quota].take(units, waiting);
  }

  /** Learns from an answer: what it cost, how full the quota is, how long to stay away. */
  learn(
    claims: readonly QuotaClaim[],
    answer: { status: number; headers: Record<string, string>; retryAfterMs: number | undefined },
  ): void {
    const { headers, status } = answer;
    const cost = Number(headers["x-ms-resource-unit"]);
    for (const { quota, units } of claims) {
      if (quota === "directory-units" && cost > 0) this.#quotas[quota].add(cost - units);
    }
    const named = this.#named(headers["x-ms-throttle-information"]);
    const share = Number(headers["x-ms-throttle-limit-percentage"]) || shareOf(headers);
    // Where the service does not say which limit it means, it is the fullest as far as we know.
    if (share > 0) (named ?? this.#fullest(claims))?.observe(share);
    const first = named ?? this.#of(claims[0]);
    if ((status === 429 || status === 503) && answer.retryAfterMs !== undefined) {
      first?.pause(answer.retryAfterMs);
    } else if (share >= 1) {
      first?.pause(resetMs(headers, this.#clock.now()) ?? 0);
    }
  }

  #of(claim: QuotaClaim | undefined): RollingQuota | undefined {
    return claim && this.#quotas[claim.quota];
  }

  #fullest(claims: readonly QuotaClaim[]): RollingQuota | undefined {
    const [fullest] = [...claims].sort(
      (one, other) => (this.#of(other)?.share() ?? 0) - (this.#of(one)?.share() ?? 0),
    );
    return this.#of(fullest);
  }

  #named(information: string | undefined): RollingQuota | undefined {
    if (information?.includes("Write")) return this.#quotas["directory-writes"];
    return information?.includes("ResourceUnit") ? this.#quotas["directory-units"] : undefined;
  }
}

/** SharePoint sends `RateLimit-*` from 80 % on, Exchange `Rate-Limit-*`. */
function rateLimit(headers: Record<string, string>, field: string): string | undefined {
  return headers[`ratelimit-${field}`] ?? headers[`rate-limit-${field}`];
}

function shareOf(headers: Record<string, string>): number {
  const limit = Number(rateLimit(headers, "limit"));
  const remaining = Number(rateLimit(headers, "remaining"));
  return limit > 0 && remaining >= 0 ? (limit - remaining) / limit : 0;
}

/** SharePoint: seconds; Exchange: a time. */
function resetMs(headers: Record<string, string>, nowMs: number): number | undefined {
  const reset = rateLimit(headers, "reset");
  if (reset === undefined) return undefined;
  const seconds = Number(reset);
  const ms = Number.isNaN(seconds) ? Date.parse(reset) - nowMs : seconds * 1000;
  return ms > 0 ? Math.min(ms, 60_000) : undefined;
}
