/** Every part of the emulated service, one line each. */
import type { Workload } from "./core/workload.ts";
import { organizationPart } from "./entities/organization.ts";
import type { GraphPart } from "./graph/workload.ts";
import { veeam } from "./veeam/index.ts";

/** What answers under /v1.0 and /beta. */
export const graphParts: readonly GraphPart[] = [organizationPart];

/** Services beside Graph and sign-in. */
export const workloads: readonly Workload[] = [veeam];
