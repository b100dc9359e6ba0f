/** What an apply says in the record: before its first change, and when it has ended. */
import { canonicalJson } from "../core/canonical-json.ts";
import { headOf, sha256, signPlanStatement } from "../approval/index.ts";
import type { Predicates, RecordedOf, TenantFileFacts, VerifiedRecord } from "../approval/index.ts";
import { parsePlan, planDigest } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { describeTool } from "../engine/index.ts";
import { readSetup } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";
import type { Authorization } from "./authorize.ts";
import type { Authorship } from "./change-authors.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { applierKey, recordStore } from "./trust.ts";
import type { OpenRecord } from "./trust.ts";

export type Start = RecordedOf<"application-start">;

export interface ApplicationStart {
  readonly plan: Plan;
  readonly tenant: Tenant;
  readonly authorization: Authorization;
  readonly authorship: Authorship;
}

export interface ApplicationEnd {
  /** What is left to do of the plan; undefined when that cannot be said, null after success. */
  readonly remaining: { readonly changes: number; readonly digest: string } | null | undefined;
  /** Null: not known. */
  readonly requests: { readonly reads: number; readonly writes: number } | null;
  /** The approval section as it stands in the tenant now; null unless the apply succeeded. */
  readonly facts: TenantFileFacts | null;
}

/** Hash of what a tenant file declares: the same file goes on with the same plan. */
export const declarationHash = (tenant: Tenant): string => sha256(canonicalJson(tenant));

/** The verified record. @throws ExpectedError `record-broken`. */
export async function verified(open: OpenRecord): Promise<VerifiedRecord> {
  const verification = await open.verify();
  if (verification.ok) return verification.record;
  const { sequence, message } = verification.break;
  throw new ExpectedError("record-broken", `The record breaks at entry ${sequence}: ${message}`, {
    hint: "Find out with `tenantry log --verify` what was changed before anything else is done.",
  });
}

/** Records that the plan is about to be carried out, and keeps the plan beside the record. */
export async function recordStart(
  workspace: Workspace,
  open: OpenRecord,
  { plan, tenant, authorization, authorship }: ApplicationStart,
): Promise<Start> {
  const digest = planDigest(plan);
  const { stack, tenantId } = plan.tenant;
  await recordStore(workspace).putIfAbsent(keyOfPlan(stack, digest), encodePlan(plan));
  const tool = describeTool(readSetup());
  const { email, key } = await applierKey(workspace);
  const predicate: Predicates["application-start"] = {
    tenantId,
    stack,
    seen: headOf(await verified(open)),
    appliedBy: { email, keyId: key.keyId },
    changeAuthors: [...authorship.authors],
    approvals: authorization.approvals.map(({ id }) => id),
    versions: {
      engine: tool.engine,
      tool: tool.tenantry,
      policyPack: `${tool.policyPack.name} ${tool.policyPack.version}`,
    },
    commit: authorship.commit,
    startedAt: new Date().toISOString(),
    plan: digest,
    declared: declarationHash(tenant),
  };
  const { record } = await open.record.append(
    signPlanStatement(
      "application-start",
      { planDigest: authorization.approvedDigest, predicate },
      [key],
    ),
  );
  if (record.openStart === undefined) throw new Error("The start was added and is not there");
  return record.openStart;
}

/** Records how the apply ended. */
export async function recordEnd(
  workspace: Workspace,
  open: OpenRecord,
  { start, end }: { readonly start: Start; readonly end: ApplicationEnd },
): Promise<void> {
  const { email, key } = await applierKey(workspace);
  const { tenantId, stack, changeAuthors, approvals, versions, commit, startedAt } =
    start.predicate;
  const predicate: Predicates["application"] = {
    ...{ tenantId, stack, changeAuthors, approvals, versions, commit, startedAt },
    seen: headOf(await verified(open)),
    appliedBy: { email, keyId: key.keyId },
    result: resultOf(start, end),
    remaining: end.remaining ?? null,
    requests: end.requests,
    finishedAt: new Date().toISOString(),
    facts: end.facts,
  };
  await open.record.append(
    signPlanStatement("application", { planDigest: `sha256:${start.digest}`, predicate }, [key]),
  );
}

function resultOf(
  start: Start,
  { remaining }: ApplicationEnd,
): Predicates["application"]["result"] {
  if (remaining === null) return "succeeded";
  return remaining?.digest === start.predicate.plan ? "failed" : "partial";
}

/**
 * The plan that was being carried out, as it was kept beside the record; undefined when it is not there, not
 * the one that was started, or of another release.
 */
export async function startedPlan(
  workspace: Workspace,
  { predicate }: Start,
): Promise<Plan | undefined> {
  const bytes = await recordStore(workspace).get(keyOfPlan(predicate.stack, predicate.plan));
  if (bytes === undefined) return undefined;
  try {
    const plan = parsePlan(JSON.parse(Buffer.from(bytes).toString("utf8")));
    return planDigest(plan) === predicate.plan ? plan : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ExpectedError) return undefined;
    throw error;
  }
}

const keyOfPlan = (stack: string, digest: string): string =>
  `${stack}/plans/${digest.replace(":", "-")}.json`;

const encodePlan = (plan: Plan): Uint8Array => Buffer.from(JSON.stringify(plan));
