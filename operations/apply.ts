/** From an approved plan to a changed tenant: plan again, compare, lock, and carry out what was approved. */
import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { DigestedPlan, Drift } from "../plan/index.ts";
import type { Ledger } from "../state/index.ts";
import { appliedRules, authorize, isEmpty, refuseStopped } from "./authorize.ts";
import type { Authorization } from "./authorize.ts";
import { carryOut } from "./carry-out.ts";
import { refuseMovedBase } from "./check-base.ts";
import { refuseWrongClock } from "./check-clock.ts";
import { tellOfCreationsLeft } from "./creations-left.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { Authorship, OperationContext } from "./ports.ts";
import { lastCommit, openLedger } from "./records.ts";
import { authorizeEnds, hasEndedBetween } from "./ends.ts";
import { settleOpenStart } from "./recover-apply.ts";
import { standingDecisions } from "./standing-decisions.ts";
import { refuseHeld, takeLock } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

export interface ApplyRequest {
  readonly stack: string;
  /** Addresses of people who wrote the change, beside those that are known. */
  readonly authors: readonly string[];
  /** Plan from what the tenant holds now; a plan that was approved so is always made so again. */
  readonly refresh: boolean;
}

export interface Applied extends DigestedPlan {
  /** False when there was nothing to apply. */
  readonly changed: boolean;
  /** Whether the tenant itself was looked at. */
  readonly refresh: boolean;
  /** When the tenant file was applied to its end before (UTC). */
  readonly lastApply: string | undefined;
  readonly requests: { readonly reads: number; readonly writes: number };
  /** What others changed in the tenant where the plan wrote nothing: it was left as it is. */
  readonly drift: readonly Drift[];
}

/**
 * Applies what was approved and nothing else.
 * @throws ExpectedError for every reason not to; nothing has been written then.
 */
export async function applyApproved(
  context: OperationContext,
  request: ApplyRequest,
): Promise<Applied> {
  const { stack } = request;
  refuseOfficialPlugin(context);
  await refuseHeld(context, stack);
  const opened = await openLedger(context, stack);
  const waiting = await waitingPlan(context, opened, stack);
  const now = context.now();
  try {
    return await applyAsOf(context, request, { opened, waiting, asOf: now });
  } catch (refusal) {
    if (waiting === undefined || !isNotApproved(refusal)) throw refusal;
    const read = new Date(waiting.at);
    if (!(await hasEndedBetween(context, { stack, from: read, to: now }))) throw refusal;
    // Made again as of the day on which it was read: what has ended since is another apply's.
    return await applyAsOf(context, request, { opened, waiting, asOf: read });
  }
}

/** Another plan was approved, or none: nothing has been written. */
const isNotApproved = (error: unknown): boolean =>
  error instanceof ExpectedError && NOT_APPROVED.has(error.code);

const NOT_APPROVED: ReadonlySet<unknown> = new Set([
  ...["no-approval", "other-digest", "remainder-differs", "remainder-not-stated"],
]);

/**
 * Carries out what has ended, and nothing else: from a file that says the same as the one that was applied last.
 * @throws as `applyApproved`
 */
export async function applyEnds(context: OperationContext, stack: string): Promise<Applied> {
  refuseOfficialPlugin(context);
  await refuseHeld(context, stack);
  const opened = await openLedger(context, stack);
  const request = { stack, authors: [], refresh: false };
  return await applyAsOf(context, request, { opened, waiting: undefined, asOf: context.now() });
}

interface AsOf {
  readonly opened: Ledger;
  readonly waiting: KeptPlan | undefined;
  readonly asOf: Date;
}

