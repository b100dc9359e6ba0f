/** What an apply would do now: planned by the engine, judged by its guards, and kept. */
import { ExpectedError } from "../core/expected-error.ts";
import { admission } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { VerifiedRecord } from "../approval/index.ts";
import { appliedRules, isEmpty, refusalOf } from "./authorize.ts";
import { tellOfCreationsLeft } from "./creations-left.ts";
import { interruptedApply } from "./interrupted-apply.ts";
import type { InterruptedApply } from "./interrupted-apply.ts";
import { keepLook } from "./looks.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan, Planning } from "./plan-store.ts";
import type { OperationContext, TenantSession } from "./ports.ts";
import { lastCommit, recordIfWhole } from "./records.ts";
import { lockStatus } from "./tenant-locks.ts";
import { withSession } from "./with-session.ts";

export interface PlanRequest {
  readonly stack: string;
  /** Start from what the tenant holds now, rather than from what was applied last. */
  readonly refresh: boolean;
  /** The tenant has never been applied, so a missing state is not a mistake. */
  readonly isNew: boolean;
}

export interface Planned extends KeptPlan {
  readonly isEmpty: boolean;
  readonly needsSecondApprover: boolean;
  /** Why the plan can be neither approved nor applied; it is kept and shown all the same. */
  readonly refusal: ExpectedError | undefined;
  /** When the tenant file was last applied to its end (UTC). */
  readonly lastApply: string | undefined;
  readonly interruptedApply: InterruptedApply | undefined;
}

/**
 * Writes nothing to the tenant, and reads it only with `refresh`, which is a complete look.
 * @throws ExpectedError `foreign-tenant`, `state-missing`, and those of the tenant file, the engine and the plan.
 */
export async function planTenant(
  context: OperationContext,
  request: PlanRequest,
): Promise<Planned> {
  const { stack, refresh } = request;
  const plans = planStore(context, stack);
  try {
    return await makePlan(context, request);
  } catch (error) {
    if (error instanceof ExpectedError && error.code !== "interrupted") {
      await plans.noteRefusal(error.code, { refresh });
    }
    throw error;
  }
}

async function makePlan(context: OperationContext, request: PlanRequest): Promise<Planned> {
  const { stack, refresh } = request;
  const record = await recordIfWhole(context, stack);
  const made = await withSession(
    context,
    { stack, access: "preview", refresh },
    async (session) => {
      if (record !== undefined) refuseOtherTenant(session, record);
      context.report({ kind: "planning", stack, again: false });
      return await session.plan({
        appliedRules: record === undefined ? null : appliedRules(record),
      });
    },
  );
  if (refresh) await keepLook(context, stack);
  refuseLostState(context, { request, plan: made.plan, record });
  await tellOfCreationsLeft(context, made.plan);
  const requested = await requestedAs(context, { stack, record });
  const kept = await planStore(context, stack).keep(made, { refresh, ...requested });
  return {
    ...kept,
    isEmpty: isEmpty(made.plan),
    needsSecondApprover: admission(made.plan).needsSecondApprover,
    refusal: refusalOf(made.plan),
    lastApply: record && lastApplyOf(record),
    interruptedApply: record && interruptedApply(record, await lockStatus(context, stack)),
  };
}

/** For the page; whether the author is known well enough is asked again when it counts. */
async function requestedAs(
  { findAuthors }: OperationContext,
  { stack, record }: { readonly stack: string; readonly record: VerifiedRecord | undefined },
): Promise<Pick<Planning, "requestedBy" | "reason">> {
  try {
    const since = record === undefined ? null : lastCommit(record);
    const { authors, reason } = await findAuthors({ stack, named: [], since });
    return { requestedBy: [...authors], reason };
  } catch (error) {
    if (error instanceof ExpectedError) return { requestedBy: [], reason: null };
    throw error;
  }
}

const lastApplyOf = ({ applications }: VerifiedRecord): string | undefined =>
  applications.findLast(({ predicate }) => predicate.result === "succeeded")?.predicate.finishedAt;

/** To the engine a tenant under another id looks like everything gone and everything new. */
function refuseOtherTenant(
  { stack, tenant }: Pick<TenantSession, "stack" | "tenant">,
  { applications }: VerifiedRecord,
): void {
  const applied = applications.at(-1)?.predicate.tenantId;
  if (applied === undefined || applied === tenant.tenant.id) return;
  throw new ExpectedError(
    "foreign-tenant",
    `The file names tenant ${tenant.tenant.id}, but ${applied} was applied.`,
    { hint: `Restore tenant.id of ${stack}; another tenant needs its own folder in stacks/.` },
  );
}

/**
 * A plan that creates everything, of a tenant that cannot be new: its state is somewhere else. A real tenant is
 * taken for one that exists until somebody says otherwise, since a fresh clone has no record either.
 */
function refuseLostState(
  { trust }: OperationContext,
  about: {
    readonly request: PlanRequest;
    readonly plan: Plan;
    readonly record: VerifiedRecord | undefined;
  },
): void {
  const { request, plan, record } = about;
  // An interrupted one may have left nothing in the state.
  const wasApplied = record !== undefined && lastApplyOf(record) !== undefined;
  const mayExist = wasApplied || trust.sandbox === undefined;
  if (request.isNew || !mayExist || !startsFromNothing(plan)) return;
  const { stack } = request;
  const why = wasApplied
    ? "although it was applied before"
    : "and it was not planned as a new tenant";
  throw new ExpectedError("state-missing", `No state of ${stack} here, ${why}.`, {
    hint: "Check `state` in tenantry.yaml (docs/settings.md). If the tenant is new: {plan}.",
    remedy: { plan: { tenant: stack, refresh: request.refresh, new: true } },
  });
}

const startsFromNothing = ({ changes, structure, unchanged }: Plan): boolean =>
  changes.length > 0 &&
  unchanged.length === 0 &&
  [...changes, ...structure].every(({ operation }) => operation === "create");
