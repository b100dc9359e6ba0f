/** Whether a plan that was made may be applied by now, without an engine. */
import { expectedFailure } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";
import { authorize } from "../authorize.ts";
import type { KeptPlan } from "../plan-store.ts";
import type { OperationContext } from "../ports.ts";
import { lastCommit, openLedger } from "../records.ts";

/** @returns what is missing; undefined: nothing. @throws ExpectedError `record-broken` */
export async function missingApproval(
  context: OperationContext,
  { plan, digest, facts }: Pick<KeptPlan, "plan" | "digest" | "facts">,
): Promise<Failure | undefined> {
  const { stack } = plan.tenant;
  const { record } = await openLedger(context, stack);
  const written = { stack, named: facts.requestedBy, since: lastCommit(record) };
  try {
    const { authors } = await context.findAuthors(written);
    authorize({
      ...{ plan, digest, authors, now: context.now(), waiting: undefined },
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
