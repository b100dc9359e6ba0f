/** What the state holds of each object, and what comes into it. */
import type { Json } from "../../core/json.ts";
import { NAMES_FROM_THERE } from "../../core/on-premises.ts";
import type { EngineStep } from "./engine-events.ts";
import { readEngineLog } from "./engine-events.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";

/** Inputs by URN, with secrets masked. */
export type RecordedInputs = ReadonlyMap<string, Readonly<Record<string, Json>>>;

/** What is declared of each object that comes into the state. */
export function createdInputs(events: readonly unknown[]): RecordedInputs {
  return new Map(
    readEngineLog(events).steps.flatMap(({ op, urn, new: made }) =>
      op === "create" && made ? [[urn, bagToJson(fromEngine(made.inputs))] as const] : [],
    ),
  );
}

/** What differs from it in the tenant, beside what is planned, is drift. */
export function recordedInputs(events: readonly unknown[]): RecordedInputs {
  return new Map(
    readEngineLog(events).steps.flatMap(({ urn, old }) =>
      old ? [[urn, bagToJson(fromEngine(old.inputs))] as const] : [],
    ),
  );
}

/** Names of the people and groups that came from a directory on premises when they were applied last. */
export const recordedOnPremises = (steps: readonly EngineStep[]): readonly string[] =>
  steps.flatMap(({ old }) => {
    const names = old?.custom === false ? old.outputs[NAMES_FROM_THERE] : undefined;
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  });
