/**
 * Partner Center: what a partner buys for its customers, with the new commerce's commitments.
 * @see https://learn.microsoft.com/partner-center/developer (checked 2026-11)
 */
import type { Workload } from "../core/workload.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { renderPartnerFailure } from "./errors.ts";
import { orderRoutes } from "./orders.ts";
import { PROVISION_JOB, TERM_END_JOB, endTerm, provision } from "./provisioning.ts";
import { subscriptionRoutes } from "./subscriptions.ts";

const REQUESTS_PER_MINUTE = 500;
const MINUTE_MS = 60_000;

export const partnerCenter: Workload = {
  name: "partner-center",
  prefixes: ["/partnercenter"],
  signIn: "entra",
  resourceId: "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
  acceptsAudience: (audience) => audience === "https://api.partnercenter.microsoft.com",
  routes: [...catalogueRoutes, ...subscriptionRoutes, ...orderRoutes],
  renderFailure: renderPartnerFailure,
  // Orders and subscriptions have 500 requests a minute each, by tenant.
  quota: ({ path, tenantId }) => {
    const [, resource] = /^\/v1\/customers\/[^/]+\/(orders|subscriptions)/.exec(path) ?? [];
    if (resource === undefined) return [];
    return [
      {
        bucket: `partner-center:${resource}:${tenantId}`,
        limit: REQUESTS_PER_MINUTE,
        windowMs: MINUTE_MS,
        cost: 1,
        retryAfter: true,
      },
    ];
  },
  jobs: { [PROVISION_JOB]: provision, [TERM_END_JOB]: endTerm },
};
