/**
 * An apply whose process died after it had started: nobody recorded how it ended. Before anything else is
 * applied, that is found out and recorded, so that its approval goes on exactly as far as it reaches.
 */
import { isRemainderOf } from "../plan/index.ts";
import { inSession } from "../engine/index.ts";
import type { Session } from "../engine/index.ts";
import { declarationHash, recordEnd, startedPlan, verified } from "./apply-record.ts";
import type { ApplicationEnd, Start } from "./apply-record.ts";
import { factsOf, isEmpty } from "./authorize.ts";
import type { OperationContext } from "./context.ts";
import { driftOf } from "./drift.ts";
import { locksOf } from "./tenant-locks.ts";
import type { OpenRecord } from "./trust.ts";

/** Writes to the record only. */
export async function settleOpenStart(
  context: OperationContext,
  {
    stack,
    open,
    refresh,
  }: { readonly stack: string; readonly open: OpenRecord; readonly refresh: boolean },
): Promise<void> {
  if ((await verified(open)).openStart === undefined) return;
  const { workspace, terminal } = context;
  const lock = await locksOf(workspace, stack).acquire("find out how the last apply ended");
  try {
    // Under the lock, since the apply that was under way a moment ago may have ended by now.
    const start = (await verified(open)).openStart;
    if (start === undefined) return;
    terminal.warn(
      `The apply of ${start.predicate.startedAt} (UTC) broke off; looking how far it came …`,
    );
    const end = await inSession(context, { stack, access: "apply", refresh }, (session) =>
      endOf(context, session, start),
    );
    await recordEnd(workspace, open, { start, end });
  } finally {
    await lock.release();
  }
}

async function endOf(
  { workspace }: OperationContext,
  session: Session,
  start: Start,
): Promise<ApplicationEnd> {
  const requests = null;
  const unknown = { remaining: undefined, requests, facts: null };
  const plan = await startedPlan(workspace, start);
  if (plan === undefined || declarationHash(session.tenant) !== start.predicate.declared) {
    return unknown;
  }
  const rest = await session.plan({ appliedRules: plan.rules.applied });
  if (!isRemainderOf(plan, rest.plan)) return unknown;
  if (isEmpty(rest.plan) && driftOf(await session.readBack()).length === 0) {
    return { remaining: null, requests, facts: factsOf(plan) };
  }
  const remaining = { changes: rest.plan.changes.length, digest: rest.digest };
  return { remaining, requests, facts: null };
}
