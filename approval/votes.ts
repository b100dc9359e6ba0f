/** The votes on one plan: the latest decision of each person, and whose vote it is. */
import type { Authority, ApprovalSlot } from "./authority.ts";
import { countsFrom, countsUntil } from "./ledger.ts";
import type { RecordedOf, VerifiedRecord } from "./ledger.ts";

export type Decision = RecordedOf<"decision">;
type Withdrawal = RecordedOf<"withdrawal">;

/** A decision that does not count, and why (a refusal code, or that the same person decided again). */
export interface NotCounted {
  readonly decision: Decision;
  readonly reason:
    | "superseded"
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
}

/** @param digest of the plan, hexadecimal. */
export function votesOf(record: VerifiedRecord, authority: Authority, digest: string): Votes {
  const notCounted: NotCounted[] = [];
  const inForce: { decision: Decision; slot: ApprovalSlot }[] = [];
  for (const decisions of byPerson(record, digest).values()) {
    const [newest, ...older] = decisions.sort(newestFirst);
    if (newest === undefined) continue;
    notCounted.push(...older.map((decision) => ({ decision, reason: "superseded" as const })));
    const slot = slotOf(newest, authority);
    if (typeof slot === "string") notCounted.push({ decision: newest, reason: slot });
    else if (isWithdrawn(record, newest, { authority, slot })) {
      notCounted.push({ decision: newest, reason: "withdrawn" });
    } else inForce.push({ decision: newest, slot });
  }
  const slots = authority.slots.map((slot) => {
    const cast = inForce.filter((vote) => vote.slot === slot).map(({ decision }) => decision);
    return {
      slot,
      own: cast.find(({ predicate }) => predicate.decisionMaker.email === slot.email),
      deputies: cast
        .filter(({ predicate }) => predicate.decisionMaker.email !== slot.email)
        .sort(newestFirst),
    };
  });
  return { slots, notCounted };
}

/**
 * The refusal that stops this slot: the decision maker's own, or a deputy's. A deputy cannot lift the
 * decision maker's refusal; the decision maker lifts a deputy's with a newer approval that counts.
 */
export function refusalOf(
  { own, deputies }: SlotVotes,
  counts: (approval: Decision) => boolean,
): Decision | undefined {
  if (own?.predicate.decision === "refused") return own;
  const lifted = own !== undefined && counts(own) ? own.predicate.decidedAt : "";
  return deputies.find(
    ({ predicate }) => predicate.decision === "refused" && lifted <= predicate.decidedAt,
  );
}

/** By the signers' own times: an older decision that is added late must not overtake a newer one. */
function newestFirst(a: Decision, b: Decision): number {
  if (a.predicate.decidedAt !== b.predicate.decidedAt) {
    return a.predicate.decidedAt < b.predicate.decidedAt ? 1 : -1;
  }
  // At the same time both ways: the refusal is the word that holds.
  return Number(b.predicate.decision === "refused") - Number(a.predicate.decision === "refused");
}

function byPerson(record: VerifiedRecord, digest: string): Map<string, Decision[]> {
  const decisions = record.statements
    .filter(
      (statement): statement is Decision =>
        statement.kind === "decision" && statement.digest === digest,
    )
    .map((decision) => inOrder(record, decision));
  return Map.groupBy(decisions, ({ predicate }) => predicate.decisionMaker.email);
}

/** With its wrong time it would overtake, until that day, all that its person says afterwards. */
function inOrder(record: VerifiedRecord, decision: Decision): Decision {
  const decidedAt = countsUntil(record, decision, decision.predicate.decidedAt);
  const recordedAt = countsFrom(record, decision, decision.recordedAt);
  return { ...decision, recordedAt, predicate: { ...decision.predicate, decidedAt } };
}

/** The slot for which this decision may speak, or why there is none. */
export function slotOf(
  { predicate, recordedAt }: Decision,
  authority: Authority,
): ApprovalSlot | "key-revoked" | "no-longer-decision-maker" | "deputy-outside-period" {
  const { keyId, email } = predicate.decisionMaker;
  const own = authority.slots.find((slot) => slot.keyId === keyId && slot.email === email);
  if (own !== undefined) return own;
  const periods = authority.slots.flatMap((slot) =>
    slot.deputies
      .filter((deputy) => deputy.keyId === keyId && deputy.email === email)
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
      decision.predicate.decidedAt <=
        countsUntil(record, statement, statement.predicate.withdrawnAt) &&
      covers(record, statement, { decision, slot }) &&
      (decision.predicate.decision === "approved" || isInCharge(authority, statement)),
  );
}

function covers(
  record: VerifiedRecord,
  withdrawal: Withdrawal,
  { decision, slot }: { decision: Decision; slot: ApprovalSlot },
): boolean {
  const by = withdrawal.predicate.decisionMaker.email;
  const named = record.byId.get(withdrawal.predicate.withdraws);
  const samePerson =
    named?.kind === "decision" &&
    named.predicate.decisionMaker.email === decision.predicate.decisionMaker.email;
  return samePerson || by === slot.email;
}

function isInCharge(authority: Authority, { predicate }: Withdrawal): boolean {
  return authority.slots.some((slot) =>
    [slot, ...slot.deputies].some(({ keyId }) => keyId === predicate.decisionMaker.keyId),
  );
}
