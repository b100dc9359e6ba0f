/**
 * What a tenant asks of people who sign in, whoever set it up: security defaults and conditional access policies.
 * @see https://learn.microsoft.com/graph/api/conditionalaccessroot-list-policies (v1.0, checked 2026-11-27)
 */
import { SECURITY_DEFAULTS } from "../../directory/security-defaults.ts";
import { readingContext } from "../../kit/connection.ts";
import type { Connection } from "../../kit/connection.ts";
import type { ResourceContext } from "../../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../../permissions.ts";
import type { Part } from "../../permissions.ts";
import type { Purpose } from "./purpose.ts";
import { purposeOf } from "./purpose.ts";
import { declaredForm, POLICIES } from "./rule-hindrances.ts";
import type { ListedPolicy } from "./rule-hindrances.ts";

export interface SignInRules {
  readonly securityDefaults: boolean;
  readonly rules: readonly SignInRule[];
  /** Whether anything in force asks everybody for a second step, whoever is excluded. */
  readonly asksSecondStep: boolean;
}

interface SignInRule {
  /** Object id. */
  readonly id: string;
  readonly name: string;
  readonly state: "on" | "reportOnly" | "off";
  /** Undefined for what a tenant file has no words for. */
  readonly purpose: Purpose | undefined;
}

const STATES: Readonly<Record<string, SignInRule["state"]>> = {
  enabled: "on",
  enabledForReportingButNotEnforced: "reportOnly",
};

/** For a take-over, which does without what the application may not read. */
export async function readSignInRules(context: ResourceContext): Promise<Part<SignInRules>> {
  const { "sign-in-rules": needed } = permissionsOfTakeOver;
  const granted = await context.service.grantedPermissions("graph");
  if (!isGranted(needed, granted)) return notGranted(needed);
  return { found: await signInRulesOf(context) };
}

/** Of a tenant whose file manages them. */
export const lookAtSignIn = (connection: Connection): Promise<SignInRules> =>
  signInRulesOf(readingContext(connection));

async function signInRulesOf({ service: { graph } }: ResourceContext): Promise<SignInRules> {
  const [{ isEnabled: securityDefaults }, policies] = await Promise.all([
    graph.get<{ isEnabled: boolean }>(SECURITY_DEFAULTS),
    graph.all<ListedPolicy>(POLICIES),
  ]);
  const rules = policies.map((policy) => ({
    ...{ id: policy.id, name: policy.displayName ?? policy.id },
    state: STATES[policy.state ?? ""] ?? "off",
    purpose: purposeOf(declaredForm(policy)),
  }));
  const isAsked = rules.some(({ state, purpose }) => state === "on" && purpose === "two-step");
  return { securityDefaults, rules, asksSecondStep: securityDefaults || isAsked };
}
