/** Whether a plan may be applied: every demand is checked here, and whatever is not shown to hold refuses. */
import { staysInCharge, whoMayApprove, type ApprovalSlot, type Authority } from "./authority.ts";
import * as field from "./fields.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { newestTime } from "./ledger.ts";
import type { RecordedOf, VerifiedRecord } from "./ledger.ts";
import type { Verification } from "./record.ts";
import { refusal, type Refusal, type RefusalCode, type RefusalDetail } from "./refusals.ts";
import {
  decisionsOf,
  isApproval,
  refusalOf,
  slotOf,
  votesOf,
  type Decision,
  type NotCounted,
  type SlotVotes,
  type Votes,
} from "./votes.ts";
import { tenantFileFacts, type TenantFileFacts } from "./statements.ts";

export interface ApprovalRequest {
  /** What verifyRecord said; a broken record refuses. */
  readonly verification: Verification;
  /** Of the plan made just now (or, to continue after a failure, of the interrupted one): `sha256:…`. */
  readonly planDigest: string;
  readonly tenantId: string;
  readonly stack: string;
  readonly now: Date;
  /** Addresses of everybody who wrote the change; at least one. */
  readonly changeAuthors: readonly string[];
  readonly safeguards: { readonly secondDecisionMakerNeeded: boolean };
  /** Approval section of the tenant file that is to be applied. */
  readonly plannedFacts: TenantFileFacts;
  /** Only to go on after an apply of this plan that failed or stopped halfway. */
  readonly continuation?: Continuation;
}

export interface Continuation {
  /** Id of that application. */
  readonly application: string;
  /** Digest of what would be applied now; must be what that application said was left. */
  readonly remainingDigest: string;
}

export type ApprovalOutcome =
  | {
      readonly approved: true;
      /** One per voice; their ids go into the application statement. */
      readonly approvals: readonly Decision[];
      readonly required: number;
    }
  | {
      readonly approved: false;
      readonly refusal: Refusal;
      /** Valid as far as they go; too few. */
      readonly approvals: readonly Decision[];
    };

/** How long the only decision maker of a tenant has to sleep on what needs a second yes. */
const SECOND_YES_AFTER_MS = 24 * 60 * 60 * 1000;

/** When the only decision maker, who approved then, can give the second yes that a plan needs (UTC). */
export const secondYesFrom = ({ predicate }: Pick<Decision, "predicate">): string =>
  new Date(Date.parse(predicate.decidedAt) + SECOND_YES_AFTER_MS).toISOString();

interface Context {
  readonly request: ApprovalRequest;
  readonly record: VerifiedRecord;
  readonly authority: Authority;
}

/** Pure: same request, same outcome. */
export function evaluateApproval(request: ApprovalRequest): ApprovalOutcome {
  if (!request.verification.ok) {
    const { sequence, reason } = request.verification.break;
    return refuse("record-broken", { who: `#${sequence} ${reason}` });
  }
  const { record } = request.verification;
  const wrong = wrongInput(request);
  if (wrong !== undefined) return refuse("request-malformed", { who: wrong });
  if (request.changeAuthors.length === 0) return refuse("author-unknown");
  const [first] = record.registrations;
  if (first === undefined) return refuse("no-registration");
  const newest = Date.parse(newestTime(record));
  const misplaced = wrongRecord(request, { first, newest });
  if (misplaced !== undefined) return refuse(misplaced);

  // A slow clock must not bring back older rights.
  const asOf = new Date(Math.max(request.now.getTime(), newest));
  const authority = whoMayApprove(record, asOf);
  if (authority === undefined) return refuse("no-registration");
  if (authority.validUntil !== null && authority.validUntil <= request.now.toISOString()) {
    return refuse("registration-expired");
  }
  if (!staysInCharge(authority, request.plannedFacts)) return refuse("authority-would-be-lost");
  return weigh({ request, record, authority });
}

function weigh(context: Context): ApprovalOutcome {
  const { request, record, authority } = context;
  const digest = request.planDigest.slice("sha256:".length);
  const wrong = wrongContinuation(request, record, digest);
  if (wrong !== undefined) return refuse(wrong);

  const votes = votesOf(record, authority, digest);
  const stops = votes.slots.flatMap(
    (votesOfSlot) =>
      refusalOf(votesOfSlot, (own) => flaw(own, votesOfSlot.slot, context) === undefined) ?? [],
  );
  if (stops.length > 0) return refuse("refused", { who: addresses(stops) });
  const { approvals, notCounted } = count(votes, context);
  // A change that asks for more approvals is judged by its own rule already.
  const required = Math.max(authority.required, request.plannedFacts.required);
  const need = request.safeguards.secondDecisionMakerNeeded ? Math.max(2, required) : required;
  if (approvals.length >= need) return { approved: true, approvals, required: need };
  const earlier = earlierYes(approvals, votes, context);
  if (earlier !== undefined) {
    return { approved: true, approvals: [...approvals, earlier], required: need };
  }

  if (approvals.length >= required) {
    return refuse("second-decision-maker-needed", {}, { approvals });
  }
  if (approvals.length > 0) {
    return refuse("required-not-met", { have: approvals.length, need }, { approvals });
  }
  const [telling] = notCounted;
  if (telling !== undefined) {
    return refuse(telling.reason, { who: addresses([telling.decision]) });
  }
  return refuse(isOtherPlanApproved(context) ? "other-digest" : "no-approval");
}

/**
 * The same person's yes to this plan of at least a day before, with nothing in between: where there is nobody else,
 * it counts as the other one of two. More than two are never needed there, since the file would be refused.
 */
