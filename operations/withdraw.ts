/** Taking back a decision before it is applied, by who made it or by whom a deputy made it for. */
import { headOf, normalizeEmail, signPlanStatement } from "../approval/index.ts";
import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { refuseWrongTime } from "./check-clock.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";
import { standingDecisions } from "./standing-decisions.ts";
import { ExpectedError } from "../core/expected-error.ts";

export interface WithdrawalRequest {
  readonly stack: string;
  readonly email: string;
  /** Plan; undefined: of the newest decision of this person. */
  readonly digest: string | undefined;
  readonly remark: string;
}

export interface Withdrawn {
  readonly email: string;
  readonly digest: string;
  readonly decision: "approved" | "refused";
}

type Decision = RecordedOf<"decision">;

/** @throws ExpectedError `nothing-to-withdraw`, `already-applied`, and those of key and record. */
export async function withdrawDecision(
  context: OperationContext,
  request: WithdrawalRequest,
): Promise<Withdrawn> {
  const { stack, remark } = request;
  const email = normalizeEmail(request.email);
  const ledger = await openLedger(context, stack);
  const { record } = ledger;
  const decision = decisionOf(record, { email, digest: request.digest });
  if (decision === undefined) {
    throw new ExpectedError(
      "nothing-to-withdraw",
      `There is no decision by ${email} to withdraw.`,
      {
        hint: "{log} shows who decided what.",
        remedy: { log: { tenant: stack } },
      },
    );
  }
  refuseApplied(record, decision);
  await refuseWrongTime(context);
  const key = await context.keys.load(email);
  const planDigest = `sha256:${decision.digest}`;
  const predicate = {
    tenantId: decision.predicate.tenantId,
    stack,
    seen: headOf(record),
    withdraws: decision.id,
    remark,
    decisionMaker: { email, keyId: key.keyId },
    withdrawnAt: context.now().toISOString(),
  };
  await ledger.append(signPlanStatement("withdrawal", { planDigest, predicate }, [key]));
  return { email, digest: planDigest, decision: decision.predicate.decision };
}

/** The newest one that is not withdrawn: one's own, else one that a deputy made in one's place. */
function decisionOf(
  record: VerifiedRecord,
  { email, digest }: { readonly email: string; readonly digest: string | undefined },
): Decision | undefined {
  const decisions = standingDecisions(record).filter(
    (one) => digest === undefined || digest === `sha256:${one.digest}`,
  );
  const deputies = new Set(
    record.registrations
      .flatMap(({ predicate }) => predicate.authority.deputies)
      .filter(({ deputyFor }) => deputyFor === email)
      .map((deputy) => deputy.email),
  );
  const by = (one: Decision): string => one.predicate.decisionMaker.email;
  return (
    decisions.findLast((one) => by(one) === email) ??
    decisions.findLast((one) => deputies.has(by(one)))
  );
}

function refuseApplied({ applications }: VerifiedRecord, { id, predicate }: Decision): void {
  const use = applications.find(
    ({ predicate: applied }) => applied.result === "succeeded" && applied.approvals.includes(id),
  );
  if (use === undefined) return;
  throw new ExpectedError(
    "already-applied",
    `The plan that ${predicate.decisionMaker.email} approved was applied at ${use.predicate.finishedAt} (UTC).`,
    { hint: "Revert the tenant file, then have that approved and applied." },
  );
}
