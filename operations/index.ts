/** What the product can do, one file an operation. Knows no arguments, terminal, environment, clock or language. */
export { accessPass } from "./access-pass.ts";
export type { AccessPass } from "./access-pass.ts";
export { adoptObjects } from "./adopt.ts";
export type { AdoptedObjects, AdoptRequest } from "./adopt.ts";
export { appliedTenant } from "./applied-tenant.ts";
export type { AppliedTenant } from "./applied-tenant.ts";
export { acceptDrift } from "./accept.ts";
export type { AcceptedDrift } from "./accept.ts";
export { acknowledge } from "./acknowledge.ts";
export type { Acknowledged } from "./acknowledge.ts";
export { applyApproved } from "./apply.ts";
export type { Applied, ApplyRequest } from "./apply.ts";
export { backUp, backUpServer, restoreBackup, restoreServer } from "./backup.ts";
export type { BackedUpTenant } from "./backup.ts";
export { breakTenantLock } from "./break-lock.ts";
export { checkTenant } from "./check.ts";
export { checkDns } from "./check-dns.ts";
export type { DnsReport } from "./check-dns.ts";
export { applyMerged } from "./ci/apply-merged.ts";
export type { AppliedChanges } from "./ci/apply-merged.ts";
export type { Outcome as PipelineOutcome } from "./ci/outcomes.ts";
export type { Check, Issues, Platform } from "./ci/platform.ts";
export { planChange } from "./ci/plan-change.ts";
export type { PlannedChange, PlannedTenant } from "./ci/plan-change.ts";
export { waitForApprovals } from "./ci/wait-for-approvals.ts";
export type { AwaitedTenant } from "./ci/wait-for-approvals.ts";
export { decide } from "./decide.ts";
export type { Decided, DecisionRequest } from "./decide.ts";
export { draftDecision, passkeyHolders, planForPage, recordDecision } from "./decide-by-passkey.ts";
export type { PasskeyHolder } from "./decide-by-passkey.ts";
export { offerEnrolment } from "./enrol.ts";
export { answerOffer, openOffer, openOfferWithCode } from "./enrolments.ts";
export type { EnrolmentOffer } from "./enrolments.ts";
export { readLog, verifyLog } from "./history.ts";
export type { LogEntry, PageState } from "./history.ts";
export { importTenant } from "./import-tenant.ts";
export type { ImportedTenant, ImportRequest } from "./import-tenant.ts";
export type { InterruptedApply } from "./interrupted-apply.ts";
export { migrationOverview, migrationPages } from "./migration.ts";
export { runMigration, signMigration } from "./migration-run.ts";
export { initRepository } from "./init-repository.ts";
export type { GroupAccess } from "../engine/index.ts";
export { inviteTenant } from "./invite.ts";
export type { InvitedTenant, InviteRequest } from "./invite.ts";
export { createKey, fingerprint, fingerprintOf, listKeys, showKey } from "./keys.ts";
export { refuseUnknownTenant } from "./known-tenant.ts";
export { localContext } from "./local/context.ts";
export type { LocalOptions } from "./local/context.ts";
export { openPlatform } from "./local/platform.ts";
export { planAll } from "./plan-all.ts";
export { readTrustRoots } from "./local/trust.ts";
export { planTenant } from "./plan.ts";
export type { Planned, PlanRequest } from "./plan.ts";
export type { KeptPlan } from "./plan-store.ts";
export type { OperationContext, ProgressEvent } from "./ports.ts";
export { pullDrift } from "./pull.ts";
export type { Pulled } from "./pull.ts";
export { recoveryStanding, rehearseRecovery } from "./rehearsal.ts";
export { authorityInForce, offerDevice, ownDevices, proposeDevices } from "./devices.ts";
export type { OwnDevices } from "./devices.ts";
export { draftObjection, draftRecovery, recordObjection, recoveriesOf } from "./recovery.ts";
export { signRegistrationByPasskey, waitingRegistrations } from "./registrations.ts";
export type { WaitingRegistration } from "./registrations.ts";
export {
  draftRegistration,
  registerAtOnce,
  registerInPortal,
  signRegistrationAs,
  submitRegistration,
} from "./register-approvers.ts";
export type { Registration } from "./register-approvers.ts";
export { overview, tenantSummary } from "./overview.ts";
export type { TenantSummary } from "./overview.ts";
export { listProposals } from "./proposals.ts";
export type { Proposals, SettledProposal, WaitingProposal } from "./proposals.ts";
export { noticesOf } from "./notices.ts";
export type { Notice, NoticeSubject } from "./notices.ts";
export { receiptOf, registeredStacks, shutOut } from "./receipt.ts";
export { openLedger } from "./records.ts";
export type { RecordPorts } from "./records.ts";
export { newTenant } from "./new-tenant.ts";
export { observeTenant } from "./observe.ts";
export type { Observed } from "./observe.ts";
export { orderOf } from "./order.ts";
export { planToDecide } from "./plan-to-decide.ts";
export { showPlan } from "./show.ts";
export { tenantStatus } from "./status.ts";
export type { Status } from "./status.ts";
export { describeLock } from "./tenant-locks.ts";
export type { RisksBeside } from "./risks.ts";
export type { UnmanagedKind } from "./unmanaged.ts";
export { validateTenants } from "./validate.ts";
export { whatFallsDue } from "./due.ts";
export { seatCounts } from "./seats.ts";
export type { TenantDue } from "./due.ts";
export { watchTenants } from "./watch.ts";
export type { WatchedTenant } from "./watch.ts";
export {
  draftWithdrawal,
  recordWithdrawal,
  withdrawDecision,
  withdrawalState,
} from "./withdraw.ts";
// So that a program outside needs this room only: docs/examples/plan-and-log.mjs.
export { openWorkspace } from "../workspace/index.ts";
