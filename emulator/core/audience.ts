import type { Workload } from "./workload.ts";

/** Whether a token for the audience, an address or the id of a service, may be issued or is good for the path. */
export function isMeantFor(
  workload: Workload,
  audience: string,
  request: { path: string | undefined; origin: string },
): boolean {
  return audience === workload.resourceId || workload.acceptsAudience?.(audience, request) === true;
}
