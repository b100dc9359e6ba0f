/** What the state holds of each object: what differs from it in the tenant, beside what is planned, is drift. */
import type { Json } from "../../core/json.ts";
import { readEngineLog } from "./engine-events.ts";
import { bagToJson, fromEngine } from "./engine-values.ts";

/** Inputs by URN, with secrets masked. */
export type RecordedInputs = ReadonlyMap<string, Readonly<Record<string, Json>>>;

export function recordedInputs(events: readonly unknown[]): RecordedInputs {
  return new Map(
    readEngineLog(events).steps.flatMap(({ urn, old }) =>
      old ? [[urn, bagToJson(fromEngine(old.inputs))] as const] : [],
    ),
  );
}
