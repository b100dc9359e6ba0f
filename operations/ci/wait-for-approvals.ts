/** Waits until plans are approved, and no longer than it may. */
import { setTimeout as pause } from "node:timers/promises";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";
import { planStore } from "../plan-store.ts";
import type { OperationContext } from "../ports.ts";
import { missingApproval } from "./approval-of.ts";
import { outcomeOf } from "./outcomes.ts";
import type { Outcome } from "./outcomes.ts";

export interface WaitRequest {
  readonly plans: readonly { readonly stack: string; readonly digest: string }[];
  readonly mostMs: number;
  /** How often the record is looked at. */
  readonly everyMs: number;
}

export interface AwaitedTenant {
  readonly stack: string;
  readonly digest: string;
  readonly outcome: Outcome;
  readonly failure: Failure | undefined;
}

/**
 * Ends as soon as all are approved, or one can no longer be: somebody refused it.
 * @throws ExpectedError `plan-unknown`, `plan-damaged`, `record-broken`
 */
export async function waitForApprovals(
  context: OperationContext,
  request: WaitRequest,
): Promise<readonly AwaitedTenant[]> {
  const until = context.now().getTime() + request.mostMs;
  for (;;) {
    const seen: AwaitedTenant[] = [];
    for (const plan of request.plans) seen.push(await lookAt(context, plan));
    const isOpen = seen.some(({ outcome }) => outcome === "waiting");
    const isOver = seen.some(({ outcome }) => outcome !== "waiting" && outcome !== "approved");
    const left = until - context.now().getTime();
    if (!isOpen || isOver || left <= 0) return seen;
    await pause(Math.min(left, request.everyMs), undefined, { signal: context.signal }).catch(
      refuseInterrupted,
    );
  }
}

function refuseInterrupted(cause: unknown): never {
  throw new ExpectedError("interrupted", "Interrupted while waiting for approvals.", {
    hint: "Run the same command again; approvals that came in between are there.",
    cause,
  });
}

async function lookAt(
  context: OperationContext,
  { stack, digest }: WaitRequest["plans"][number],
): Promise<AwaitedTenant> {
  const failure = await missingApproval(context, await planStore(context, stack).read(digest));
  return {
    ...{ stack, digest, failure },
    outcome: failure === undefined ? "approved" : outcomeOf(failure),
  };
}
