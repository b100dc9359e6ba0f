/** State, record and locks of a workspace, in one database. */
export { openStateDatabase } from "./database/open.ts";
export type { StateDatabase } from "./database/open.ts";
export { StateError } from "./errors.ts";
export type { StateErrorCode } from "./errors.ts";
export { stopwatch } from "./leases/elapsed.ts";
export { leases } from "./leases/leases.ts";
export type { Lease, Leases } from "./leases/leases.ts";
export type { Fence, LeaseState, LeaseTimes } from "./leases/table.ts";
export { recordStore } from "./record/database-record-store.ts";
export { ORGANIZATION, serveState } from "./service/serve.ts";
export type { ServeStateOptions, StateService } from "./service/serve.ts";
export { leaseNameOf } from "./stacks/updates.ts";
