/** Whether the plan that was made just now may be applied: its findings, and its approvals. Pure refusals. */
import { evaluateApproval, refusal } from "../approval/index.ts";
import type {
  Continuation,
  Decision,
  TenantFileFacts,
  Verification,
  VerifiedRecord,
} from "../approval/index.ts";
import { admission, changesRules, FINDING_REMEDIES } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Rules } from "../core/rules.ts";
import type { Authorship } from "./ports.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { documentHash } from "../views/index.ts";

export interface AuthorizationRequest {
  readonly plan: Plan;
  readonly digest: string;
  readonly verification: Verification;
  readonly authors: readonly string[];
  readonly now: Date;
  /** What the newest approval that waits to be used is of; undefined where there is none, or its plan is not here. */
  readonly waiting: Plan | undefined;
  /** True where approving registers the decision makers too, as in practice: then nothing else is missing. */
  readonly registersOnApproval: boolean;
}

/** Why an apply may go ahead. */
export interface Authorization {
  readonly approvals: readonly Decision[];
  /** The plan that was approved: the one at hand, or the one of which it is what an apply left over. */
  readonly approvedDigest: string;
  /** The approvals are those of the plans that gave what ends now. */
  readonly onEndDay?: true;
  /** Whose change it was, where that is not the one that is checked out. */
  readonly authorship?: Authorship;
}

/** A plan in which no object, no rule and nothing of the program's own scaffolding changes. */
export const isEmpty = ({ changes, structure, rules }: Plan): boolean =>
  changes.length === 0 && structure.length === 0 && !changesRules(rules);

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
    { nl: asSentence(nl), en: asSentence(en) },
    {
      hint: FINDING_REMEDIES[first.code],
      details: stops.slice(1).map(({ code, message }) => ({
        nl: `${code}: ${message.nl}`,
        en: `${code}: ${message.en}`,
      })),
    },
  );
}

const asSentence = (text: string): string => (text.endsWith("?") ? text : `${text}.`);

/** @throws ExpectedError with the code of the first finding that stops the plan. */
export function refuseStopped(plan: Plan): void {
  const refused = refusalOf(plan);
  if (refused !== undefined) throw refused;
}

/** The decisions on which an apply may go ahead. @throws ExpectedError with the reason why it may not. */
export function authorize(request: AuthorizationRequest): Authorization {
  const { plan, digest, verification, authors, now, waiting } = request;
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
    details: [
      ...remarksOn(code, { verification, digest: approvedDigest }),
      ...(code === "other-digest" && waiting !== undefined ? otherTools(waiting, plan) : []),
    ],
  });
}

/** What was read, made again from the plan at hand, is another document. */
export const readOtherWords = (
  plan: Plan,
  { predicate: { shown } }: Pick<Decision, "predicate">,
): boolean => documentHash(plan, shown) !== shown.document;

/** Words that somebody changed were not agreed to. */
function refuseOtherWords(plan: Plan, approvals: readonly Decision[]): void {
  const other = approvals.find((approval) => readOtherWords(plan, approval));
  if (other === undefined) return;
  const { email } = other.predicate.decisionMaker;
  throw new ExpectedError(
    "page-differs",
    `${email} read something other than what this plan says.`,
    {
      hint: "The words of the plan changed, or the names in it. Make it again with {plan}, read it, and approve that one.",
      remedy: { plan: { tenant: plan.tenant.stack } },
    },
  );
}

/** Which tools are others since the approval: what they would do was not agreed to, even where the file is the same. */
function otherTools({ tool: before }: Plan, { tool: now }: Plan): string[] {
  const versions = ({
    tenantry,
    engine,
    policyPack,
    providers,
  }: Plan["tool"]): [string, string][] => [
    ["Tenantry", tenantry],
    ["the engine", engine],
    [`the policy pack ${policyPack.name}`, policyPack.version],
    ...providers.map(({ name, version }): [string, string] => [`the provider ${name}`, version]),
  ];
  const old = new Map(versions(before));
  const upgrades = versions(now).flatMap(([name, version]) =>
    old.get(name) === version
      ? []
      : [`approved with ${name} ${old.get(name) ?? "(none)"}, this is ${version}`],
  );
  const isSamePack = before.policyPack.digest === now.policyPack.digest;
  return [
    ...upgrades,
    ...(isSamePack ? [] : ["the policies are not the same as when it was approved"]),
    ...(before.settings === now.settings
      ? []
      : ["tenantry.yaml is not the same as when it was approved"]),
  ];
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
