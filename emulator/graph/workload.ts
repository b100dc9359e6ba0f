/** Microsoft Graph as a workload: the operations of all parts under /v1.0 and /beta. */
import { ServiceFailure } from "../core/failure.ts";
import type { QuotaRule } from "../core/quota.ts";
import type {
  BatchRoute,
  EventName,
  EventPayload,
  QuotaRequest,
  Route,
  Scope,
  Workload,
} from "../core/workload.ts";
import { renderGraphFailure } from "./errors.ts";
import { finishGraphAnswer } from "./format.ts";
import { rewriteGraphPath } from "./path.ts";
import { knownPermissions, permissionsFor } from "./permissions.ts";
import { graphQuota, graphQuotaHeaders } from "./quotas.ts";
import { notImplementedRoute } from "./not-implemented.ts";

/** What a folder adds to Graph. A route's `roles` default to those of Microsoft's permission table. */
export interface GraphPart {
  readonly operations: readonly (Route | BatchRoute)[];
  readonly jobs?: Workload["jobs"];
  readonly listeners?: Workload["listeners"];
  /** Quotas of this part's paths, in place of those of identity and access; undefined for paths of other parts. */
  readonly quota?: (request: QuotaRequest) => readonly QuotaRule[] | undefined;
  readonly quotaHeaders?: Workload["quotaHeaders"];
  /** Brings this part's own spellings into the form of its routes, before those of all of Graph. */
  readonly rewritePath?: (path: string) => string;
}

const GRAPH = "https://graph.microsoft.com";
/** Client id of Microsoft Graph, the same in every tenant. */
const GRAPH_ID = "00000003-0000-0000-c000-000000000000";

export function createGraph(parts: readonly GraphPart[]): Workload {
  return {
    name: "graph",
    prefixes: ["/v1.0", "/beta"],
    signIn: "entra",
    resourceId: GRAPH_ID,
    isOpenToBrowsers: true,
    finish: finishGraphAnswer,
    acceptsAudience: (audience, { origin }) => audience === GRAPH || audience === origin,
    renderFailure: renderGraphFailure,
    concurrencyFailure: () =>
      new ServiceFailure(409, "Directory_ConcurrencyViolation", {
        message:
          "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.",
      }),
    rewritePath: (path, prefix) =>
      rewriteGraphPath(
        parts.reduce((before, part) => part.rewritePath?.(before) ?? before, path),
        prefix,
      ),
    roles: knownPermissions(),
    routes: [
      ...literalFirst(parts.flatMap((part) => part.operations.map(withPermissions))),
      notImplementedRoute,
    ],
    quota: (request) =>
      parts.map((part) => part.quota?.(request)).find((rules) => rules !== undefined) ??
      graphQuota(request),
    quotaHeaders: (verdict, rules) =>
      Object.assign(
        graphQuotaHeaders(verdict, rules),
        ...parts.map((part) => part.quotaHeaders?.(verdict, rules) ?? {}),
      ) as Record<string, string>,
    jobs: Object.assign({}, ...parts.map((part) => part.jobs)) as NonNullable<Workload["jobs"]>,
    listeners: joinListeners(parts),
  };
}

function withPermissions<T extends Route | BatchRoute>(route: T): T {
  const roles = route.roles ?? permissionsFor(route.method, route.path);
  return roles === undefined ? route : { ...route, roles };
}

/** A route with a literal segment goes before one with a parameter in the same place. */
function literalFirst<T extends { path: string }>(routes: readonly T[]): T[] {
  const rank = (path: string): string =>
    path
      .split("/")
      .map((segment) => (segment === "*" ? "3" : segment.startsWith(":") ? "2" : "1"))
      .join("");
  return routes.toSorted((one, other) =>
    rank(one.path) < rank(other.path) ? -1 : rank(one.path) > rank(other.path) ? 1 : 0,
  );
}

function joinListeners(parts: readonly GraphPart[]): NonNullable<Workload["listeners"]> {
  const names = new Set(parts.flatMap((part) => Object.keys(part.listeners ?? {}) as EventName[]));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      (scope: Scope, payload: EventPayload) => {
        for (const part of parts) part.listeners?.[name]?.(scope, payload);
      },
    ]),
  );
}
