/** Whether the plan that was made just now may be applied: policies, brakes, approvals. Pure refusals. */
import { evaluateApproval, refusal } from "../approval/index.ts";
import type { Continuation, Decision, TenantFileFacts, Verification } from "../approval/index.ts";
import { needsSecondDecisionMaker } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Language } from "../core/language.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { refuseLeftOut } from "./omitted-sections.ts";
import { brakesOn, refuseStopped } from "./guard-facts.ts";

export interface AuthorizationRequest {
  readonly plan: Plan;
  readonly digest: string;
  readonly tenant: Tenant;
  readonly verification: Verification;
  readonly authors: readonly string[];
  readonly language: Language;
  /** True where approving registers the decision makers too, as in practice: then nothing else is missing. */
  readonly registersOnApproval: boolean;
}

/** Why an apply may go ahead. */
export interface Authorization {
  readonly approvals: readonly Decision[];
  /** The plan that was approved: the one at hand, or the one of which it is what an apply left over. */
  readonly approvedDigest: string;
}

/** A plan in which neither an object nor the program's own scaffolding changes. */
export const isEmpty = (plan: Plan): boolean =>
  plan.changes.length === 0 && plan.structure.length === 0;

/** A plan that breaks a rule can be neither approved nor applied. */
export function refuseViolations(plan: Plan): void {
  const broken = plan.policy.violations.filter(
    ({ enforcementLevel, evaluated }) => enforcementLevel === "mandatory" || !evaluated,
  );
  if (broken.length === 0) return;
  const names = [...new Set(broken.map(({ policy }) => policy))];
  throw new ExpectedError("policy-violated", `The plan breaks ${names.join(", ")}.`, {
    hint: "Correct the tenant file; nothing can be approved or applied until then.",
    details: broken.map(({ policy, message }) => `${policy}: ${message}`),
  });
}

/** The decisions on which an apply may go ahead. @throws ExpectedError with the reason why it may not. */
export function authorize(request: AuthorizationRequest): Authorization {
  const { plan, digest, tenant, verification, authors, language } = request;
  refuseViolations(plan);
  refuseLeftOut(plan, tenant);
  const findings = brakesOn(plan, tenant);
  refuseStopped(findings);
  const unfinished = unfinishedApplication(verification, digest);
  const approvedDigest = unfinished?.planDigest ?? digest;
  const outcome = evaluateApproval({
    verification,
    planDigest: approvedDigest,
    ...(unfinished === undefined ? {} : { continuation: unfinished.continuation }),
    tenantId: plan.tenant.tenantId,
    stack: plan.tenant.stack,
    now: new Date(),
    changeAuthors: authors,
    brakes: { secondDecisionMakerNeeded: needsSecondDecisionMaker(findings) },
    plannedFacts: factsOf(tenant),
  });
  if (outcome.approved) return { approvals: outcome.approvals, approvedDigest };
  const { code, sentence, hint } =
    outcome.refusal.code === "no-registration" && request.registersOnApproval
      ? refusal("no-approval")
      : outcome.refusal;
  throw new ExpectedError(code, sentence[language], {
    hint: hint[language].replaceAll("<tenant>", plan.tenant.stack),
  });
}

/**
 * An apply that broke off and of which exactly this plan is left: then its approval still stands for the rest.
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

/** The approval section of a tenant file, as records keep it. */
export function factsOf(tenant: Tenant): TenantFileFacts {
  const people = (tenant.approval?.decisionMakers ?? []).filter(({ deputyFor }) => !deputyFor);
  return {
    decisionMakers: people.map(({ name, email }) => ({ name, email })),
    required: tenant.approval?.required ?? 1,
  };
}
