/** Reads a stored plan. Inconsistent plans are refused, such as one that was tampered with. */
import { canonicalJson } from "../../core/canonical-json.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { byText, countChanges } from "./counts.ts";
import { PLAN_FORMAT, planSchema } from "./model.ts";
import type { Plan, StructureChange } from "./model.ts";

/**
 * @throws ExpectedError `plan-other-version` for a plan of another format, `not-a-plan` when the shape, the order or
 * the counts are wrong.
 */
export function parsePlan(value: unknown): Plan {
  refuseOtherVersion(value);
  const result = planSchema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw notAPlan([issue?.path.join("."), issue?.message].filter(Boolean).join(": "));
  }
  const plan = result.data;
  if (canonicalJson(countChanges(plan)) !== canonicalJson(plan.counts)) {
    throw notAPlan("counts: they are not those of the lists");
  }
  for (const list of [plan.changes, plan.structure]) {
    if (!isSorted(list)) throw notAPlan("changes: they are not in the order of their URNs");
  }
  return plan;
}

const isSorted = (changes: readonly StructureChange[]): boolean =>
  changes.every((change, index) => {
    const previous = changes[index - 1];
    if (previous === undefined) return true;
    return (byText(previous.urn, change.urn) || byText(previous.operation, change.operation)) < 0;
  });

function refuseOtherVersion(value: unknown): void {
  const { format } = Object(value) as { format?: unknown };
  if (typeof format !== "string" || format === PLAN_FORMAT) return;
  const [theirs = Number.NaN, ours = Number.NaN] = [format, PLAN_FORMAT].map(versionOf);
  if (Number.isNaN(theirs)) return;
  const age = theirs < ours ? "an older" : "a newer";
  throw new ExpectedError(
    "plan-other-version",
    `This plan was made by ${age} version of Tenantry (${format}; this one reads ${PLAN_FORMAT}).`,
    { hint: "Plan again with this version and have that plan approved." },
  );
}

const versionOf = (format: string): number => Number(/^tenantry\.plan\/v(\d+)$/.exec(format)?.[1]);

const notAPlan = (what: string): ExpectedError =>
  new ExpectedError("not-a-plan", `This is not a valid plan (${what}).`, {
    hint: "Plan again with this version.",
  });
