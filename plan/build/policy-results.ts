/** What the policy pack said during a preview. */
import { byText } from "../model/counts.ts";
import type { EngineLog } from "./engine-events.ts";
import type { Remediation, Violation } from "../model/model.ts";
import { differences, fromEngine } from "./engine-values.ts";

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

function remediations(log: EngineLog): Remediation[] {
  return log.remediations.map((event) => ({
    policy: event.policyName,
    policyPack: event.policyPackName,
    urn: event.resourceUrn,
    properties: differences(fromEngine(event.before), fromEngine(event.after)),
  }));
}
