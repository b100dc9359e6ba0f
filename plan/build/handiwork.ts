/** What a plan that read the tenant found there to be other than the state holds: changed by hand, put back by the plan. */
import type { Change } from "../model/model.ts";
import type { Grain } from "../model/grain.ts";
import { differences } from "./differences.ts";
import type { EngineLog, EngineStep } from "./engine-events.ts";
import { fromEngine } from "./engine-values.ts";

/** Paths by URN; none for an object that is gone. Empty where the plan did not read the tenant. */
export function handiworkIn(log: EngineLog, grain: Grain): ReadonlyMap<string, readonly string[]> {
  const read = new Set(log.steps.filter(({ op }) => op === "refresh").map(({ urn }) => urn));
  const found = new Map<string, readonly string[]>();
  for (const outcome of log.outcomes) {
    // What came out of the reading comes first; the plan's own steps follow.
    if (!read.delete(outcome.urn)) continue;
    const paths = pathsOf(outcome, grain);
    if (paths !== undefined) found.set(outcome.urn, paths);
  }
  return found;
}

function pathsOf(
  { op, type, old, new: now }: EngineStep,
  grain: Grain,
): readonly string[] | undefined {
  if (op === "delete" || !now) return [];
  const found = differences(fromEngine(old?.inputs ?? {}), fromEngine(now.inputs), { type, grain });
  return found.length === 0 ? undefined : found.map(({ path }) => path);
}

/** The change with what of it undoes handiwork. */
export function undoing(change: Change, paths: readonly string[] | undefined): Change {
  if (paths === undefined) return change;
  const byHand = change.properties.map(({ path }) => path).filter((path) => paths.includes(path));
  const isMadeAnew = paths.length === 0 && change.operation === "create";
  return isMadeAnew || byHand.length > 0 ? { ...change, byHand: isMadeAnew ? [] : byHand } : change;
}