async function applyAsOf(
  context: OperationContext,
  request: ApplyRequest,
  { opened, waiting, asOf }: AsOf,
): Promise<Applied> {
  const { stack } = request;
  const refresh = request.refresh || waiting?.refresh === true;
  const ledger = await settleOpenStart(context, opened, { stack, refresh });
  const written = await context.findAuthors({
    stack,
    named: request.authors,
    since: lastCommit(ledger.record),
  });

  // Without the means to write: what is refused here has touched nothing, not even a lock.
  const preview = { stack, access: "preview", refresh, asOf } as const;
  const first = await withSession(context, preview, async (session) => {
    context.report({ kind: "planning", stack, again: true });
    const made = await session.plan({ appliedRules: appliedRules(ledger.record) });
    return { ...made, tenant: session.tenant };
  });
  await tellOfCreationsLeft(context, first.plan);
  const judged = { written, waiting, country: first.tenant.tenant.country };
  try {
    refuseStopped(first.plan);
    if (!isEmpty(first.plan)) await judge(context, { ...judged, made: first, ledger });
  } catch (refusal) {
    // Another apply was at work while this one planned: what it left decides, not what was seen in between.
    await refuseHeld(context, stack);
    const { record } = await openLedger(context, stack);
    const moved = record.statements.length !== ledger.record.statements.length;
    if (moved) return await applyApproved(context, request);
    throw refusal;
  }
  const asked = { refresh, lastApply: lastApplied(ledger.record)?.predicate.finishedAt };
  const requests = { reads: 0, writes: 0 };
  const nothingToDo = { ...asked, changed: false, requests, drift: [] } as const;
  if (isEmpty(first.plan)) return { ...first, ...nothingToDo };

  const { tenantId } = first.plan.tenant;
  const { lock, ledger: locked } = await takeLock(context, {
    ...{ stack, tenantId, purpose: "apply", ledger },
  });
  // Whoever held it until now died in the middle of an apply: how that ended is found out first.
  if (locked.record.openStart !== undefined) {
    await lock.release();
    return await applyApproved(context, request);
  }
  try {
    const options = { stack, access: "apply", refresh, lock, asOf } as const;
    return await withSession(context, options, async (session) => {
      const made = await session.plan({ appliedRules: appliedRules(locked.record) });
      // Somebody applied it between the preview and the lock.
      if (isEmpty(made.plan)) return { ...made, ...nothingToDo };
      const authorization = await judge(context, { ...judged, made, ledger: locked });
      await refuseMovedBase(session);
      await refuseWrongClock(session);
      if (context.signal.aborted) throw interruptedBeforeWriting();
      const done = await carryOut(context, {
        ...{ session, made, authorization, refresh, asOf, lock, ledger: locked },
        authorship: authorization.authorship ?? written,
      });
      return { ...made, ...asked, changed: true, ...done };
    });
  } finally {
    await lock.release();
  }
}

/**
 * The official azuread plugin writes whole objects and decides itself what; only our own providers write the approved
 * difference and nothing else.
 */
function refuseOfficialPlugin({ workspace: { settings } }: OperationContext): void {
  if (settings.azuread !== "official" || settings.service === "emulator") return;
  throw new ExpectedError(
    "official-plugin",
    "The official azuread plugin writes more than what was approved.",
    {
      hint: "It is there to compare with, on the emulator. Take `azuread: official` out of tenantry.yaml to apply to a real tenant.",
    },
  );
}

const lastApplied = ({ applications }: VerifiedRecord): RecordedOf<"application"> | undefined =>
  applications.findLast(({ predicate }) => predicate.result === "succeeded");

/** What the newest approval that still waits to be used is of. */
async function waitingPlan(
  context: OperationContext,
  { record }: Ledger,
  stack: string,
): Promise<KeptPlan | undefined> {
  const used = new Set(
    record.applications.flatMap(({ predicate }) =>
      predicate.result === "succeeded" ? predicate.approvals : [],
    ),
  );
  const waiting = standingDecisions(record).findLast(
    ({ id, predicate }) => predicate.decision === "approved" && !used.has(id),
  );
  return waiting && (await planStore(context, stack).find(`sha256:${waiting.digest}`));
}

interface Judged {
  readonly made: DigestedPlan;
  readonly written: Authorship;
  readonly ledger: Ledger;
  readonly waiting: KeptPlan | undefined;
  readonly country: string;
}

async function judge(
  context: OperationContext,
  { made, written, ledger: { record }, waiting, country }: Judged,
): Promise<Authorization> {
  refuseStopped(made.plan);
  const ends = await authorizeEnds(context, { made, record, country });
  if (ends !== undefined) return ends;
  return authorize({
    ...made,
    registersOnApproval: context.trust.sandbox !== undefined,
    verification: { ok: true, record },
    authors: written.authors,
    now: context.now(),
    waiting: waiting?.plan,
  });
}

const interruptedBeforeWriting = (): ExpectedError =>
  new ExpectedError("interrupted", "Interrupted before anything was written.", {
    hint: "Run the same command again; the approval is still valid.",
  });
