/**
 * What a pull request would do to each tenant that it touches. Program, settings and trust roots are those that are
 * checked out, of the branch that changes are merged into; of the pull request only tenant files are read, as the merge
 * would leave them.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expectedFailure, ExpectedError } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";
import { FILE_NAME, parseTenant, readIdentities } from "../../tenant-file/index.ts";
import type { Problem } from "../../tenant-file/index.ts";
import { planStore } from "../plan-store.ts";
import { planTenant } from "../plan.ts";
import type { Planned } from "../plan.ts";
import type { OperationContext } from "../ports.ts";
import { recordIfWhole } from "../records.ts";
import { missingApproval } from "./approval-of.ts";
import { baseOf } from "./base.ts";
import { asInRepository } from "./in-repository.ts";
import { outcomeOf } from "./outcomes.ts";
import type { Outcome } from "./outcomes.ts";
import { touchedTenants } from "./touched-tenants.ts";
import { withRevision } from "./with-revision.ts";

export interface ChangeRequest {
  /** Of the remote; undefined: its default branch. */
  readonly base: string | undefined;
  /** Newest commit of the pull request. */
  readonly head: string;
}

export interface PlannedChange {
  /** Commits. */
  readonly base: string;
  readonly head: string;
  /** See `Touched`. */
  readonly shared: readonly string[];
  /** Why nothing was planned at all. */
  readonly failure: Failure | undefined;
  readonly tenants: readonly PlannedTenant[];
}

export interface PlannedTenant {
  readonly stack: string;
  readonly outcome: Outcome;
  /** Also of a plan that is refused. */
  readonly planned: Planned | undefined;
  /** Why it is not approved, not valid or not planned. */
  readonly failure: Failure | undefined;
  /** What is wrong or doubtful in the tenant file, with its place. */
  readonly problems: readonly Problem[];
}

/**
 * Keeps each plan as the newest of its tenant, to be approved by its digest.
 * @throws ExpectedError `no-repository`, `revision-unknown`, `not-merged`, `merge-unknown`, `interrupted`
 */
export async function planChange(
  context: OperationContext,
  request: ChangeRequest,
): Promise<PlannedChange> {
  const { revisions } = context;
  const { head: base } = await baseOf(context, request.base);
  const head = await revisions.commit(request.head);
  const merged = await revisions.merge(base, head);
  if ("conflicts" in merged) {
    const failure = expectedFailure(conflict(merged.conflicts));
    return { base, head, shared: [], failure, tenants: [] };
  }
  const touched = await touchedTenants(context, { from: base, to: merged.tree });
  const planned = await withRevision(
    context,
    { tree: merged.tree, tips: [head, base] },
    async (at) => {
      const tenants: PlannedTenant[] = [];
      for (const stack of touched.tenants) {
        const isAdded = touched.added.includes(stack);
        tenants.push(await planOne(at, stack, { isAdded, refresh: false }));
      }
      return tenants;
    },
  );
  const gone = touched.gone.map(({ stack, error }) => refused(stack, expectedFailure(error)));
  const tenants = [...planned, ...gone].toSorted((a, b) => (a.stack < b.stack ? -1 : 1));
  return { base, head, shared: touched.shared, failure: undefined, tenants };
}

const conflict = (files: readonly string[]): ExpectedError =>
  new ExpectedError(
    "merge-conflict",
    "The branch that this is to be merged into changed the same lines.",
    {
      hint: "Merge or rebase, resolve the conflicts, and push: what is planned is the result of the merge.",
      details: files,
    },
  );

const refused = (
  stack: string,
  failure: Failure | undefined,
  problems: readonly Problem[] = [],
): PlannedTenant => ({
  ...{ stack, failure, problems, planned: undefined },
  outcome: failure === undefined ? "refused" : outcomeOf(failure),
});

/** A failure that is expected is part of what is returned: it keeps no other tenant from being planned. */
export async function planOne(
  context: OperationContext,
  stack: string,
  { isAdded, refresh }: { readonly isAdded: boolean; readonly refresh: boolean },
): Promise<PlannedTenant> {
  try {
    const isNew = await isNewTenant(context, stack, isAdded);
    const planned = await planTenant(context, { stack, refresh, isNew });
    const problems = await problemsOf(context, stack);
    if (planned.isEmpty) {
      return { stack, outcome: "unchanged", planned, failure: undefined, problems };
    }
    const failure =
      planned.refusal === undefined
        ? await missingApproval(context, planned)
        : expectedFailure(planned.refusal);
    const outcome = failure === undefined ? "approved" : outcomeOf(failure);
    return { stack, outcome, planned, failure, problems };
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || context.signal.aborted) throw error;
    // Of a file that could be read.
    const problems = failure.code === "tenant-file-invalid" ? await problemsOf(context, stack) : [];
    return refused(stack, asInRepository(context, failure), problems);
  }
}

/** One that the pull request adds, or that another added and nobody applied yet. */
async function isNewTenant(
  context: OperationContext,
  stack: string,
  isAdded: boolean,
): Promise<boolean> {
  const record = await recordIfWhole(context, stack);
  if ((record?.applications.length ?? 0) > 0) return false;
  return isAdded || (await planStore(context, stack).proposals()).length > 0;
}

async function problemsOf(
  { workspace: { stacksDirectory } }: OperationContext,
  stack: string,
): Promise<readonly Problem[]> {
  const text = await readFile(join(stacksDirectory, stack, FILE_NAME), "utf8");
  const identities = await readIdentities(stacksDirectory);
  const others = identities.filter(({ name }) => name !== stack);
  const checked = parseTenant(text, `stacks/${stack}/${FILE_NAME}`, { others });
  return "problems" in checked ? checked.problems : checked.warnings;
}
