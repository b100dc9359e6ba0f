/**
 * Applies whatever is merged and approved, of all tenants, and not only what this run's push brought: a platform may
 * drop the run of an earlier push (GitHub keeps one waiting run of a group), and nothing is lost by that.
 * @see https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 * (not read anew: cited from issue 16, 2026-11-27)
 */
import { expectedFailure } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";
import type { VerifiedRecord } from "../../approval/index.ts";
import { dayAt, endDays, loadTenant } from "../../tenant-file/index.ts";
import { applyApproved, applyEnds } from "../apply.ts";
import { planStore } from "../plan-store.ts";
import type { OperationContext } from "../ports.ts";
import { lastCommit, openLedger } from "../records.ts";
import { standingDecisions } from "../standing-decisions.ts";
import { baseOf } from "./base.ts";
import { asInRepository } from "./in-repository.ts";
import { outcomeOf } from "./outcomes.ts";
import type { Outcome } from "./outcomes.ts";
import { withRevision } from "./with-revision.ts";

export interface ApplyMergedRequest {
  /** Branch of the remote that changes are merged into; undefined: its default branch. */
  readonly base: string | undefined;
  /** Empty: all that have a folder. */
  readonly tenants: readonly string[];
}

export interface AppliedChanges {
  /** The commit that is checked out. */
  readonly commit: string;
  readonly tenants: readonly AppliedTenant[];
}

interface AppliedTenant {
  readonly stack: string;
  readonly outcome: Outcome;
  /** In the order in which they were applied; also where a later change waits or is refused. */
  readonly applied: readonly AppliedStep[];
  /** Why the newest state of the file is not applied. */
  readonly failure: Failure | undefined;
  /** The commit that gave the file this state, where it was not applied before this run. */
  readonly newest: string | undefined;
}

interface AppliedStep {
  readonly commit: string;
  readonly digest: string;
  /** Commits before it that were not applied by themselves: this one holds what they changed. Newest first. */
  readonly contains: readonly string[];
}

/** Where these end an attempt, something may have been written: what an older commit says is no way out. */
const TRIES_OLDER: ReadonlySet<Outcome> = new Set(["waiting", "invalid"]);

/**
 * One tenant after the other; what one of them is refused for keeps no other from being applied.
 * @throws ExpectedError `no-repository`, `revision-unknown`, `not-merged`, `interrupted`
 */
export async function applyMerged(
  context: OperationContext,
  { base, tenants }: ApplyMergedRequest,
): Promise<AppliedChanges> {
  const { checkedOut: commit } = await baseOf(context, base);
  const known = await context.revisions.tenants(commit);
  const done: AppliedTenant[] = [];
  for (const stack of tenants.length > 0 ? tenants : known) {
    done.push(await applyTenant(context, stack, commit));
  }
  return { commit, tenants: done };
}

async function applyTenant(
  context: OperationContext,
  stack: string,
  commit: string,
): Promise<AppliedTenant> {
  const applied: AppliedStep[] = [];
  let newest: string | undefined;
  const standing = (failure: Failure | undefined): AppliedTenant => {
    const done = applied.length > 0 ? "applied" : "unchanged";
    const outcome = failure === undefined ? done : outcomeOf(failure);
    return { stack, outcome, applied, failure, newest };
  };
  try {
    const { record } = await openLedger(context, stack);
    const ended = await endWhatIsOver(context, stack, lastCommit(record));
    if (ended !== undefined) applied.push(ended);
    const authors = await authorsOfApproved(context, stack, record);
    const steps = await context.revisions.steps(stack, { since: lastCommit(record), to: commit });
    newest = steps[0];
    if (authors === undefined) {
      // There is nothing to apply; the newest is planned to say what waits.
      return standing(
        await applySteps(context, { stack, steps: steps.slice(0, 1), authors: [], applied }),
      );
    }
    // A file that did not change can still have an approval: to go on, or to undo what others changed.
    const rest = steps.length > 0 ? steps : [commit];
    return standing(await applySteps(context, { stack, steps: rest, authors, applied }));
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || context.signal.aborted) throw error;
    return standing(failure);
  }
}

/** What ends by itself waits for no change: it goes by the file as it was applied last. */
async function endWhatIsOver(
  context: OperationContext,
  stack: string,
  commit: string | null,
): Promise<AppliedStep | undefined> {
  if (commit === null) return undefined;
  return await withRevision(context, { tree: commit, tips: [commit] }, async (at) => {
    const { stacksDirectory } = at.workspace;
    const file = await loadTenant({ stacksDirectory, tenant: stack });
    const today = dayAt(file, context.now());
    if (!endDays(file).some(({ until }) => until < today)) return undefined;
    const { changed, digest } = await applyEnds(at, stack);
    return changed ? { commit, digest, contains: [] } : undefined;
  });
}

/**
 * The newest commit that is approved, which holds all before it; then the newest after that one, and so on.
 * @param steps newest first
 * @returns why the newest was not applied
 */
async function applySteps(
  context: OperationContext,
  {
    stack,
    steps,
    authors,
    applied,
  }: {
    readonly stack: string;
    readonly steps: readonly string[];
    readonly authors: readonly string[];
    readonly applied: AppliedStep[];
  },
): Promise<Failure | undefined> {
  let newest: Failure | undefined;
  for (const [at, commit] of steps.entries()) {
    const outcome = await attempt(context, { stack, commit, authors });
    if (!("failure" in outcome)) {
      const { changed, digest } = outcome;
      if (changed) applied.push({ commit, digest, contains: steps.slice(at + 1) });
      const newer = steps.slice(0, at);
      return newer.length > 0 && changed
        ? await applySteps(context, { stack, steps: newer, authors, applied })
        : newest;
    }
    newest ??= outcome.failure;
    if (!TRIES_OLDER.has(outcomeOf(outcome.failure))) return outcome.failure;
  }
  return newest;
}

async function attempt(
  context: OperationContext,
  about: { readonly stack: string; readonly commit: string; readonly authors: readonly string[] },
): Promise<{ readonly failure: Failure } | { readonly changed: boolean; readonly digest: string }> {
  const { stack, commit, authors } = about;
  return await withRevision(context, { tree: commit, tips: [commit] }, async (at) => {
    try {
      const { changed, digest } = await applyApproved(at, { stack, refresh: false, authors });
      return { changed, digest };
    } catch (error) {
      const failure = expectedFailure(error);
      if (failure === undefined || context.signal.aborted) throw error;
      return { failure: asInRepository(at, failure) };
    }
  });
}

/**
 * Who asked for what is approved and not applied yet, as the platform knew them when it was planned: a merge by
 * somebody else, or a squash, does not make an author a decision maker. Undefined where nothing is approved.
 */
async function authorsOfApproved(
  context: OperationContext,
  stack: string,
  record: VerifiedRecord,
): Promise<readonly string[] | undefined> {
  const used = new Set(
    record.applications.flatMap(({ predicate }) =>
      predicate.result === "succeeded" ? predicate.approvals : [],
    ),
  );
  const approved = standingDecisions(record).filter(
    ({ id, predicate }) => predicate.decision === "approved" && !used.has(id),
  );
  if (approved.length === 0) return undefined;
  const plans = planStore(context, stack);
  const found = await Promise.all(approved.map(({ digest }) => plans.find(`sha256:${digest}`)));
  return [...new Set(found.flatMap((kept) => kept?.facts.requestedBy ?? []))];
}
