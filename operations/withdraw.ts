/** Taking back a decision before it is applied, by who made it or by whom a deputy made it for. */
import {
  challengeOf,
  headOf,
  normalizeEmail,
  signPlanStatement,
  withSignature,
} from "../approval/index.ts";
import type {
  PasskeySignature,
  Predicates,
  RecordedOf,
  RecordPosition,
  VerifiedRecord,
} from "../approval/index.ts";
import { refuseWrongTime } from "./check-clock.ts";
import { decisionDiffers, isAsDrafted, isSignedNow, sentBack } from "./decide-by-passkey.ts";
import type { PasskeyHolder } from "./decide-by-passkey.ts";
import type { OperationContext } from "./ports.ts";
import type { RecordPorts } from "./records.ts";
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
  const decisionMaker = { email, keyId: key.keyId };
  const withdrawnAt = context.now().toISOString();
  const predicate = withdrawalOf(record, { decision, decisionMaker, remark, withdrawnAt });
  await ledger.append(signPlanStatement("withdrawal", { planDigest, predicate }, [key]));
  return { email, digest: planDigest, decision: decision.predicate.decision };
}

/** In the portal: one's own decision, by the entry that holds it. */
interface PasskeyWithdrawal {
  readonly stack: string;
  readonly sequence: number;
  readonly holder: PasskeyHolder;
}

/** Whether a decision can still be withdrawn, and if not, why. */
export function withdrawalState(
  record: VerifiedRecord,
  { id }: Pick<Decision, "id">,
): "standing" | "withdrawn" | "applied" {
  if (!standingDecisions(record).some((one) => one.id === id)) return "withdrawn";
  return useBy(record, { id }) === undefined ? "standing" : "applied";
}

/** What is to be signed, and its hash as the passkey's challenge. @throws ExpectedError as `withdrawDecision` */
export async function draftWithdrawal(
  ports: RecordPorts,
  asked: PasskeyWithdrawal,
): Promise<{ readonly payload: string; readonly challenge: string }> {
  const { record } = await openLedger(ports, asked.stack);
  const predicate = expectedOf(record, { ...asked, withdrawnAt: ports.now().toISOString() });
  const planDigest = `sha256:${ownDecision(record, asked).digest}`;
  const envelope = signPlanStatement("withdrawal", { planDigest, predicate }, []);
  return { payload: envelope.payload, challenge: challengeOf(envelope).toString("base64url") };
}

/** Records it, if it is what this server would have had signed just now. @throws ExpectedError `decision-differs` */
export async function recordWithdrawal(
  ports: RecordPorts,
  asked: PasskeyWithdrawal & { readonly payload: string; readonly signature: PasskeySignature },
): Promise<RecordPosition> {
  const { stack, holder, payload, signature } = asked;
  const { unsigned, statement } = sentBack(payload, "withdrawal");
  const said = statement.predicate;
  const ledger = await openLedger(ports, stack);
  const expected = expectedOf(ledger.record, { ...asked, withdrawnAt: said.withdrawnAt });
  const isSame = isAsDrafted(expected, said);
  const isOfPlan = statement.digest === ownDecision(ledger.record, asked).digest;
  if (!isSame || !isOfPlan || !isSignedNow(said.withdrawnAt, ports.now())) throw decisionDiffers();
  const signed = withSignature(unsigned, { keyid: holder.keyId, ...signature });
  return headOf((await ledger.append(signed)).record);
}

function ownDecision(
  record: VerifiedRecord,
  { sequence, holder }: Pick<PasskeyWithdrawal, "sequence" | "holder">,
): Decision {
  const decision = standingDecisions(record).find((one) => one.sequence === sequence);
  if (decision?.predicate.decisionMaker.email !== holder.email) throw decisionDiffers();
  refuseApplied(record, decision);
  return decision;
}

function expectedOf(
  record: VerifiedRecord,
  asked: PasskeyWithdrawal & { readonly withdrawnAt: string },
): Predicates["withdrawal"] {
  const { email, keyId } = asked.holder;
  const decision = ownDecision(record, asked);
  const { withdrawnAt } = asked;
  const decisionMaker = { email, keyId };
  return withdrawalOf(record, { decision, decisionMaker, remark: "", withdrawnAt });
}

const withdrawalOf = (
  record: VerifiedRecord,
  what: Pick<Predicates["withdrawal"], "decisionMaker" | "remark" | "withdrawnAt"> & {
    readonly decision: Decision;
  },
): Predicates["withdrawal"] => {
  const { decision, ...said } = what;
  const { tenantId, stack } = decision.predicate;
  return { tenantId, stack, seen: headOf(record), withdraws: decision.id, ...said };
};

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

const useBy = (
  { applications }: VerifiedRecord,
  { id }: Pick<Decision, "id">,
): RecordedOf<"application"> | undefined =>
  applications.find(
    ({ predicate }) => predicate.result === "succeeded" && predicate.approvals.includes(id),
  );

function refuseApplied(record: VerifiedRecord, { id, predicate }: Decision): void {
  const use = useBy(record, { id });
  if (use === undefined) return;
  throw new ExpectedError(
    "already-applied",
    `The plan that ${predicate.decisionMaker.email} approved was applied at ${use.predicate.finishedAt} (UTC).`,
    { hint: "Revert the tenant file, then have that approved and applied." },
  );
}
