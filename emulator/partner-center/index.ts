/**
 * Partner Center: what a partner buys for its customers, with the new commerce's commitments.
 * @see https://learn.microsoft.com/partner-center/developer (checked 2026-11)
 */
import type { Route, Workload } from "../core/workload.ts";
import known from "../generated/known-operations.json" with { type: "json" };
import { catalogueRoutes } from "./catalogue.ts";
import { customerRoutes } from "./customer.ts";
import { notServed, renderPartnerFailure } from "./errors.ts";
import { orderRoutes } from "./orders.ts";
import { PROVISION_JOB, TERM_END_JOB, endTerm, provision } from "./provisioning.ts";
import { subscriptionRoutes } from "./subscriptions.ts";

/** Below a resource that Partner Center has, nothing is said to be missing. */
function refusal(path: string): Route {
  return {
    method: "*",
    path,
    handle: (call) => {
      throw notServed(`${call.method} ${call.path}`);
    },
  };
}

const REQUESTS_PER_MINUTE = 500;
const MINUTE_MS = 60_000;

export const partnerCenter: Workload = {
  name: "partner-center",
  prefixes: ["/partnercenter"],
  signIn: "entra",
  resourceId: "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
  acceptsAudience: (audience) => audience === "https://api.partnercenter.microsoft.com",
  routes: [
    ...customerRoutes,
    ...catalogueRoutes,
    ...subscriptionRoutes,
    ...orderRoutes,
    ...known.partnerCenter
      .split(" ")
      .flatMap((root) => [`/v1/${root}`, `/v1/${root}/*`].map(refusal)),
  ],
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
