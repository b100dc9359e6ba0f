/**
 * An apply whose process died after it had started: nobody recorded how it ended. Before anything else is
 * applied, that is found out and recorded, so that its approval goes on exactly as far as it reaches.
 */
import { isRemainderOf } from "../plan/index.ts";
import type { Ledger } from "../state/index.ts";
import { declarationHash, recordEnd, startedPlan } from "./apply-record.ts";
import type { ApplicationEnd, Start } from "./apply-record.ts";
import { factsOf, isEmpty } from "./authorize.ts";
import { hasEndedBetween } from "./ends.ts";
import { planStore } from "./plan-store.ts";
import type { OperationContext, TenantSession } from "./ports.ts";
import { takeLock } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

/** The ledger in which every apply has an end. Writes to the record only. */
export async function settleOpenStart(
  context: OperationContext,
  opened: Ledger,
  { stack, refresh }: { readonly stack: string; readonly refresh: boolean },
): Promise<Ledger> {
  if (opened.record.openStart === undefined) return opened;
  // Renewed under the lock, since the apply that was under way a moment ago may have ended by now.
  const { lock, ledger } = await takeLock(context, {
    ...{ stack, ledger: opened, purpose: "find out how the last apply ended" },
    tenantId: opened.record.openStart.predicate.tenantId,
  });
  try {
    const start = ledger.record.openStart;
    if (start === undefined) return ledger;
    const { startedAt } = start.predicate;
    context.report({ kind: "settling-interrupted-apply", startedAt });
    const endAt = (asOf: Date): Promise<ApplicationEnd> =>
      withSession(context, { stack, access: "apply", refresh, asOf }, (session) =>
        endOf(context, session, start),
      );
    const now = context.now();
    const end = await endAt(now);
    if (end.remaining !== undefined) return await recordEnd(context, ledger, end);
    // What has ended meanwhile is not part of it.
    const read = await planStore(context, stack).find(`sha256:${start.digest}`);
    const from = read && new Date(read.at);
    const hasEnded =
      from !== undefined && (await hasEndedBetween(context, { stack, from, to: now }));
    return await recordEnd(context, ledger, hasEnded ? await endAt(from) : end);
  } finally {
    await lock.release();
  }
}

async function endOf(
  context: OperationContext,
  session: TenantSession,
  start: Start,
): Promise<ApplicationEnd> {
  const requests = null;
  const unknown = { remaining: undefined, requests, facts: null };
  const plan = await startedPlan(context, start);
  if (plan === undefined || declarationHash(session.tenant) !== start.predicate.declared) {
    return unknown;
  }
  const rest = await session.plan({ appliedRules: plan.rules.applied });
  if (!isRemainderOf(plan, rest.plan)) return unknown;
  if (isEmpty(rest.plan) && (await session.readBack()).drift.length === 0) {
    return { remaining: null, requests, facts: factsOf(plan) };
  }
  const remaining = { changes: rest.plan.changes.length, digest: rest.digest };
  return { remaining, requests, facts: null };
}
