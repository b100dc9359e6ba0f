/** Whether the plan that was made just now may be applied: its findings, and its approvals. Pure refusals. */
import { evaluateApproval, refusal } from "../approval/index.ts";
import type {
  Continuation,
  Decision,
  TenantFileFacts,
  Verification,
  VerifiedRecord,
} from "../approval/index.ts";
import { admission, ruleChanges } from "../plan/index.ts";
import type { Finding, Plan } from "../plan/index.ts";
import type { Rules } from "../core/rules.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { documentHash } from "../views/index.ts";

export interface AuthorizationRequest {
  readonly plan: Plan;
  readonly digest: string;
  readonly verification: Verification;
  readonly authors: readonly string[];
  readonly now: Date;
  /** True where approving registers the decision makers too, as in practice: then nothing else is missing. */
  readonly registersOnApproval: boolean;
}

/** Why an apply may go ahead. */
export interface Authorization {
  readonly approvals: readonly Decision[];
  /** The plan that was approved: the one at hand, or the one of which it is what an apply left over. */
  readonly approvedDigest: string;
}

/** A plan in which no object, no rule and nothing of the program's own scaffolding changes. */
export const isEmpty = ({ changes, structure, rules }: Plan): boolean =>
  changes.length === 0 && structure.length === 0 && ruleChanges(rules).length === 0;

/** The rules by which a plan is judged, whatever it proposes: of the newest signed entry that holds any. */
export const appliedRules = ({ applications }: VerifiedRecord): Rules | null =>
  applications.findLast(({ predicate }) => predicate.facts !== null)?.predicate.facts ?? null;

/** The first reason why the plan may be neither approved nor applied, with all others as its details. */
export function refusalOf(plan: Plan): ExpectedError | undefined {
  const { stops } = admission(plan);
  const [first] = stops;
  if (first === undefined) return undefined;
  const { nl, en } = first.message;
  return new ExpectedError(
    first.code,
    { nl: `${nl}.`, en: `${en}.` },
    {
      hint: hintFor(first),
      details: stops.slice(1).map(({ code, message }) => ({
        nl: `${code}: ${message.nl}`,
        en: `${code}: ${message.en}`,
      })),
    },
  );
}

function hintFor({ code, clearedBy }: Finding): string {
  if (clearedBy === "nothing") return "Remove this from the change; no approval can allow it.";
  if (code === "policy-violated")
    return "Correct the tenant file; nothing can be approved or applied until then.";
  if (code === "left-out")
    return "Keep the section, stop managing its objects with `release: [<section>]`, or set it to [] to remove them all.";
  if (code === "renamed-or-replaced")
    return "Renamed: give the new entry `formerly` with the old name. Replaced: add an entry under `remove`, with what happens to the data.";
  if (code === "in-recycle-bin")
    return "Put `recycleBin: restore` beside it in the tenant file to get back what it had, or `recycleBin: leave` for a new one.";
  if (code === "site-address-changed")
    return "Keep the address; the title can change. To start an empty site, add an entry for the old one under `remove`, with what happens to its files.";
  return "Add an entry under `remove`, or `approval.exceptionalChange`, to the tenant file (stacks/README.md).";
}

/** @throws ExpectedError with the code of the first finding that stops the plan. */
export function refuseStopped(plan: Plan): void {
  const refused = refusalOf(plan);
  if (refused !== undefined) throw refused;
}

/** The decisions on which an apply may go ahead. @throws ExpectedError with the reason why it may not. */
export function authorize(request: AuthorizationRequest): Authorization {
  const { plan, digest, verification, authors, now } = request;
  refuseStopped(plan);
  const unfinished = unfinishedApplication(verification, digest);
  const approvedDigest = unfinished?.planDigest ?? digest;
  const outcome = evaluateApproval({
    verification,
    planDigest: approvedDigest,
    ...(unfinished === undefined ? {} : { continuation: unfinished.continuation }),
    tenantId: plan.tenant.tenantId,
    stack: plan.tenant.stack,
    now,
    changeAuthors: authors,
    safeguards: { secondDecisionMakerNeeded: admission(plan).needsSecondApprover },
    plannedFacts: factsOf(plan),
  });
  if (outcome.approved) {
    // What an apply left over of the plan that was read cannot be compared with it.
    if (unfinished === undefined) refuseOtherWords(plan, outcome.approvals);
    return { approvals: outcome.approvals, approvedDigest };
  }
  const { code, sentence, hint } =
    outcome.refusal.code === "no-registration" && request.registersOnApproval
      ? refusal("no-approval")
      : outcome.refusal;
  const about = { tenant: plan.tenant.stack };
  throw new ExpectedError(code, sentence, {
    hint,
    remedy: {
      ...{ plan: about, approve: about, register: about, acknowledge: about },
      apply: { ...about, author: "<email>" },
      log: { ...about, verify: true },
    },
    details: remarksOn(code, { verification, digest: approvedDigest }),
  });
}

/** What each of them read, made again from the plan at hand: words that somebody changed were not agreed to. */
function refuseOtherWords(plan: Plan, approvals: readonly Decision[]): void {
  const other = approvals.find(
    ({ predicate: { shown } }) => documentHash(plan, shown) !== shown.document,
  );
  if (other === undefined) return;
  const { email } = other.predicate.decisionMaker;
  throw new ExpectedError("page-differs", `${email} read something else than this plan says.`, {
    hint: "The words of the plan changed, or the names in it. Make it again with {plan}, read it, and approve that one.",
    remedy: { plan: { tenant: plan.tenant.stack } },
  });
}

/** What those who refused the plan said of it, which is what to read next. */
function remarksOn(
  code: string,
  { verification, digest }: { readonly verification: Verification; readonly digest: string },
): string[] {
  if (code !== "refused" || !verification.ok) return [];
  return verification.record.statements.flatMap((one) =>
    one.kind === "decision" &&
    `sha256:${one.digest}` === digest &&
    one.predicate.decision === "refused" &&
    one.predicate.remark !== ""
      ? [`${one.predicate.decisionMaker.email}: ${one.predicate.remark}`]
      : [],
  );
}

/**
 * An interrupted apply of which exactly this plan remains: its approval then covers the rest.
 */
function unfinishedApplication(
  verification: Verification,
  remainingDigest: string,
): { planDigest: string; continuation: Continuation } | undefined {
  if (!verification.ok) return undefined;
  const last = verification.record.applications.at(-1);
  if (last?.predicate.remaining?.digest !== remainingDigest) return undefined;
  return {
    planDigest: `sha256:${last.digest}`,
    continuation: { application: last.id, remainingDigest },
  };
}

/** The rules that a plan proposes, as records keep them once it is applied. */
export const factsOf = ({ rules }: Plan): TenantFileFacts => rules.proposed;
