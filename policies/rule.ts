/** A rule over all resources of a stack, and how the engine runs it. */
import { UnknownValueError } from "@pulumi/policy";
import type { StackValidationPolicy } from "@pulumi/policy";

/** A resource as a rule sees it. Reading a property that is not known yet throws; see `asPolicy`. */
export interface RuleResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export type Report = (message: string, urn?: string) => void;

/** Mandatory, always: a rule of this pack protects a promise to the customer. */
export interface Rule {
  /** `m365-<object>-<demand>`. */
  readonly name: string;
  /** One sentence that starts with "Checks that". */
  readonly description: string;
  readonly check: (resources: readonly RuleResource[], report: Report) => void;
}

/**
 * The rule as a policy of the engine. The SDK turns a rule that meets an unknown value into mere advice;
 * here it counts as violated, since a promise that cannot be checked is not kept.
 */
export function asPolicy(rule: Rule): StackValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    validateStack: (args, report) => {
      try {
        rule.check(args.resources, report);
      } catch (error) {
        if (!(error instanceof Error && error instanceof UnknownValueError)) throw error;
        report(`Cannot be checked before apply, so it counts as violated: ${error.message}`);
      }
    },
  };
}
