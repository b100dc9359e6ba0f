/** The writing part of an apply, under the lock: record the start, apply, read back, record the end. */
import { ExpectedError } from "../core/expected-error.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { ApplyFailure } from "../engine/index.ts";
import { isRemainderOf, sortDrift } from "../plan/index.ts";
import type { DigestedPlan, Drift } from "../plan/index.ts";
import type { Ledger, TenantLock } from "../state/index.ts";
import type { Text } from "../core/language.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { recordEnd, recordStart } from "./apply-record.ts";
import type { ApplicationEnd } from "./apply-record.ts";
import { factsOf } from "./authorize.ts";
import type { Authorization } from "./authorize.ts";
import type { Authorship, OperationContext, TenantSession } from "./ports.ts";
import { withSession } from "./with-session.ts";

export interface CarryOut {
  readonly session: TenantSession;
  readonly made: DigestedPlan;
  readonly refresh: boolean;
  /** As of which the plan was made. */
  readonly asOf: Date;
  readonly authorization: Authorization;
  readonly authorship: Authorship;
  /** Renewed under the lock. */
  readonly ledger: Ledger;
  readonly lock: TenantLock;
}

export interface CarriedOut {
  /** To the tenant's services. */
  readonly requests: { readonly reads: number; readonly writes: number };
  /** What others changed where the plan wrote nothing. */
  readonly drift: readonly Drift[];
}

/**
 * @throws ExpectedError `lock-lost` before anything is written; `interrupted`, `apply-failed`,
 * `verification-failed` after what happened was recorded.
 */
export async function carryOut(context: OperationContext, work: CarryOut): Promise<CarriedOut> {
  const { session, lock } = work;
  const ledger = await recordStart(context, work.ledger, { ...work, tenant: session.tenant });
  if (!(await lock.isHeld())) throw lockLost(session.stack);
  const failure = await applyWithProgress(context, work);
  // Whoever has the lock now settles what was begun; nothing of this process is stored any more.
  if (failure !== undefined && !(await lock.isHeld()))
    throw lockLostMeanwhile(failure, session.stack);
  const found = await lookBackInAnyCase(context, { ...work, failure });
  const requests = session.requests();
  await recordEnd(context, ledger, { ...found.end, requests });
  refuseUnfinished(context, { ...found, stack: session.stack, failure });
  return { requests, drift: found.elsewhere };
}

async function applyWithProgress(
  { report }: OperationContext,
  { session, made: { plan } }: CarryOut,
): Promise<ApplyFailure | undefined> {
  const names = new Map(plan.changes.map(({ urn, name }) => [urn, name]));
  const total = plan.changes.length + plan.structure.length;
  let done = 0;
  report({ kind: "applying", done, total, object: undefined });
  try {
    return await session.apply((urn) => {
      done += 1;
      report({ kind: "applying", done, total, object: names.get(urn) ?? nameOfUrn(urn) });
    });
  } finally {
    report({ kind: "applied" });
  }
}

interface Found {
  /** Where the plan wrote. */
  readonly drift: readonly Drift[];
  readonly elsewhere: readonly Drift[];
  /** One line per change: done, begun or not done; empty after success. */
  readonly progress: readonly Text[];
  readonly end: Omit<ApplicationEnd, "requests">;
}

type Looking = Pick<CarryOut, "session" | "made" | "refresh" | "asOf"> & {
  readonly failure: ApplyFailure | undefined;
};

/** Also after a Ctrl-C everything has to be read and recorded, by an engine that was not told to stop. */
async function lookBackInAnyCase(context: OperationContext, work: Looking): Promise<Found> {
  const { signal } = context;
  try {
    if (!signal.aborted) return await lookBack(context, work);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const undisturbed = { ...context, signal: new AbortController().signal };
  const { refresh, asOf, session } = work;
  const options = { stack: session.stack, access: "apply", refresh, asOf } as const;
  return await withSession(undisturbed, options, (other) =>
    lookBack(undisturbed, { ...work, session: other }),
  );
}

/** What became of the tenant: read back, and when it is not as declared, what is left to do. */
async function lookBack(
  { report }: OperationContext,
  { session, made, failure }: Looking,
): Promise<Found> {
  const { stack } = session;
  let drift: readonly Drift[] = [];
  let elsewhere: readonly Drift[] = [];
  if (failure === undefined) {
    report({ kind: "reading-back", stack });
    const read = await session.readBack();
    ({ touched: drift, elsewhere } = sortDrift(made.plan, read.drift));
    if (drift.length === 0) {
      const end = { remaining: null, facts: factsOf(made.plan) };
      return { drift, elsewhere, progress: [], end };
    }
  }
  report({ kind: "planning-remainder", stack });
  const rest = await session.plan({ appliedRules: made.plan.rules.applied });
  // Only what is left of the approved plan may go on without a new approval.
  const remaining = isRemainderOf(made.plan, rest.plan)
    ? { changes: rest.plan.changes.length, digest: rest.digest }
    : undefined;
  return {
    drift,
    elsewhere,
    progress: applyOutcome(made.plan, rest.plan),
    end: { remaining, facts: null },
  };
}

function refuseUnfinished(
  { signal }: OperationContext,
  {
    stack,
    failure,
    drift,
    progress,
  }: Pick<Found, "drift" | "progress"> & Pick<Looking, "failure"> & { stack: string },
): void {
  if (failure !== undefined && signal.aborted) {
    throw new ExpectedError("interrupted", "The apply was interrupted.", {
      hint: "What was applied is recorded. {apply} continues with the same approval.",
      remedy: { apply: { tenant: stack } },
      details: progress,
      cause: failure.cause,
    });
  }
  if (failure?.messages.some((message) => message.includes("[domain-not-verified]")) === true) {
    throw new ExpectedError("domain-not-verified", "A domain waits for its DNS record.", {
      hint: "What was applied is recorded. {dns} shows the record to set; once it is there, {apply} continues with the same approval.",
      remedy: { dns: { tenant: stack }, apply: { tenant: stack } },
      details: [...progress, ...failure.messages],
      cause: failure.cause,
    });
  }
  if (failure !== undefined) {
    throw new ExpectedError("apply-failed", "The apply did not complete.", {
      hint: "What was applied is recorded. Fix the cause; {apply} then continues with the same approval, and {plan} shows what is left.",
      remedy: { apply: { tenant: stack }, plan: { tenant: stack } },
      details: [...progress, ...failure.messages],
      cause: failure.cause,
    });
  }
  if (drift.length > 0) {
    throw new ExpectedError("verification-failed", "The tenant does not match what was applied.", {
      hint: "Check {status}; somebody may be changing the tenant manually.",
      remedy: { status: { tenant: stack } },
      details: drift.map(({ description }) => description),
    });
  }
}

const lockLostMeanwhile = ({ messages, cause }: ApplyFailure, stack: string): ExpectedError =>
  new ExpectedError("lock-lost", `This apply lost its lock on ${stack}.`, {
    hint: "It wrote nothing after that. {status} shows who holds the lock; {apply} continues once it is free.",
    remedy: { status: { tenant: stack }, apply: { tenant: stack } },
    ...{ details: messages, cause },
  });

const lockLost = (stack: string): ExpectedError =>
  new ExpectedError("lock-lost", `Somebody broke this apply's lock on ${stack}.`, {
    hint: "Nothing was written. {log} shows who broke it and why.",
    remedy: { log: { tenant: stack } },
  });
