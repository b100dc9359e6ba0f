/** What is kept between runs: record, locks, keys. */
export { knownHeads } from "./record/checkpoints.ts";
export type { KnownHeads } from "./record/checkpoints.ts";
export { fileRecordStore, recordFolder } from "./record/file-record-store.ts";
export { keyStore } from "./record/key-store.ts";
export type { RecordStore } from "./record/record-store.ts";
export { ageOf, tenantLocks } from "./record/tenant-lock.ts";
export type { HeldLock, LockOwner, TenantLock, TenantLocks } from "./record/tenant-lock.ts";
export { tenantRecord } from "./record/tenant-record.ts";
export type { Ledger, TenantRecord } from "./record/tenant-record.ts";
