/** How all tenants of a server stand, for engineers: by what is recorded and kept, without asking any tenant. */
import { ExpectedError } from "../core/expected-error.ts";
import { isOverdue, knownTenants, lastDifferences, lastLook } from "./looks.ts";
import { listProposals } from "./proposals.ts";
import type { WaitingProposal } from "./proposals.ts";
import { planStore } from "./plan-store.ts";
import type { RecordPorts } from "./records.ts";

/** Times are UTC. */
export interface TenantSummary {
  readonly stack: string;
  /** As its newest plan names it; undefined where no plan is kept. */
  readonly company: string | undefined;
  /** Newest first. */
  readonly waiting: readonly WaitingProposal[];
  /** When the oldest of these was proposed. */
  readonly waitingSince: string | undefined;
  /** The newest of those that somebody decided on. */
  readonly applied:
    { readonly at: string; readonly result: "succeeded" | "partial" | "failed" } | undefined;
  readonly looked: string | undefined;
  readonly isLookOverdue: boolean;
  /** What differed from the file at the newest look that says it. */
  readonly differences: number | undefined;
  /** Code of what keeps its record from being read. */
  readonly broken: string | undefined;
}

/** @param tenants whose names are left out otherwise; undefined: all */
export async function overview(
  ports: RecordPorts,
  { tenants }: { readonly tenants: readonly string[] | undefined },
): Promise<readonly TenantSummary[]> {
  const known = await knownTenants(ports);
  const seen = known.filter((stack) => tenants === undefined || tenants.includes(stack));
  return await Promise.all(seen.map((stack) => tenantSummary(ports, stack)));
}

export async function tenantSummary(ports: RecordPorts, stack: string): Promise<TenantSummary> {
  const looked = await lastLook(ports, stack);
  const plans = await planStore(ports, stack).proposals();
  const about = {
    stack,
    company: plans.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.plan.tenant.displayName,
    looked,
    isLookOverdue: isOverdue(looked, ports.now()),
    differences: (await lastDifferences(ports, stack))?.differences.length,
  };
  try {
    const { waiting, settled } = await listProposals(ports, stack);
    const applied = settled.find(({ application }) => application !== undefined)?.application;
    return {
      ...about,
      waiting,
      waitingSince: waiting.map(({ kept }) => kept.facts.asOf).sort()[0],
      applied: applied && { at: applied.predicate.finishedAt, result: applied.predicate.result },
      broken: undefined,
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const unknown = { waiting: [], waitingSince: undefined, applied: undefined };
    return { ...about, ...unknown, broken: error.code };
  }
}
