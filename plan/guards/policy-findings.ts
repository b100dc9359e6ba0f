/** What the policy pack said during a preview: a plan that breaks a rule is shown, and never applied. */
import { localeOf } from "../../core/i18n/format.ts";
import { fromTwoLines } from "../../core/language.ts";
import { byText } from "../model/counts.ts";
import type { Finding } from "../model/model.ts";

export interface Violation {
  readonly rule: string;
  /** Empty when it is about the stack as a whole. */
  readonly urn: string;
  /** As the policy pack said it: in both languages (`fromTwoLines`). */
  readonly message: string;
}

export function policyFindings(violations: readonly Violation[]): Finding[] {
  const key = ({ urn, rule, message }: Violation): string => [urn, rule, message].join("\n");
  return violations
    .toSorted((one, other) => byText(key(one), key(other)))
    .map((violation) => ({ ...violation, message: fromTwoLines(violation.message) }))
    .map(({ rule, urn, message }) => ({
      code: "policy-violated",
      source: "policy",
      rule,
      urns: urn === "" ? [] : [urn],
      message: {
        nl: localeOf("nl").texts.violation(rule, message.nl),
        en: localeOf("en").texts.violation(rule, message.en),
      },
      clearedBy: "declaration",
    }));
}
