/** Whether a plan that was made may be applied by now, without an engine. */
import { expectedFailure } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";
import { authorize } from "../authorize.ts";
import type { KeptPlan } from "../plan-store.ts";
import type { OperationContext } from "../ports.ts";
import { openLedger } from "../records.ts";

/** @returns what is missing; undefined: nothing. @throws ExpectedError `record-broken` */
export async function missingApproval(
  context: OperationContext,
  { plan, digest, facts }: Pick<KeptPlan, "plan" | "digest" | "facts">,
): Promise<Failure | undefined> {
  const { stack } = plan.tenant;
  const { record } = await openLedger(context, stack);
  try {
    authorize({
      // As they were known when it was planned: the change need not be in the working copy.
      ...{ plan, digest, authors: facts.requestedBy, now: context.now(), waiting: undefined },
      verification: { ok: true, record },
      registersOnApproval: context.trust.sandbox !== undefined,
    });
    return undefined;
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined) throw error;
    return failure;
  }
}
