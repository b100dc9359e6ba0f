/** What the policy pack said during a preview. */
import { byText } from "./counts.ts";
import type { EngineLog } from "./engine-events.ts";
import { SECRET } from "./model.ts";
import type { PropertyChange, Remediation, Violation } from "./model.ts";
import { differences, fromEngine, isSecret } from "./values.ts";
import type { Bag } from "./values.ts";

/**
 * The policy SDK turns a rule that met an unknown into a mere remark; its words are the only sign.
 * Source: @pulumi/policy 1.21.0, server.js (checked 2026-11).
 */
const UNEVALUATED = /^can't run (policy|remediation) /;

export function policyResults(log: EngineLog): {
  violations: Violation[];
  remediations: Remediation[];
} {
  const violations = log.policyEvents.map((event): Violation => {
    const evaluated = !UNEVALUATED.test(event.message);
    return {
      policy: event.policyName,
      policyPack: event.policyPackName,
      enforcementLevel: evaluated ? event.enforcementLevel : "mandatory",
      urn: event.resourceUrn,
      message: event.message.trim(),
      evaluated,
    };
  });
  const key = (entry: { urn: string; policy: string; message?: string }): string =>
    `${entry.urn}\n${entry.policy}\n${entry.message ?? ""}`;
  return {
    violations: violations.sort((one, other) => byText(key(one), key(other))),
    remediations: remediations(log).sort((one, other) => byText(key(one), key(other))),
  };
}

/** Policies see secrets in clear, so what they changed is masked wherever the declared value is a secret. */
function remediations(log: EngineLog): Remediation[] {
  const declared = new Map(
    log.steps.map((step) => [step.urn, step.new?.inputs ?? step.old?.inputs]),
  );
  return log.remediations.map((event) => {
    const inputs = fromEngine(declared.get(event.resourceUrn) ?? {});
    const before = fromEngine(event.before);
    const after = fromEngine(event.after);
    return {
      policy: event.policyName,
      policyPack: event.policyPackName,
      urn: event.resourceUrn,
      properties: differences(before, after).map((difference) => masked(difference, inputs)),
    };
  });
}

function masked(difference: PropertyChange, inputs: Bag): PropertyChange {
  const [topLevel = ""] = difference.path.split(/[.[]/);
  if (!isSecret(inputs[topLevel])) return difference;
  return {
    ...difference,
    secret: true,
    ...(difference.before === undefined ? {} : { before: SECRET }),
    ...(difference.after === undefined ? {} : { after: SECRET }),
  };
}