function earlierYes(
  [newest]: readonly Decision[],
  { superseded }: Votes,
  context: Context,
): Decision | undefined {
  if (newest === undefined || context.authority.slots.length > 1) return undefined;
  const { email } = newest.predicate.decisionMaker;
  for (const one of superseded.filter(({ predicate }) => predicate.decisionMaker.email === email)) {
    if (!isApproval(one)) return undefined;
    const slot = slotOf(one, context);
    const counts = typeof slot !== "string" && flaw(one, slot, context) === undefined;
    if (counts && isDayApart(one, newest)) return one;
  }
  return undefined;
}

/** By both times: the signer chooses the first, the one who adds it to the record the second. */
const isDayApart = (earlier: Decision, later: Decision): boolean =>
  [
    Date.parse(later.predicate.decidedAt) - Date.parse(earlier.predicate.decidedAt),
    Date.parse(later.recordedAt) - Date.parse(earlier.recordedAt),
  ].every((between) => between >= SECOND_YES_AFTER_MS);

/** Whether an approval of another plan is still unused; what was applied long ago does not matter today. */
function isOtherPlanApproved(context: Context): boolean {
  const { request, record } = context;
  const used = new Set(
    record.applications
      .filter(({ predicate }) => predicate.result === "succeeded")
      .flatMap(({ predicate }) => predicate.approvals),
  );
  return decisionsOf(record).some(
    (one) =>
      isApproval(one) &&
      one.predicate.validUntil > request.now.toISOString() &&
      typeof slotOf(one, context) !== "string" &&
      !used.has(one.id),
  );
}

/** At most one approval per slot: the decision maker's own, else the newest of a deputy. */
function count(votes: Votes, context: Context) {
  const approvals: Decision[] = [];
  const notCounted = [...votes.notCounted];
  for (const votesOfSlot of votes.slots) {
    for (const decision of approvalsOf(votesOfSlot)) {
      const reason = flaw(decision, votesOfSlot.slot, context);
      if (reason === undefined) {
        approvals.push(decision);
        break;
      }
      notCounted.push({ decision, reason });
    }
  }
  return { approvals, notCounted };
}

const approvalsOf = ({ own, deputies }: SlotVotes): Decision[] =>
  [...(own === undefined ? [] : [own]), ...deputies].filter(isApproval);

/** Why this approval does not count; undefined when it does. */
function flaw(
  decision: Decision,
  slot: ApprovalSlot,
  { request, record }: Context,
): NotCounted["reason"] | undefined {
  const { decisionMaker, decidedAt, validUntil } = decision.predicate;
  const authors = new Set(request.changeAuthors.map(field.normalizeEmail));
  // What an author may not do, their deputy may not do for them.
  if (authors.has(decisionMaker.email) || authors.has(slot.email)) return "own-change";
  if (validUntil <= request.now.toISOString()) return "expired";
  // Whoever signed with a wrong clock signs again: how long that approval holds is wrong as well.
  if (record.wrongTimes.has(decision.sequence)) return "not-yet-valid";
  if (Date.parse(decidedAt) > request.now.getTime() + CLOCK_TOLERANCE_MS) return "not-yet-valid";

  if (record.openStart?.predicate.approvals.includes(decision.id) === true) {
    return "remainder-not-stated";
  }
  const uses = record.applications.filter(({ predicate }) =>
    predicate.approvals.includes(decision.id),
  );
  if (uses.some(({ predicate }) => predicate.result === "succeeded")) return "consumed";
  const lastUse = uses.at(-1);
  if (lastUse === undefined) return undefined;
  if (request.continuation === undefined) return "remainder-not-stated";
  return request.continuation.application === lastUse.id ? undefined : "remainder-differs";
}

/** A continuation must be of the last apply of this plan, and of exactly what that one left over. */
function wrongContinuation(
  { continuation }: ApprovalRequest,
  record: VerifiedRecord,
  digest: string,
): RefusalCode | undefined {
  if (continuation === undefined) return undefined;
  const last: RecordedOf<"application"> | undefined = record.applications.findLast(
    (application) => application.digest === digest,
  );
  const remaining = last?.id === continuation.application ? last.predicate.remaining : undefined;
  return remaining?.digest === continuation.remainingDigest ? undefined : "remainder-differs";
}

function wrongInput(request: ApprovalRequest): string | undefined {
  if (!field.planDigest.safeParse(request.planDigest).success) return "planDigest";
  if (!field.tenantId.safeParse(request.tenantId).success) return "tenantId";
  if (!field.stackName.safeParse(request.stack).success) return "stack";
  if (Number.isNaN(request.now.getTime())) return "now";
  const authors = request.changeAuthors.map(field.normalizeEmail);
  if (!authors.every((author) => field.email.safeParse(author).success)) return "changeAuthors";
  const { continuation } = request;
  if (continuation && !field.planDigest.safeParse(continuation.remainingDigest).success) {
    return "continuation";
  }
  if (!tenantFileFacts.safeParse(request.plannedFacts).success) return "plannedFacts";
  return undefined;
}

function wrongRecord(
  { tenantId, stack, now }: ApprovalRequest,
  { first, newest }: { readonly first: RecordedOf<"registration">; readonly newest: number },
): RefusalCode | undefined {
  if (first.predicate.tenantId !== tenantId) return "foreign-tenant";
  if (first.predicate.stack !== stack) return "other-stack";
  return newest - now.getTime() > CLOCK_TOLERANCE_MS ? "clock-behind-record" : undefined;
}

function addresses(decisions: readonly Decision[]): string {
  return decisions.map(({ predicate }) => predicate.decisionMaker.email).join(", ");
}

function refuse(
  code: RefusalCode,
  detail: RefusalDetail = {},
  { approvals = [] }: { readonly approvals?: readonly Decision[] } = {},
): ApprovalOutcome {
  return { approved: false, refusal: refusal(code, detail), approvals };
}
