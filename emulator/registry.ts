/** Every part of the emulated service, one line each. */
import type { Workload } from "./core/workload.ts";
import { directoryPart } from "./entities/directory-part.ts";
import type { GraphPart } from "./graph/workload.ts";

/** What answers under /v1.0 and /beta. */
export const graphParts: readonly GraphPart[] = [directoryPart];

/** Services beside Graph and sign-in. */
export const workloads: readonly Workload[] = [];
