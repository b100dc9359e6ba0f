/** What is kept between runs: record, locks, keys. */
export { allHeads, knownHeads } from "./record/checkpoints.ts";
export type { KnownHeads } from "./record/checkpoints.ts";
export { fileRecordStore, recordFolder } from "./record/file-record-store.ts";
export { keyStore } from "./record/key-store.ts";
export { leaseLocks } from "./record/lease-lock.ts";
export type { RecordStore } from "./record/record-store.ts";
export { ageOf, tenantLocks } from "./record/tenant-lock.ts";
export type {
  CurrentLock,
  HeldLock,
  LockOwner,
  LockWaiting,
  TenantLock,
  TenantLocks,
} from "./record/tenant-lock.ts";
export { tenantRecord } from "./record/tenant-record.ts";
export type { Ledger, TenantRecord } from "./record/tenant-record.ts";
export { openStateDatabase } from "./database/open.ts";
export { backUpDatabase, restoreDatabase } from "./database/backup.ts";
export { requireWhole } from "./database/sqlite-backup.ts";
export { sharedDatabase } from "./database/shared.ts";
export type { StateDatabase } from "./database/works.ts";
export { leases } from "./leases/leases.ts";
export type { Lease, Leases } from "./leases/leases.ts";
export { isCertainlyGone } from "./leases/process-table.ts";
export type { Fence, LeaseState } from "./leases/table.ts";
export { recordStore } from "./record/database-record-store.ts";
export { serveState } from "./service/serve.ts";
export { PROJECT, stackOfTenant } from "./stacks/stack-name.ts";
export type { StateService } from "./service/serve.ts";
export { leaseNameOf } from "./stacks/updates.ts";
export { answerWork, isLarge, isWorkName, mayAsk } from "./remote/answer.ts";
export type { Caller } from "./remote/answer.ts";
export { PROTOCOL, RIGHTS } from "./remote/messages.ts";
