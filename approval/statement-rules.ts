/** What must hold between a statement and the entries before it, apart from its signatures. */
import { EMPTY } from "./entry.ts";
import type { RecordPosition } from "./fields.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { newestTime, wrongTimesWith } from "./ledger.ts";
import type { Fault, RecordedOf, VerifiedRecord } from "./ledger.ts";
import { checkRecovery } from "./recovery.ts";
import type { ReadStatement, StatementOf } from "./statement.ts";

export function checkStatement(
  record: VerifiedRecord,
  statement: ReadStatement,
  recordedAt: string,
): Fault | undefined {
  return (
    checkOwner(record, statement) ??
    checkSeen(record, statement, recordedAt) ??
    checkReferences(record, statement, recordedAt) ??
    checkWrongTimes(record, statement, recordedAt)
  );
}

/** When the signer says to have made it. */
function madeAt(statement: ReadStatement): string {
  switch (statement.kind) {
    case "decision":
      return statement.predicate.decidedAt;
    case "withdrawal":
      return statement.predicate.withdrawnAt;
    case "registration":
      return statement.predicate.registeredAt;
    case "recovery":
      return statement.predicate.announcedAt;
    case "objection":
      return statement.predicate.objectedAt;
    case "application":
      return statement.predicate.finishedAt;
    case "application-start":
      return statement.predicate.startedAt;
    case "lock-break":
      return statement.predicate.brokenAt;
    case "acknowledgement":
      return statement.predicate.acknowledgedAt;
    case "access-pass":
      return statement.predicate.askedAt;
    case "migration":
      return statement.predicate.saidAt;
  }
}

function checkOwner(record: VerifiedRecord, statement: ReadStatement): Fault | undefined {
  const first = record.registrations[0];
  if (first === undefined) {
    if (statement.kind === "registration") return undefined;
    return { reason: "not-registered", message: "The record does not start with a registration." };
  }
  const { tenantId, stack } = statement.predicate;
  if (tenantId !== first.predicate.tenantId) {
    return { reason: "foreign-tenant", message: `The statement is about tenant ${tenantId}.` };
  }
  if (stack !== first.predicate.stack) {
    return { reason: "other-stack", message: `The statement is about stack ${stack}.` };
  }
  if (record.byId.has(statement.id)) {
    return { reason: "repeated", message: "The same statement is already in the record." };
  }
  return undefined;
}

function checkSeen(
  record: VerifiedRecord,
  statement: ReadStatement,
  recordedAt: string,
): Fault | undefined {
  const { seen } = statement.predicate;
  const entry: RecordPosition | undefined =
    seen.sequence === 0 ? EMPTY : record.statements[seen.sequence - 1];
  if (entry?.hash !== seen.hash) {
    return {
      reason: "reference",
      message: `The signer saw a different entry ${seen.sequence} than this record has.`,
    };
  }
  const seenAt = timeOf(record, { statement, seen });
  const made = Date.parse(madeAt(statement));
  if (made > Date.parse(recordedAt) + CLOCK_TOLERANCE_MS) {
    return { reason: "time", message: "The statement is dated later than it was recorded." };
  }
  if (made < Date.parse(seenAt) - CLOCK_TOLERANCE_MS) {
    return { reason: "time", message: "The statement is dated earlier than what its signer saw." };
  }
  return undefined;
}

/** Time of what the signer saw, as far as it is not among the wrong ones, also by what is said just now. */
function timeOf(
  record: VerifiedRecord,
  { statement, seen }: { readonly statement: ReadStatement; readonly seen: RecordPosition },
): string {
  const before = {
    statements: record.statements.slice(0, seen.sequence),
    wrongTimes: wrongTimesWith(record, statement),
  };
  return newestTime(before) || madeAt(statement);
}

/** Only a time that is still to come can be seen to be wrong: what is over keeps its place. */
function checkWrongTimes(
  record: VerifiedRecord,
  statement: ReadStatement,
  recordedAt: string,
): Fault | undefined {
  if (statement.kind !== "acknowledgement") return undefined;
  for (const { sequence, hash } of statement.predicate.wrongTimes) {
    const entry = record.statements[sequence - 1];
    if (entry?.hash !== hash) {
      return { reason: "reference", message: `Entry ${sequence} is not the one that is meant.` };
    }
    if (Date.parse(entry.recordedAt) <= Date.parse(recordedAt) + CLOCK_TOLERANCE_MS) {
      return { reason: "time", message: `The time of entry ${sequence} is over, not to come.` };
    }
  }
  return undefined;
}

function checkReferences(
  record: VerifiedRecord,
  statement: ReadStatement,
  recordedAt: string,
): Fault | undefined {
  if (statement.kind === "registration") return checkRecovery(record, statement, recordedAt);
  if (statement.kind === "objection") return checkObjection(record, statement);
  if (statement.kind === "withdrawal") return checkWithdrawal(record, statement);
  if (statement.kind !== "application" && statement.kind !== "application-start") return undefined;
  return checkOpenStart(record, statement) ?? checkApprovals(record, statement);
}

/** Of an apply that was started nothing else can be recorded than how it ended. */
function checkOpenStart(
  { openStart }: VerifiedRecord,
  { kind, digest }: StatementOf<"application" | "application-start">,
): Fault | undefined {
  if (openStart === undefined) return undefined;
  if (kind === "application" && digest === openStart.digest) return undefined;
  return {
    reason: "reference",
    message: "An earlier apply was started, and its outcome is not recorded yet.",
  };
}

function checkApprovals(
  record: VerifiedRecord,
  statement: StatementOf<"application" | "application-start">,
): Fault | undefined {
  const { approvals, onEndDay = false } = statement.predicate;
  const rests = approvals.every((id) => {
    const approval = record.byId.get(id);
    return (
      approval?.kind === "decision" &&
      approval.predicate.decision === "approved" &&
      // What ends by itself was approved when it was given, in a plan before.
      (onEndDay || approval.digest === statement.digest)
    );
  });
  if (rests && new Set(approvals).size === approvals.length) return undefined;
  return {
    reason: "reference",
    message: "The apply names approvals that are not in the record for its plan.",
  };
}

const checkObjection = (
  record: VerifiedRecord,
  { predicate }: StatementOf<"objection">,
): Fault | undefined =>
  record.byId.get(predicate.objectsTo)?.kind === "recovery"
    ? undefined
    : { reason: "reference", message: "The objection is to no announcement of this record." };

/** One's own decision, or the one that one's deputy made. */
function checkWithdrawal(
  record: VerifiedRecord,
  { digest, predicate }: StatementOf<"withdrawal">,
): Fault | undefined {
  const decision = record.byId.get(predicate.withdraws);
  if (decision?.kind !== "decision" || decision.digest !== digest) {
    return {
      reason: "reference",
      message: "The withdrawal does not name a recorded decision on this plan.",
    };
  }
  const { email } = predicate.decisionMaker;
  if (decision.predicate.decisionMaker.email === email) return undefined;
  if (record.registrations.some((one) => isDeputy(one, decision, email))) return undefined;
  return {
    reason: "reference",
    message: `The decision was not made by ${email} or a deputy of ${email}.`,
  };
}

function isDeputy(
  registration: RecordedOf<"registration">,
  decision: RecordedOf<"decision">,
  principal: string,
): boolean {
  return registration.predicate.authority.deputies.some(
    ({ email, deputyFor }) =>
      email === decision.predicate.decisionMaker.email && deputyFor === principal,
  );
}
