/** What the state holds of each object, and what comes into it. */
import type { Json } from "../../core/json.ts";
import { NAMES_FROM_THERE } from "../../core/on-premises.ts";
import type { EngineState, EngineStep } from "./engine-events.ts";
import { readEngineLog } from "./engine-events.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";

/** Inputs by URN, with secrets masked. */
export type RecordedInputs = ReadonlyMap<string, Readonly<Record<string, Json>>>;

export interface StateInputs {
  /** What the state holds; what differs from it in the tenant, beside what is planned, is drift. */
  readonly recorded: RecordedInputs;
  /** What is declared of each object that comes into the state. */
  readonly created: RecordedInputs;
}

export function stateInputs(events: readonly unknown[]): StateInputs {
  const { steps } = readEngineLog(events);
  const inputsOf = (pick: (step: EngineStep) => EngineState | null | undefined): RecordedInputs =>
    new Map(
      steps.flatMap((step) => {
        const state = pick(step);
        return state ? [[step.urn, bagToJson(fromEngine(state.inputs))] as const] : [];
      }),
    );
  return {
    recorded: inputsOf(({ old }) => old),
    created: inputsOf(({ op, new: made }) => (op === "create" ? made : undefined)),
  };
}

/** Names of the people and groups that came from a directory on premises when they were applied last. */
export const recordedOnPremises = (steps: readonly EngineStep[]): readonly string[] =>
  steps.flatMap(({ old }) => {
    const names = old?.custom === false ? old.outputs[NAMES_FROM_THERE] : undefined;
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  });
