/** What a rule for signing in is for, whatever it is called: so that nobody makes a second one of the kind unseen. */
import { ADMINISTRATORS } from "../../../core/directory-roles.ts";
import { texts } from "../../../core/i18n/phrases.ts";
import { within } from "../nested-equality.ts";

export type Purpose = "two-step" | "administrators" | "legacy" | "countries";

const LEGACY = ["exchangeActiveSync", "other"];

/** Undefined for what is none of the kinds that a tenant file has. @param rule in the words in which it is declared */
export function purposeOf(rule: {
  readonly conditions?: unknown;
  readonly grantControls?: unknown;
}): Purpose | undefined {
  const users = within(rule, "conditions", "users");
  const isForAll = texts(users, "includedUsers").includes("All");
  const clients = texts(within(rule, "conditions"), "clientAppTypes");
  const grant = within(rule, "grantControls");
  const controls = texts(grant, "builtInControls");
  const isStrength =
    grant?.authenticationStrengthPolicyId !== undefined || Boolean(grant?.authenticationStrength);
  const asks = controls.includes("mfa") || isStrength;
  if (controls.includes("block")) {
    if (clients.length > 0 && clients.every((client) => LEGACY.includes(client))) return "legacy";
    const places = within(rule, "conditions", "locations");
    return isForAll && texts(places, "includedLocations").includes("All") ? "countries" : undefined;
  }
  if (!asks) return undefined;
  if (isForAll) return "two-step";
  const roles = texts(users, "includedRoles");
  return ADMINISTRATORS.some((role) => roles.includes(role)) ? "administrators" : undefined;
}
