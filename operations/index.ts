/** What the product can do. Knows no arguments and no terminal. */
export { verified } from "./apply-record.ts";
export { applyApproved } from "./apply.ts";
export { appliedRulesOf, isEmpty, refusalOf } from "./authorize.ts";
export { breakTenantLock } from "./break-lock.ts";
export type { OperationContext, Progress, Reporter } from "./context.ts";
export { decide } from "./decide.ts";
export { readLog, verifyLog } from "./history.ts";
export type { LogEntry, PageState } from "./history.ts";
export { unfinishedApplyOf } from "./interrupted-apply.ts";
export { refuseUnknownTenant } from "./known-tenant.ts";
export { readPlan, storePlan } from "./plan-store.ts";
export type { StoredPlan } from "./plan-store.ts";
export { fingerprint, publicKeyDocument, readPublicKeys } from "./public-keys.ts";
export {
  authorityOf,
  draftRegistration,
  readRegistrationFile,
  signedBy,
  signersNeeded,
  writeRegistrationFile,
} from "./register-approvers.ts";
export type { FindPublicKey } from "./register-approvers.ts";
export { standingOfTenant } from "./status.ts";
export type { Standing } from "./status.ts";
export { describeLock } from "./tenant-locks.ts";
export {
  isPractice,
  keyPassphrase,
  localKeys,
  openRecord,
  practicePublicKey,
  practiceSigners,
} from "./trust.ts";
export { withdrawDecision } from "./withdraw.ts";
