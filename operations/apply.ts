/** From an approved plan to a changed tenant: lock, plan again, compare, apply, read back, record. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { VerifiedRecord } from "../approval/index.ts";
import { isRemainderOf } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import { inSession } from "../engine/index.ts";
import type { EngineRun, Session } from "../engine/index.ts";
import type { TenantLock } from "../state/index.ts";
import { recordEnd, recordStart, verified } from "./apply-record.ts";
import type { ApplicationEnd } from "./apply-record.ts";
import { appliedRules, authorize, factsOf, isEmpty, refuseStopped } from "./authorize.ts";
import type { Authorization } from "./authorize.ts";
import { authorship } from "./change-authors.ts";
import type { Authorship } from "./change-authors.ts";
import type { OperationContext } from "./context.ts";
import { driftOf } from "./drift.ts";
import { nameOfUrn } from "../core/urn.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { howFar } from "./apply-outcome.ts";
import { locksOf, refuseHeld } from "./tenant-locks.ts";
import { settleOpenStart } from "./recover-apply.ts";
import { isPractice, openRecord } from "./trust.ts";
import type { OpenRecord } from "./trust.ts";

export interface Applied {
  readonly plan: Plan;
  readonly digest: string;
  /** False when the tenant was as declared already. */
  readonly changed: boolean;
  readonly requests: { readonly reads: number; readonly writes: number };
}

export interface ApplyRequest {
  readonly stack: string;
  /** Addresses of people who wrote the change, beside those that git knows. */
  readonly authors: readonly string[];
  /** Plan from what the tenant holds now, as the approved plan did. */
  readonly refresh: boolean;
}

/**
 * Applies what was approved and nothing else.
 * @throws ExpectedError for every reason not to; nothing has been written then.
 */
export async function applyApproved(
  context: OperationContext,
  request: ApplyRequest,
): Promise<Applied> {
  const { workspace, terminal, signal } = context;
  const { stack, refresh } = request;
  const open = await openRecord(workspace, stack);
  await refuseHeld(workspace, stack);
  await settleOpenStart(context, { stack, open, refresh });
  const written = await authorship(workspace, {
    stack,
    named: request.authors,
    since: lastCommit(await verified(open)),
  });

  const rules = async () => ({ appliedRules: appliedRules(await verified(open)) });

  // Without the means to write: what is refused here has touched nothing, not even a lock.
  const first = await inSession(context, { stack, access: "preview", refresh }, async (session) => {
    terminal.note(`Planning ${stack} again …`);
    const made = await session.plan(await rules());
    refuseStopped(made.plan);
    if (!isEmpty(made.plan)) await judge(context, { session, made, written, open });
    return made;
  });
  if (isEmpty(first.plan)) return { ...first, changed: false, requests: { reads: 0, writes: 0 } };

  const lock = await locksOf(workspace, stack).acquire("apply");
  try {
    return await inSession(context, { stack, access: "apply", refresh }, async (session) => {
      const made = await session.plan(await rules());
      const authorization = await judge(context, { session, made, written, open });
      if (signal.aborted) throw interruptedBeforeWriting();
      return await carryOut(context, { session, made, authorization, written, open, lock });
    });
  } finally {
    await lock.release();
  }
}

/** Where the tenant file stood when it was last applied. */
const lastCommit = ({ applications }: VerifiedRecord): string | null =>
  applications.findLast(({ predicate }) => predicate.result === "succeeded")?.predicate.commit ??
  null;

interface Made {
  readonly plan: Plan;
  readonly digest: string;
}

async function judge(
  { workspace }: OperationContext,
  facts: Pick<CarryOut, "session" | "made" | "written" | "open">,
): Promise<Authorization> {
  return authorize({
    ...facts.made,
    registersOnApproval: isPractice(workspace),
    verification: await facts.open.verify(),
    authors: facts.written.authors,
    language: "en",
  });
}

interface CarryOut {
  readonly session: Session;
  readonly made: Made;
  readonly authorization: Authorization;
  readonly written: Authorship;
  readonly open: OpenRecord;
  readonly lock: TenantLock;
}

async function carryOut(context: OperationContext, work: CarryOut): Promise<Applied> {
  const { session, made, open, lock, authorization, written: authorship } = work;
  const { workspace } = context;
  const { tenant } = session;
  const start = await recordStart(workspace, open, {
    plan: made.plan,
    ...{ tenant, authorization, authorship },
  });
  if (!(await lock.isHeld())) throw lockLost(session.stack);
  const run = await applyWithProgress(context, work);
  const found = await lookBackInAnyCase(context, { session, made, run });
  await recordEnd(workspace, open, {
    start,
    end: { ...found.end, requests: session.requests() },
  });
  refuseUnfinished(context, { stack: session.stack, run, ...found });
  return { ...made, changed: true, requests: session.requests() };
}

