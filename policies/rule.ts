/** A rule over all resources of a stack, and how it is applied. */
import type { Text } from "../core/language.ts";
import { UnknownValueError } from "./known-values.ts";

/** A resource as a rule sees it. Reading a property that is not known yet throws; see `violationsOf`. */
export interface RuleResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Sentences as customers read them, without a full stop at the end. */
type Report = (message: Text, urn?: string) => void;

/** Mandatory, always: a rule of this pack protects a promise to the customer. */
export interface Rule {
  /** `m365-<object>-<demand>`. */
  readonly name: string;
  /** One sentence that starts with "Checks that". */
  readonly description: string;
  readonly check: (resources: readonly RuleResource[], report: Report) => void;
}

export interface RuleViolation {
  readonly message: Text;
  /** Empty when it is about the stack as a whole. */
  readonly urn: string;
}

/**
 * What the rule finds. When it needs a value that is not known yet, that counts as a violation: a promise
 * that cannot be checked is not kept.
 */
export function violationsOf(rule: Rule, resources: readonly RuleResource[]): RuleViolation[] {
  const violations: RuleViolation[] = [];
  const report: Report = (message, urn = "") => violations.push({ message, urn });
  try {
    rule.check(resources, report);
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    report({
      nl: `Niet te controleren vóór de uitvoering, en telt daarom als niet nageleefd: ${error.path} is nog niet bekend`,
      en: `Cannot be checked before apply, so it counts as violated: ${error.message}`,
    });
  }
  return violations;
}
