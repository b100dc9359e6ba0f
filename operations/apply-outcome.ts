/** Outcome of an interrupted apply: each planned change, and whether it is still to do. */
import type { Change, Plan } from "../plan/index.ts";
import type { Text } from "../core/language.ts";
import { isolated } from "../core/visible-text.ts";

/**
 * One line per change of the approved plan. Begun is what the service holds in part, such as a person without the
 * manager; the next apply finishes it.
 */
export function applyOutcome(approved: Plan, rest: Plan): Text[] {
  const left = new Map(rest.changes.map((change) => [change.urn, change]));
  return approved.changes.map((change) => {
    const state = stateOf(change, left.get(change.urn));
    const { nl, en } = change.description;
    return { nl: `${state.nl}: ${isolated(nl)}`, en: `${state.en}: ${isolated(en)}` };
  });
}

const DONE: Text = { nl: "uitgevoerd", en: "done" };
const BEGUN: Text = { nl: "begonnen", en: "begun" };
const NOT_DONE: Text = { nl: "niet uitgevoerd", en: "not done" };

function stateOf(change: Change, left: Change | undefined): Text {
  if (left === undefined) return DONE;
  const isWhole =
    left.operation === change.operation && left.properties.length === change.properties.length;
  return isWhole ? NOT_DONE : BEGUN;
}
