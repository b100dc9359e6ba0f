/**
 * What ends by itself was approved when it was given: an apply that does nothing else goes ahead on those approvals.
 * docs/decisions/0023-end-days.md says why.
 */
import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { dayIn } from "../core/calendar.ts";
import { agreedEnds, droppedEnds, endsOf } from "../plan/index.ts";
import type { AgreedEnd, DigestedPlan } from "../plan/index.ts";
import { dayAt, endDays, loadTenant } from "../tenant-file/index.ts";
import { appliedRules } from "./authorize.ts";
import type { Authorization } from "./authorize.ts";
import { planStore } from "./plan-store.ts";
import type { OperationContext, TenantSession } from "./ports.ts";
import { lastCommit } from "./records.ts";

export interface MaybeEnds {
  readonly made: DigestedPlan;
  readonly record: VerifiedRecord;
  /** The customer's, in which days begin and end. */
  readonly country: string;
}

/** Undefined where the plan does anything else, or nobody approved one of the ends: then it needs its own approval. */
export async function authorizeEnds(
  context: Pick<OperationContext, "records" | "now">,
  { made, record, country }: MaybeEnds,
): Promise<Authorization | undefined> {
  const last = record.applications.at(-1);
  if (last?.predicate.onEndDay === true && last.predicate.remaining?.digest === made.digest) {
    return authorizationOf(record, [last], `sha256:${last.digest}`);
  }
  const ends = endsOf(made.plan, dayIn(country, context.now()));
  if (ends === undefined) return undefined;
  const open = new Map(ends.map(({ ending, until }) => [ending, until]));
  const gave: RecordedOf<"application">[] = [];
  const plans = planStore(context, made.plan.tenant.stack);
  for (const application of record.applications.toReversed()) {
    if (open.size === 0) break;
    const { digest, predicate } = application;
    if (predicate.result !== "succeeded" || predicate.onEndDay === true) continue;
    const kept = await plans.find(`sha256:${digest}`);
    const given = (kept === undefined ? [] : agreedEnds(kept.plan)).filter(
      ({ ending, until }) => open.get(ending) === until,
    );
    for (const { ending } of given) open.delete(ending);
    if (given.length > 0) gave.push(application);
  }
  return open.size === 0 ? authorizationOf(record, gave, made.digest) : undefined;
}

/** Who wrote it then, and up to where the file was applied: what was committed since is not part of it. */
function authorizationOf(
  record: VerifiedRecord,
  applications: readonly RecordedOf<"application">[],
  approvedDigest: string,
): Authorization {
  const all = applications.map(({ predicate }) => predicate);
  const approvals = new Set(all.flatMap((one) => one.approvals));
  const authors = new Set(all.flatMap(({ changeAuthors }) => changeAuthors));
  return {
    approvals: [...approvals].flatMap((id) => {
      const found = record.byId.get(id);
      return found?.kind === "decision" ? [found] : [];
    }),
    approvedDigest,
    onEndDay: true,
    authorship: { authors: [...authors].sort(), commit: lastCommit(record), reason: null },
  };
}

/** Whether the tenant file reads otherwise at the later moment, because something has ended. */
export async function hasEndedBetween(
  { workspace: { stacksDirectory } }: Pick<OperationContext, "workspace">,
  { stack, from, to }: { readonly stack: string; readonly from: Date; readonly to: Date },
): Promise<boolean> {
  const file = await loadTenant({ stacksDirectory, tenant: stack });
  const [first, last] = [dayAt(file, from), dayAt(file, to)];
  return endDays(file).some(({ until }) => until >= first && until < last);
}

/** What is over by the tenant file and still there by the state; nothing is planned where nothing is over. */
export async function overdueEnds(
  { workspace: { stacksDirectory }, now }: Pick<OperationContext, "workspace" | "now">,
  session: Pick<TenantSession, "stack" | "plan">,
  record: VerifiedRecord,
): Promise<readonly AgreedEnd[]> {
  const file = await loadTenant({ stacksDirectory, tenant: session.stack });
  const today = dayAt(file, now());
  if (!endDays(file).some(({ until }) => until < today)) return [];
  const { plan } = await session.plan({ appliedRules: appliedRules(record) });
  return droppedEnds(plan)
    .filter(({ until }) => until < today)
    .toSorted((one, other) => one.until.localeCompare(other.until));
}
