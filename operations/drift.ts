/** What a read-back found to differ from the state. */
import { nameOfUrn } from "../core/urn.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { interrupted } from "../core/interruption.ts";
import type { EngineRun } from "../engine/index.ts";

/** One line per object that differs or is gone; a read that was not complete is an error, never "no drift". */
export function driftOf(run: EngineRun): readonly string[] {
  if (run.failure?.isInterrupted === true) throw interrupted(run.failure);
  if (run.failure !== undefined) {
    throw new ExpectedError("read-back-failed", "The tenant could not be read completely.", {
      hint: "Try again; what was not read says nothing about the tenant.",
      details: run.failure.messages,
      cause: run.failure.cause,
    });
  }
  return run.events.flatMap(({ resOutputsEvent: event }) => {
    if (event === undefined) return [];
    const { op, urn, old, new: now } = event.metadata;
    const name = nameOfUrn(urn);
    if (op === "delete" || (op === "refresh" && now === undefined)) return [`${name} is gone`];
    if (op !== "update") return [];
    const keys = changedKeys(old?.outputs ?? {}, now?.outputs ?? {});
    return [`${name} differs: ${keys.join(", ")}`];
  });
}

function changedKeys(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
}
