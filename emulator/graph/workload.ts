/** Microsoft Graph as a workload: the operations of all parts under /v1.0 and /beta. */
import type { Route, Workload } from "../core/workload.ts";
import { renderGraphFailure } from "./errors.ts";

/** What a folder adds to Graph. A route's `roles` default to those of Microsoft's permission table. */
export interface GraphPart {
  readonly operations: readonly Route[];
}

const GRAPH = "https://graph.microsoft.com";

export function createGraph(
  parts: readonly GraphPart[],
  extras: Pick<Workload, "jobs" | "listeners"> = {},
): Workload {
  return {
    name: "graph",
    prefixes: ["/v1.0", "/beta"],
    signIn: "entra",
    acceptsAudience: (audience, { origin }) => audience === GRAPH || audience === origin,
    renderFailure: renderGraphFailure,
    routes: parts.flatMap((part) => part.operations),
    ...extras,
  };
}