async function applyWithProgress(
  { terminal }: OperationContext,
  { session, made }: CarryOut,
): Promise<EngineRun> {
  const steps = made.plan.changes.length + made.plan.structure.length;
  const progress = terminal.progress("Applying", steps);
  try {
    return await session.apply({
      onEvent: (event) => {
        const done = finishedStep(event);
        if (done !== undefined) progress.advance(done);
      },
    });
  } finally {
    progress.end();
  }
}

/** Steps that no plan counts: nothing to do, and the reading before an apply with `--refresh`. */
const IDLE: ReadonlySet<string> = new Set(["same", "refresh"]);

/** Name of the object of which a step that changes something has ended. */
function finishedStep({ resOutputsEvent: event }: EngineEvent): string | undefined {
  if (event === undefined || IDLE.has(event.metadata.op)) return undefined;
  return nameOfUrn(event.metadata.urn);
}

interface Found {
  readonly drift: readonly string[];
  /** One line per change: done, begun or not done; empty after success. */
  readonly progress: readonly string[];
  readonly end: Omit<ApplicationEnd, "requests">;
}

interface Looking {
  readonly session: Session;
  readonly made: Made;
  readonly run: EngineRun;
}

/** Also after a Ctrl-C everything has to be read and recorded, by an engine that was not told to stop. */
async function lookBackInAnyCase(context: OperationContext, work: Looking): Promise<Found> {
  const { signal } = context;
  try {
    if (!signal.aborted) return await lookBack(context, work);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const undisturbed = { ...context, signal: new AbortController().signal };
  const { stack, refresh } = work.session;
  return await inSession(undisturbed, { stack, access: "apply", refresh }, (session) =>
    lookBack(undisturbed, { ...work, session }),
  );
}

/** What became of the tenant: read back, and when it is not as declared, what is left to do. */
async function lookBack(
  { terminal }: OperationContext,
  { session, made, run }: Looking,
): Promise<Found> {
  terminal.note(run.failure === undefined ? "Reading back …" : "Looking what is left …");
  const drift = run.failure === undefined ? driftOf(await session.readBack()) : [];
  if (run.failure === undefined && drift.length === 0) {
    return { drift, progress: [], end: { remaining: null, facts: factsOf(made.plan) } };
  }
  const rest = await session.plan({ appliedRules: made.plan.rules.applied });
  // Only what is left of the approved plan may go on without a new approval.
  const remaining = isRemainderOf(made.plan, rest.plan)
    ? { changes: rest.plan.changes.length, digest: rest.digest }
    : undefined;
  return { drift, progress: howFar(made.plan, rest.plan), end: { remaining, facts: null } };
}

function refuseUnfinished(
  { signal }: OperationContext,
  how: Omit<Found, "end"> & { readonly stack: string; readonly run: EngineRun },
): void {
  const { stack, run, drift, progress } = how;
  if (run.failure !== undefined && signal.aborted) {
    throw new ExpectedError("interrupted", "The apply was stopped before its end.", {
      hint: `What was done is recorded. \`tenantry apply ${stack}\` goes on with the same approval.`,
      details: progress,
      cause: run.failure.cause,
    });
  }
  if (run.failure !== undefined) {
    throw new ExpectedError("apply-failed", "The apply did not come to its end.", {
      hint: `What was done is recorded. Remove the cause; \`tenantry apply ${stack}\` then goes on with the same approval, \`tenantry plan ${stack}\` shows what is left.`,
      details: [...progress, ...run.failure.messages],
      cause: run.failure.cause,
    });
  }
  if (drift.length > 0) {
    throw new ExpectedError("verification-failed", "The tenant does not hold what was applied.", {
      hint: `Look at \`tenantry status ${stack}\`; somebody may be changing the tenant by hand.`,
      details: drift,
    });
  }
}

const interruptedBeforeWriting = (): ExpectedError =>
  new ExpectedError("interrupted", "Stopped before anything was written.", {
    hint: "Run the same command again; the approval still holds.",
  });

const lockLost = (stack: string): ExpectedError =>
  new ExpectedError("lock-lost", `Somebody broke this apply's lock on ${stack}.`, {
    hint: `Nothing was written. \`tenantry log ${stack}\` shows who broke it and why.`,
  });
