/** Which plan a decision is about. */
import type { VerifiedRecord } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { isEmpty, refusalOf } from "./authorize.ts";
import { decisionsOn, isLate, useOf } from "./decision-refusals.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { OperationContext } from "./ports.ts";
import { recordIfWhole } from "./records.ts";

/**
 * @param asked without a digest it is the newest plan, where no other proposal waits for a decision
 * @throws ExpectedError `several-plans` with each of them, `no-plan`, `plan-refused`, `plan-unknown`, `plan-damaged`
 */
export async function planToDecide(
  context: OperationContext,
  asked: { readonly stack: string; readonly digest: string | undefined },
): Promise<KeptPlan> {
  const { stack, digest } = asked;
  const plans = planStore(context, stack);
  if (digest !== undefined) return await plans.read(digest);
  const newest = await plans.newest();
  const about = { record: await recordIfWhole(context, stack), now: context.now() };
  const others = (await plans.proposals()).filter(
    (one) => one.digest !== newest.digest && isPending(one, about),
  );
  if (others.length === 0) return newest;
  throw new ExpectedError("several-plans", `Several plans of ${stack} wait for a decision.`, {
    hint: "Name the one that you read: {approve}.",
    remedy: { approve: { tenant: stack, digest: "<digest>" } },
    details: [newest, ...others].map(nameOf),
  });
}

const nameOf = ({ digest, at, facts: { requestedBy, reason } }: KeptPlan): string =>
  [`${digest}, made at ${at} (UTC)`, requestedBy.join(", "), reason ?? ""]
    .filter((part) => part !== "")
    .join("; ");

/** Neither applied nor refused, and nothing forbids to agree to it. */
export function isPending(
  kept: KeptPlan,
  { record, now }: { readonly record: VerifiedRecord | undefined; readonly now: Date },
): boolean {
  if (isEmpty(kept.plan) || refusalOf(kept.plan) !== undefined || isLate(kept, now)) return false;
  if (record === undefined) return true;
  const isRefused = decisionsOn(kept, record).some(
    ({ predicate }) => predicate.decision === "refused",
  );
  return !isRefused && useOf(kept, record) === undefined;
}
