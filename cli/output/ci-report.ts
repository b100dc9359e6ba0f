/** What a run of a pipeline found, as one value: text, Markdown, checks and exit code are made of it. */
import type {
  AppliedChanges,
  AwaitedTenant,
  PipelineOutcome,
  PlannedChange,
  PlannedTenant,
} from "../../operations/index.ts";
import type { Problem } from "../../tenant-file/index.ts";
import { renderMarkdown } from "../../views/index.ts";
import { EXIT } from "../exit-codes.ts";
import { wordedFailure } from "./remedy.ts";
import type { WordedFailure } from "./remedy.ts";

export interface CiReport {
  readonly title: string;
  /** Sentences about the whole. */
  readonly notes: readonly string[];
  /** Why there is nothing more to tell. */
  readonly failure: WordedFailure | undefined;
  readonly tenants: readonly TenantReport[];
}

export interface TenantReport {
  readonly stack: string;
  readonly outcome: PipelineOutcome;
  /** How many of what change; empty where nothing was planned. */
  readonly counts: string;
  /** Of the plan that is or is to be approved. */
  readonly digest: string | undefined;
  readonly failure: WordedFailure | undefined;
  readonly problems: readonly Problem[];
  /** What was applied, oldest first. */
  readonly applied: AppliedChanges["tenants"][number]["applied"];
  /** The plan, in so many bytes. */
  readonly plan: ((mostBytes: number) => string) | undefined;
}

export const OUTCOME_WORDS: Readonly<Record<PipelineOutcome, string>> = {
  unchanged: "no changes",
  approved: "approved",
  applied: "applied",
  waiting: "waiting for approval",
  locked: "another run is at work",
  invalid: "not valid",
  refused: "refused",
};

export const isFailed = ({ failure, tenants }: Pick<CiReport, "failure" | "tenants">): boolean =>
  failure !== undefined ||
  tenants.some(({ outcome }) => ["locked", "invalid", "refused"].includes(outcome));

/** The heaviest first: what somebody has to mend, what passes by itself, what a person decides. */
export function exitOf(
  { failure, tenants }: Pick<CiReport, "failure" | "tenants">,
  { whenWaiting }: { readonly whenWaiting: number },
): number {
  const outcomes = new Set(tenants.map(({ outcome }) => outcome));
  if (failure !== undefined || outcomes.has("invalid") || outcomes.has("refused")) {
    return EXIT.refused;
  }
  if (outcomes.has("locked")) return EXIT.locked;
  return outcomes.has("waiting") ? whenWaiting : EXIT.done;
}

export function changeReport(change: PlannedChange): CiReport {
  const { failure, shared, tenants } = change;
  const notes = [
    ...(shared.length === 0
      ? []
      : [
          `${shared.join(", ")} changes, which concerns every tenant. It counts once it is merged: these plans are made with the one that is merged already.`,
        ]),
    ...(failure === undefined && tenants.length === 0 ? ["No tenant is touched."] : []),
  ];
  return {
    title: planTitle(tenants),
    notes,
    failure: failure && wordedFailure(failure),
    tenants: tenants.map(plannedReport),
  };
}

export const allReport = (tenants: readonly PlannedTenant[]): CiReport => ({
  ...{ title: planTitle(tenants), notes: [], failure: undefined },
  tenants: tenants.map(plannedReport),
});

const planTitle = ({ length }: readonly unknown[]): string =>
  `Plan: ${length > 1 ? `${length} tenants` : length === 1 ? "one tenant" : "no tenant"}`;

function plannedReport({
  stack,
  outcome,
  planned,
  failure,
  problems,
}: PlannedTenant): TenantReport {
  const isShown = planned !== undefined && !planned.isEmpty;
  return {
    ...{ stack, outcome, problems, applied: [] },
    counts: isShown ? countsOf(planned.plan.counts) : "",
    digest: isShown ? planned.digest : undefined,
    failure: failure && wordedFailure(failure),
    plan: isShown
      ? (mostBytes) =>
          renderMarkdown(planned.plan, { language: "en", facts: planned.facts, mostBytes })
      : undefined,
  };
}

const countsOf = ({
  create,
  update,
  replace,
  delete: removed,
}: {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
}): string =>
  [
    [create, "created"] as const,
    [update, "changed"] as const,
    [replace, "replaced"] as const,
    [removed, "removed"] as const,
  ]
    .flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
    .join(", ");

const bare = (stack: string): TenantReport => ({
  ...{ stack, outcome: "unchanged", counts: "", problems: [], applied: [] },
  ...{ digest: undefined, failure: undefined, plan: undefined },
});

export const applyReport = ({ tenants }: AppliedChanges): CiReport => ({
  title: "Apply",
  notes: tenants.every(({ outcome }) => outcome === "unchanged")
    ? ["Nothing that is merged was left to apply."]
    : [],
  failure: undefined,
  tenants: tenants.map(({ stack, outcome, applied, failure }) => ({
    ...bare(stack),
    ...{ outcome, applied, failure: failure && wordedFailure(failure) },
  })),
});

export const waitReport = (awaited: readonly AwaitedTenant[]): CiReport => ({
  title: "Approvals",
  notes: awaited.length === 0 ? ["No plan needs an approval."] : [],
  failure: undefined,
  tenants: awaited.map(({ stack, outcome, digest, failure }) => ({
    ...bare(stack),
    ...{ outcome, digest, failure: failure && wordedFailure(failure) },
  })),
});

/** For programs: the same facts. */
export const reportJson = (report: CiReport): object => ({
  ...(report.failure === undefined ? {} : { failure: report.failure }),
  tenants: report.tenants.map(({ stack, outcome, digest, failure, problems, applied }) => ({
    ...{ tenant: stack, outcome, applied, problems },
    ...(digest === undefined ? {} : { digest }),
    ...(failure === undefined ? {} : { failure }),
  })),
});
