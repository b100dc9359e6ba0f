/** From an approved plan to a changed tenant: lock, plan again, compare, apply, read back, record. */
import { userInfo, hostname } from "node:os";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { headOf } from "../plan/approval/ledger.ts";
import type { Decision } from "../plan/approval/standing.ts";
import { signPlanStatement } from "../plan/approval/statement.ts";
import type { Predicates } from "../plan/approval/statements.ts";
import type { Plan } from "../plan/model.ts";
import { authorize, factsOf, refuseViolations } from "./authorization.ts";
import { changeAuthors } from "./change-authors.ts";
import type { CommandContext } from "./command.ts";
import type { EngineRun } from "./engine.ts";
import { UserError } from "./errors.ts";
import { tenantLocks } from "./record/tenant-lock.ts";
import type { TenantLock, TenantLocks } from "./record/tenant-lock.ts";
import { Session } from "./session.ts";
import { describeTool } from "./tool.ts";
import { applierKey, openRecord, recordStore } from "./trust.ts";
import type { OpenRecord } from "./trust.ts";
import { driftOf } from "./drift.ts";
import type { Workspace } from "./workspace.ts";
import { readSetup } from "./workspace.ts";

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
}

export function locksOf(workspace: Workspace, stack: string): TenantLocks {
  return tenantLocks({
    store: recordStore(workspace),
    stack,
    owner: { user: userInfo().username, host: hostname(), pid: process.pid },
    now: () => new Date(),
  });
}

/**
 * Applies what was approved and nothing else.
 * @throws UserError for every reason not to; nothing has been written then.
 */
export async function applyApproved(
  context: CommandContext,
  request: ApplyRequest,
): Promise<Applied> {
  const { workspace, terminal, signal } = context;
  const { stack } = request;
  const authors = await changeAuthors(workspace, stack, request.authors);
  const record = await openRecord(workspace, stack);

  // Without the means to write: what is refused here has touched nothing, not even a lock.
  const first = await inSession(context, { stack, access: "preview" }, async (session) => {
    terminal.note(`Planning ${stack} again …`);
    const made = await session.plan();
    refuseViolations(made.plan);
    if (isEmpty(made.plan)) return { made, approvals: [] };
    return { made, approvals: await judge(session, { made, authors, record }) };
  });
  if (isEmpty(first.made.plan)) {
    return { ...first.made, changed: false, requests: { reads: 0, writes: 0 } };
  }

  const lock = await locksOf(workspace, stack).acquire("apply");
  try {
    return await inSession(context, { stack, access: "apply" }, async (session) => {
      const made = await session.plan();
      const approvals = await judge(session, { made, authors, record });
      if (signal.aborted) throw interruptedBeforeWriting();
      return await carryOut(context, { session, made, approvals, authors, record, lock });
    });
  } finally {
    await lock.release();
  }
}

async function inSession<T>(
  { workspace, signal }: CommandContext,
  options: { readonly stack: string; readonly access: "preview" | "apply" },
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await Session.open({ workspace, signal, ...options });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

interface Made {
  readonly plan: Plan;
  readonly digest: string;
}

async function judge(
  session: Session,
  facts: { made: Made; authors: readonly string[]; record: OpenRecord },
): Promise<readonly Decision[]> {
  return authorize({
    ...facts.made,
    tenant: session.tenant,
    verification: await facts.record.verify(),
    authors: facts.authors,
    language: "en",
  });
}

/** A plan in which neither an object nor the program's own scaffolding changes. */
export const isEmpty = (plan: Plan): boolean =>
  plan.changes.length === 0 && plan.structure.length === 0;

interface CarryOut {
  readonly session: Session;
  readonly made: Made;
  readonly approvals: readonly Decision[];
  readonly authors: readonly string[];
  readonly record: OpenRecord;
  readonly lock: TenantLock;
}

async function carryOut(context: CommandContext, work: CarryOut): Promise<Applied> {
  const { session, made } = work;
  const startedAt = new Date();
  const run = await applyWithProgress(context, work);
  const drift = run.failure === undefined ? await verify(context, session) : [];
  const succeeded = run.failure === undefined && drift.length === 0;
  const remaining = succeeded ? null : await remainingOf(session);
  await recordApplication(context, work, { startedAt, succeeded, remaining });
  if (run.failure !== undefined) {
    throw new UserError("apply-failed", "The apply did not come to its end.", {
      hint: `What was done is recorded. Correct the cause and run \`tenantry plan ${session.stack}\` to see what is left.`,
      details: run.failure.messages,
      cause: run.failure.cause,
    });
  }
  if (drift.length > 0) {
    throw new UserError("verification-failed", "The tenant does not hold what was applied.", {
      hint: `Look at \`tenantry status ${session.stack}\`; somebody may be changing the tenant by hand.`,
      details: drift,
    });
  }
  return { ...made, changed: true, requests: session.requests() };
}

async function applyWithProgress(
  { terminal }: CommandContext,
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

/** Name of the object of which a step that changes something has ended. */
function finishedStep({ resOutputsEvent: event }: EngineEvent): string | undefined {
  if (event === undefined || event.metadata.op === "same") return undefined;
  return event.metadata.urn.split("::").at(-1);
}

async function verify({ terminal }: CommandContext, session: Session): Promise<readonly string[]> {
  terminal.note("Reading back …");
  return driftOf(await session.readBack());
}

async function remainingOf(session: Session): Promise<{ changes: number; digest: string }> {
  const { plan, digest } = await session.plan();
  return { changes: plan.changes.length, digest };
}

async function recordApplication(
  { workspace }: CommandContext,
  { session, made, approvals, authors, record }: CarryOut,
  result: {
    startedAt: Date;
    succeeded: boolean;
    remaining: { changes: number; digest: string } | null;
  },
): Promise<void> {
  const verification = await record.verify();
  if (!verification.ok) throw new Error("The record broke while its tenant was locked");
  const tool = describeTool(readSetup());
  const { email, key } = await applierKey(workspace);
  const predicate: Predicates["application"] = {
    tenantId: made.plan.tenant.tenantId,
    stack: session.stack,
    seen: headOf(verification.record),
    appliedBy: { email, keyId: key.keyId },
    changeAuthors: [...authors],
    approvals: approvals.map(({ id }) => id),
    versions: {
      engine: tool.engine,
      tool: tool.tenantry,
      policyPack: `${tool.policyPack.name} ${tool.policyPack.version}`,
    },
    result: result.succeeded ? "succeeded" : "partial",
    remaining: result.remaining,
    requests: session.requests(),
    startedAt: result.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    facts: result.succeeded ? factsOf(session.tenant) : null,
  };
  await record.record.append(
    signPlanStatement("application", { planDigest: made.digest, predicate }, [key]),
  );
}

const interruptedBeforeWriting = (): UserError =>
  new UserError("interrupted", "Stopped before anything was written.", {
    hint: "Run the same command again; the approval still holds.",
  });
