/** Statements of decision makers and of applies, signed and chained, and what they allow. */
export { whoMayApprove } from "./authority.ts";
export {
  addSignature,
  challengeOf,
  envelopeSchema,
  isSignedIn,
  PAYLOAD_TYPE,
  withSignature,
} from "./dsse.ts";
export type { Envelope } from "./dsse.ts";
export {
  decodeProof,
  encodeProof,
  enrolmentChallenge,
  enrolmentSchema,
  isSignedBy,
  passkeySignature,
} from "./enrolment.ts";
export type { Enrolment, EnrolmentProof, PasskeySignature } from "./enrolment.ts";
export { decodeEntry, EMPTY, encodeEntry, entryHash, sealEntry } from "./entry.ts";
export { evaluateApproval, secondYesFrom } from "./evaluate.ts";
export type { Continuation } from "./evaluate.ts";
export {
  base64,
  email,
  instant,
  lineOfText,
  normalizeEmail,
  recordPosition,
  remark,
  stackName,
} from "./fields.ts";
export type { RecordPosition } from "./fields.ts";
export { generateKey, keyId, readPrivateKey, readPublicKey, writePrivateKey } from "./keys.ts";
export type { SigningKey } from "./keys.ts";
export { BREAKS, headOf, otherVersion } from "./ledger.ts";
export type { RecordedOf, VerifiedRecord } from "./ledger.ts";
export { appendEntry, verifyRecord } from "./record.ts";
export { readPasskeyKey, relyingPartyId } from "./passkeys.ts";
export type { Passkey } from "./passkeys.ts";
export type { Verification } from "./record.ts";
export { openRecovery, RECOVERY_WAIT_DAYS } from "./recovery.ts";
export { refusal, REFUSAL_CODES } from "./refusals.ts";
export {
  readStatement,
  sha256,
  signAccessPass,
  signAcknowledgement,
  signLockBreak,
  signMigrationWord,
  signObjection,
  signPlanStatement,
  signRecovery,
  signRegistration,
} from "./statement.ts";
export type { ReadStatement } from "./statement.ts";
export { devicesOf, peopleOf } from "./authority-facts.ts";
export type { AuthorityFacts } from "./authority-facts.ts";
export type { Predicates, TenantFileFacts } from "./statements.ts";
export { providerKey, trustRootsSchema } from "./trust-roots.ts";
export type { TrustRoots } from "./trust-roots.ts";
export type { Decision } from "./votes.ts";
