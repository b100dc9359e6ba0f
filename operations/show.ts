/** A plan that was made before. */
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { OperationContext } from "./ports.ts";

export interface ShowRequest {
  readonly stack: string;
  /** Undefined: the newest. */
  readonly digest: string | undefined;
}

/** @throws ExpectedError `no-plan`, `plan-refused`, `plan-unknown`, `plan-damaged`. */
export async function showPlan(
  context: Pick<OperationContext, "records" | "now">,
  { stack, digest }: ShowRequest,
): Promise<KeptPlan> {
  const plans = planStore(context, stack);
  return digest === undefined ? await plans.newest() : await plans.read(digest);
}
