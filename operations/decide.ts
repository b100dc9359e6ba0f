/** A yes or no of a decision maker, signed and added to the record. */
import {
  evaluateApproval,
  headOf,
  secondYesFrom,
  signPlanStatement,
  whoMayApprove,
} from "../approval/index.ts";
import type { RecordPosition, VerifiedRecord } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Sentence } from "../core/language.ts";
import { admission } from "../plan/index.ts";
import type { Ledger } from "../state/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { factsOf } from "./authorize.ts";
import { refuseWrongTime } from "./check-clock.ts";
import { signablePage, signerOf } from "./decision-refusals.ts";
import { decisionOn, refuseDecided } from "./decision-statement.ts";
import { planToDecide } from "./plan-to-decide.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { Authorship, OperationContext } from "./ports.ts";
import { lastCommit, openLedger } from "./records.ts";
import { isAsRegistered, registerInSandbox } from "./register-approvers.ts";

type Decision = "approved" | "refused";

export interface DecisionRequest {
  readonly stack: string;
  /** Undefined: the one decision maker whose key is within reach; in the sandbox the first one. */
  readonly email: string | undefined;
  /** Undefined: the newest plan, if it is the only one that waits. */
  readonly digest: string | undefined;
  readonly decision: Decision;
  readonly remark: string;
  /** SHA-256 of each page that the decision maker may have read: as HTML, or as Markdown in either language. */
  readonly shown: readonly string[];
}

export interface Decided {
  readonly decision: Decision;
  readonly email: string;
  readonly digest: string;
  readonly validUntil: string;
  /** The entry that holds the decision, for who made it to keep: `log --receipt` looks for it. */
  readonly receipt: RecordPosition;
  /** Whether the plan could be applied now by what was decided. */
  readonly standing: {
    readonly approved: boolean;
    /** Approvals that count. */
    readonly have: number;
    readonly need: number;
    /** Decision makers who have not approved. */
    readonly missing: readonly string[];
    /** When the only decision maker can give the second yes that the plan needs (UTC). */
    readonly againAfter: string | undefined;
    /** Why none of the approvals counts; undefined where one does. */
    readonly nothingCounts: Sentence | undefined;
  };
  /** False when the tenant file names other decision makers than are registered. */
  readonly isAsRegistered: boolean;
}

/** @throws ExpectedError for every reason why there is nothing to sign. */
export async function decide(
  context: OperationContext,
  request: DecisionRequest,
): Promise<Decided> {
  const { stack, decision, remark } = request;
  const kept = await planToDecide(context, request);
  const page = signablePage(kept, request.shown);
  await refuseWrongTime(context);
  const { stacksDirectory } = context.workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  const opened = await registerInSandbox(context, {
    stack,
    tenant,
    ledger: await openLedger(context, stack),
  });
  const email = await signerOf(context, request, tenant);
  const { record } = opened;
  refuseDecided(record, { kept, email, decision, now: context.now() });
  const authors = await authorsKnown(context, { stack, record });
  const key = await context.keys.load(email);
  const decidedAt = context.now();
  const predicate = decisionOn(kept, {
    ...{ decision, remark, decisionMaker: { email, keyId: key.keyId }, record, decidedAt },
    page: await planStore(context, stack).keepPage(page),
  });
  const { validUntil } = predicate;
  const ledger = await opened.append(
    signPlanStatement("decision", { planDigest: kept.digest, predicate }, [key]),
  );
  return {
    ...{ decision, email, digest: kept.digest, validUntil, receipt: headOf(ledger.record) },
    standing: standingOf(ledger, { kept, authors, now: decidedAt }),
    isAsRegistered: await isAsRegistered(ledger.record, tenant),
  };
}

/** Where nobody can be told to have written the change, the decision is signed and apply says so. */
async function authorsKnown(
  { findAuthors }: OperationContext,
  { stack, record }: { readonly stack: string; readonly record: VerifiedRecord },
): Promise<Authorship["authors"]> {
  try {
    return (await findAuthors({ stack, named: [], since: lastCommit(record) })).authors;
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

function standingOf(
  { record }: Ledger,
  about: {
    readonly kept: KeptPlan;
    readonly authors: readonly string[];
    readonly now: Date;
  },
): Decided["standing"] {
  const { kept, authors, now } = about;
  const { needsSecondApprover } = admission(kept.plan);
  const facts = factsOf(kept.plan);
  const outcome = evaluateApproval({
    verification: { ok: true, record },
    planDigest: kept.digest,
    tenantId: kept.plan.tenant.tenantId,
    stack: kept.plan.tenant.stack,
    now,
    changeAuthors: authors,
    safeguards: { secondDecisionMakerNeeded: needsSecondApprover },
    plannedFacts: facts,
  });
  const authority = whoMayApprove(record, now);
  const required = Math.max(authority?.required ?? 1, facts.required);
  const isAlone = needsSecondApprover && authority?.slots.length === 1 && !outcome.approved;
  const [given] = outcome.approvals;
  const approvedBy = new Set(
    outcome.approvals.map(({ predicate }) => predicate.decisionMaker.email),
  );
  return {
    approved: outcome.approved,
    have: outcome.approvals.length,
    need: needsSecondApprover ? Math.max(2, required) : required,
    missing: (authority?.slots ?? [])
      .filter((slot) => ![slot, ...slot.deputies].some(({ email }) => approvedBy.has(email)))
      .map(({ email }) => email),
    againAfter: isAlone && given !== undefined ? secondYesFrom(given) : undefined,
    nothingCounts: outcome.approved || given !== undefined ? undefined : outcome.refusal.sentence,
  };
}
