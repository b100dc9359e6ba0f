/** What an apply says in the record: before its first change, and when it has ended. */
import { canonicalJson } from "../core/canonical-json.ts";
import { headOf, sha256, signPlanStatement } from "../approval/index.ts";
import type { Predicates, RecordedOf, TenantFileFacts } from "../approval/index.ts";
import type { DigestedPlan, Plan } from "../plan/index.ts";
import type { Ledger } from "../state/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Authorization } from "./authorize.ts";
import { planStore } from "./plan-store.ts";
import type { Authorship, OperationContext } from "./ports.ts";

export type Start = RecordedOf<"application-start">;

export interface ApplicationStart {
  readonly made: DigestedPlan;
  readonly refresh: boolean;
  readonly tenant: Tenant;
  readonly authorization: Authorization;
  readonly authorship: Authorship;
}

export interface ApplicationEnd {
  /** What is left to do of the plan; undefined when that cannot be said, null after success. */
  readonly remaining: { readonly changes: number; readonly digest: string } | null | undefined;
  /** Null: not known. */
  readonly requests: { readonly reads: number; readonly writes: number } | null;
  /** The approval section now in effect in the tenant; null unless the apply succeeded. */
  readonly facts: TenantFileFacts | null;
}

/** Hash of what a tenant file declares: the same file resumes the same plan. */
export const declarationHash = (tenant: Tenant): string => sha256(canonicalJson(tenant));

/** Keeps the plan, and records that it is about to be carried out. */
export async function recordStart(
  context: OperationContext,
  ledger: Ledger,
  { made, refresh, tenant, authorization, authorship }: ApplicationStart,
): Promise<Ledger> {
  const { plan, digest } = made;
  const { stack, tenantId } = plan.tenant;
  const plans = planStore(context, stack);
  // What an apply before left over was never planned for anybody to see.
  if ((await plans.find(digest)) === undefined) {
    const { authors, reason } = authorship;
    await plans.keep(made, { refresh, requestedBy: [...authors], reason });
  }
  const { email, key } = await context.trust.applier();
  const { tool } = plan;
  const predicate: Predicates["application-start"] = {
    tenantId,
    stack,
    seen: headOf(ledger.record),
    appliedBy: { email, keyId: key.keyId },
    changeAuthors: [...authorship.authors],
    approvals: authorization.approvals.map(({ id }) => id),
    ...(authorization.onEndDay === true ? { onEndDay: true as const } : {}),
    versions: {
      engine: tool.engine,
      tool: tool.tenantry,
      policyPack: `${tool.policyPack.name} ${tool.policyPack.version}`,
    },
    commit: authorship.commit,
    startedAt: context.now().toISOString(),
    plan: digest,
    declared: declarationHash(tenant),
  };
  const planDigest = authorization.approvedDigest;
  return await ledger.append(
    signPlanStatement("application-start", { planDigest, predicate }, [key]),
  );
}

/** Records how the apply ended that was started in this ledger. */
export async function recordEnd(
  { trust, now }: OperationContext,
  ledger: Ledger,
  end: ApplicationEnd,
): Promise<Ledger> {
  const start = ledger.record.openStart;
  if (start === undefined) throw new Error("An apply ends that was never started");
  const { email, key } = await trust.applier();
  const { tenantId, stack, changeAuthors, approvals, versions, commit, startedAt, onEndDay } =
    start.predicate;
  const predicate: Predicates["application"] = {
    ...{ tenantId, stack, changeAuthors, approvals, versions, commit, startedAt },
    ...(onEndDay === undefined ? {} : { onEndDay }),
    seen: headOf(ledger.record),
    appliedBy: { email, keyId: key.keyId },
    result: resultOf(start, end),
    remaining: end.remaining ?? null,
    requests: end.requests,
    finishedAt: now().toISOString(),
    facts: end.facts,
  };
  const planDigest = `sha256:${start.digest}`;
  return await ledger.append(signPlanStatement("application", { planDigest, predicate }, [key]));
}

function resultOf(
  start: Start,
  { remaining }: ApplicationEnd,
): Predicates["application"]["result"] {
  if (remaining === null) return "succeeded";
  return remaining?.digest === start.predicate.plan ? "failed" : "partial";
}

/** The plan that was being carried out; undefined when it is not here, damaged, or of another release. */
export async function startedPlan(
  context: OperationContext,
  { predicate }: Start,
): Promise<Plan | undefined> {
  return (await planStore(context, predicate.stack).find(predicate.plan))?.plan;
}
