/** Asking whether the plan of a story may be applied. */
import {
  evaluateApproval,
  type ApprovalOutcome,
  type ApprovalRequest,
} from "../../approval/evaluate.ts";
import { anna, bram, cas, clock, facts, ines, PLAN, STACK, TENANT, type Story } from "./support.ts";

/** Asks at minute 60 whether the plan may be applied; the engineer Ines wrote the change. */
export function ask(story: Story, change: Partial<ApprovalRequest> = {}): ApprovalOutcome {
  return evaluateApproval({
    verification: { ok: true, record: story.record },
    planDigest: PLAN,
    tenantId: TENANT,
    stack: STACK,
    now: clock(60),
    changeAuthors: [ines.email],
    safeguards: { secondDecisionMakerNeeded: false },
    plannedFacts: facts([anna, bram, cas], 1),
    ...change,
  });
}

export function codeFor(story: Story, change: Partial<ApprovalRequest> = {}): string {
  const outcome = ask(story, change);
  return outcome.approved ? "approved" : outcome.refusal.code;
}

export function approvalsIn(outcome: ApprovalOutcome): string[] {
  return outcome.approvals.map(({ id }) => id);
}

/** What is said of a plan that may not be applied. */
export function sentenceFor(story: Story, change: Partial<ApprovalRequest> = {}): string {
  const outcome = ask(story, change);
  return outcome.approved ? "approved" : outcome.refusal.sentence.en;
}
