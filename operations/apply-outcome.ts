/** Outcome of an interrupted apply: each planned change, and whether it is still to do. */
import type { Change, Plan } from "../plan/index.ts";
import { isolated } from "../core/visible-text.ts";

/**
 * One line per change of the approved plan. Begun is what the service holds in part, such as a person without the
 * manager; the next apply finishes it.
 */
export function applyOutcome(approved: Plan, rest: Plan): string[] {
  const left = new Map(rest.changes.map((change) => [change.urn, change]));
  return approved.changes.map((change) => {
    const { en } = change.description;
    return `${stateOf(change, left.get(change.urn))}: ${isolated(en)}`;
  });
}

function stateOf(change: Change, left: Change | undefined): "done" | "begun" | "not done" {
  if (left === undefined) return "done";
  const isWhole =
    left.operation === change.operation && left.properties.length === change.properties.length;
  return isWhole ? "not done" : "begun";
}
