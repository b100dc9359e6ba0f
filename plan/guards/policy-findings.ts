/** What the policy pack said during a preview: a plan that breaks a rule is shown, and never applied. */
import { localeOf } from "../../core/i18n/format.ts";
import { byText } from "../model/counts.ts";
import type { Finding } from "../model/model.ts";

export interface Violation {
  readonly rule: string;
  /** Empty when it is about the stack as a whole. */
  readonly urn: string;
  readonly message: string;
}

export function policyFindings(violations: readonly Violation[]): Finding[] {
  const key = ({ urn, rule, message }: Violation): string => [urn, rule, message].join("\n");
  return (
    violations
      .toSorted((one, other) => byText(key(one), key(other)))
      // Like every finding: without the full stop that a policy's sentence ends with.
      .map((violation) => ({ ...violation, message: violation.message.replace(/\.$/, "") }))
      .map(({ rule, urn, message }) => ({
        code: "policy-violated",
        source: "policy",
        rule,
        urns: urn === "" ? [] : [urn],
        message: {
          nl: localeOf("nl").texts.violation(rule, message),
          en: localeOf("en").texts.violation(rule, message),
        },
        clearedBy: "declaration",
      }))
  );
}
