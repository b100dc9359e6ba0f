/** After an apply: what of the drift that was read back lies where the plan wrote, and what lies elsewhere. */
import type { Drift } from "./build/drift.ts";
import type { Change, Plan, PropertyChange } from "./model/model.ts";

export interface SortedDrift {
  /** The tenant does not hold what was applied. */
  readonly touched: readonly Drift[];
  /** Others changed it beside the plan: it stays as it is, and is reported. */
  readonly elsewhere: readonly Drift[];
}

export function sortDrift({ changes }: Plan, drift: readonly Drift[]): SortedDrift {
  const byUrn = new Map(changes.map((change) => [change.urn, change]));
  const { touched = [], elsewhere = [] } = Object.groupBy(drift, (one) =>
    isTouched(one, byUrn.get(one.urn)) ? "touched" : "elsewhere",
  );
  return { touched, elsewhere };
}

function isTouched({ kind, properties }: Drift, change: Change | undefined): boolean {
  if (change === undefined) return false;
  // All of what was made is the plan's own work.
  if (kind === "gone" || change.operation !== "update") return true;
  return properties.some((found) => change.properties.some((planned) => overlap(planned, found)));
}

/** Whether both speak of the same value, or in a list of the same element. */
function overlap(planned: PropertyChange, found: PropertyChange): boolean {
  if (planned.kind === "released" || planned.path !== found.path) return false;
  if (planned.elements === undefined || found.elements === undefined) return true;
  const keys = new Set(planned.elements.map(({ key }) => key));
  return found.elements.some(({ key }) => keys.has(key));
}
