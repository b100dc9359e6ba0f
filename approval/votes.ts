/** The votes on one plan: the latest decision of each person, and whose vote it is. */
import type { Authority, ApprovalSlot } from "./authority.ts";
import { countsFrom, countsUntil } from "./ledger.ts";
import type { RecordedOf, VerifiedRecord } from "./ledger.ts";

export type Decision = RecordedOf<"decision">;
type Withdrawal = RecordedOf<"withdrawal">;

/** A decision that does not count, and why (a refusal code). */
export interface NotCounted {
  readonly decision: Decision;
  readonly reason:
    | "withdrawn"
    | "key-revoked"
    | "no-longer-decision-maker"
    | "deputy-outside-period"
    | "own-change"
    | "expired"
    | "not-yet-valid"
    | "consumed"
    | "remainder-not-stated"
    | "remainder-differs";
}

/** The decisions in force for one slot; at most one of the decision maker, one of each deputy. */
export interface SlotVotes {
  readonly slot: ApprovalSlot;
  readonly own: Decision | undefined;
  /** Newest first. */
  readonly deputies: readonly Decision[];
}

export interface Votes {
  readonly slots: readonly SlotVotes[];
  readonly notCounted: readonly NotCounted[];
  /** Those after which the same person decided again, newest first. */
  readonly superseded: readonly Decision[];
}

/** Whatever is no approval stops the plan. */
export const isApproval = ({ predicate }: Decision): boolean => predicate.decision === "approved";

/** Every decision of a record, oldest entry first, each with the times from which it counts. */
export const decisionsOf = (record: VerifiedRecord): Decision[] =>
  record.statements
    .filter((statement) => statement.kind === "decision")
    .map((decision) => inOrder(record, decision));

/** @param digest of the plan, hexadecimal. */
export function votesOf(record: VerifiedRecord, authority: Authority, digest: string): Votes {
  const notCounted: NotCounted[] = [];
  const superseded: Decision[] = [];
  const inForce: { decision: Decision; slot: ApprovalSlot }[] = [];
  const heard = new Set<string>();
  for (const decision of decisionsOn(record, digest).sort(newestFirst)) {
    const { email } = decision.predicate.decisionMaker;
    if (heard.has(email)) {
      superseded.push(decision);
      continue;
    }
    heard.add(email);
    const slot = slotOf(decision, { record, authority });
    if (typeof slot === "string") notCounted.push({ decision, reason: slot });
    else inForce.push({ decision, slot });
  }
  const slots = authority.slots.map((slot) => {
    const cast = inForce.filter((vote) => vote.slot === slot).map(({ decision }) => decision);
    return {
      slot,
      own: cast.find(({ predicate }) => predicate.decisionMaker.email === slot.email),
      deputies: cast.filter(({ predicate }) => predicate.decisionMaker.email !== slot.email),
    };
  });
  return { slots, notCounted, superseded };
}

/**
 * The refusal that stops this slot: the decision maker's own, or a deputy's. A deputy cannot lift the
 * decision maker's refusal; the decision maker lifts a deputy's with a newer approval that counts.
 */
export function refusalOf(
  { own, deputies }: SlotVotes,
  counts: (approval: Decision) => boolean,
): Decision | undefined {
  if (own !== undefined && !isApproval(own)) return own;
  const lifted = own !== undefined && counts(own) ? own.predicate.decidedAt : "";
  return deputies.find((one) => !isApproval(one) && lifted <= one.predicate.decidedAt);
}

/** By the signers' own times: an older decision that is added late must not overtake a newer one. */
function newestFirst(a: Decision, b: Decision): number {
  const later = b.predicate.decidedAt.localeCompare(a.predicate.decidedAt);
  // At the same time both ways: the refusal is the word that holds.
  return later === 0 ? Number(isApproval(a)) - Number(isApproval(b)) : later;
}

const decisionsOn = (record: VerifiedRecord, digest: string): Decision[] =>
  decisionsOf(record).filter((decision) => decision.digest === digest);

/** With its wrong time it would overtake, until that day, all that its person says afterwards. */
function inOrder(record: VerifiedRecord, decision: Decision): Decision {
  const decidedAt = countsUntil(record, decision, decision.predicate.decidedAt);
  const recordedAt = countsFrom(record, decision, decision.recordedAt);
  return { ...decision, recordedAt, predicate: { ...decision.predicate, decidedAt } };
}

/** The slot for which this decision speaks, or why it does not. */
export function slotOf(
  decision: Decision,
  { record, authority }: { readonly record: VerifiedRecord; readonly authority: Authority },
): ApprovalSlot | NotCounted["reason"] {
  const slot = slotBySigner(decision, authority);
  if (typeof slot === "string") return slot;
  return isWithdrawn(record, decision, { authority, slot }) ? "withdrawn" : slot;
}

function slotBySigner(
  { predicate, recordedAt }: Decision,
  authority: Authority,
): ApprovalSlot | NotCounted["reason"] {
  // The key tells the person: for another address it would not have been registered.
  const { keyId } = predicate.decisionMaker;
  const own = authority.slots.find((slot) => slot.keyIds.includes(keyId));
  if (own !== undefined) return own;
  const periods = authority.slots.flatMap((slot) =>
    slot.deputies
      .filter((deputy) => deputy.keyIds.includes(keyId))
      .map(({ from, until }) => ({ slot, from, until })),
  );
  if (periods.length > 0) {
    // Both times: the signer chooses the first, the one who adds it to the record the second.
    const within = periods.find(({ from, until }) =>
      [predicate.decidedAt, recordedAt].every((time) => from <= time && time < until),
    );
    return within?.slot ?? "deputy-outside-period";
  }
  return authority.keyIds.has(keyId) ? "no-longer-decision-maker" : "key-revoked";
}

/**
 * A withdrawal takes back what its person decided until then, and what deputies decided in that place.
 * With a key that is no longer in charge it can still take back an approval, but lift no refusal.
 */
function isWithdrawn(
  record: VerifiedRecord,
  decision: Decision,
  { authority, slot }: { authority: Authority; slot: ApprovalSlot },
): boolean {
  return record.statements.some(
    (statement) =>
      statement.kind === "withdrawal" &&
      statement.digest === decision.digest &&
      covers(record, statement, { decision, slot }) &&
      decision.predicate.decidedAt <=
        countsUntil(record, statement, statement.predicate.withdrawnAt) &&
      (isApproval(decision) || isInCharge(authority, statement)),
  );
}

function covers(
  record: VerifiedRecord,
  withdrawal: Withdrawal,
  { decision, slot }: { decision: Decision; slot: ApprovalSlot },
): boolean {
  const { decisionMaker, withdraws } = withdrawal.predicate;
  if (decisionMaker.email === slot.email) return true;
  const { email } = decision.predicate.decisionMaker;
  return decisionsOf(record).some(
    ({ id, predicate }) => id === withdraws && predicate.decisionMaker.email === email,
  );
}

function isInCharge(authority: Authority, { predicate }: Withdrawal): boolean {
  return authority.slots.some((slot) =>
    [slot, ...slot.deputies].some(({ keyIds }) => keyIds.includes(predicate.decisionMaker.keyId)),
  );
}
