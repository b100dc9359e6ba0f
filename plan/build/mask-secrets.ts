/**
 * A policy that remediates gets secrets in clear and hands them back in clear, and the engine's events then show
 * them so (seen with engine 3.250.0, 2026-11). What was a secret before stays one here.
 */
import { isSecret, SECRET_OF_ENGINE, valueFromEngine } from "./engine-values.ts";

type Properties = Record<string, unknown>;

interface State {
  readonly inputs: Properties;
  readonly outputs: Properties;
}

interface Step {
  readonly urn: string;
  readonly old?: State | null | undefined;
  readonly new?: State | null | undefined;
}

/** What of an engine's log holds properties. */
interface PropertyLog {
  readonly steps: readonly Step[];
  readonly outcomes: readonly Step[];
  readonly remediations: readonly {
    readonly resourceUrn: string;
    readonly before: Properties;
    readonly after: Properties;
  }[];
}

/** Masks, in place, every top-level property that is or holds a secret in the state or before a remediation. */
export function maskSecrets(log: PropertyLog): void {
  const secretKeys = new Map<string, Set<string>>();
  const learn = (urn: string, properties: Properties): void => {
    const keys = Object.keys(properties).filter((key) =>
      isSecret(valueFromEngine(properties[key])),
    );
    if (keys.length === 0) return;
    const known = secretKeys.get(urn) ?? new Set();
    for (const key of keys) known.add(key);
    secretKeys.set(urn, known);
  };
  const steps = [...log.steps, ...log.outcomes];
  for (const { resourceUrn, before } of log.remediations) learn(resourceUrn, before);
  for (const step of steps) {
    if (step.old) learn(step.urn, { ...step.old.outputs, ...step.old.inputs });
  }
  const mask = (urn: string, properties: Properties): void => {
    for (const key of secretKeys.get(urn) ?? []) {
      if (key in properties) properties[key] = SECRET_OF_ENGINE;
    }
  };
  for (const event of log.remediations) {
    mask(event.resourceUrn, event.before);
    mask(event.resourceUrn, event.after);
  }
  for (const step of steps) {
    for (const state of [step.old, step.new]) {
      if (!state) continue;
      mask(step.urn, state.inputs);
      mask(step.urn, state.outputs);
    }
  }
}
