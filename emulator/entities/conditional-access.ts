/**
 * Conditional access policies.
 * @see https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { toTimestamp } from "../core/clock.ts";
import type { Scope } from "../core/workload.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import type { GraphObject } from "../graph/object.ts";
import { graphSchema, parseType, propertiesOf, propertyOf } from "../odata/schema.ts";
import { conditionalAccessPolicies, policies } from "./collections.ts";
import { SECURITY_DEFAULTS } from "./policy-ids.ts";
import { isPremium } from "./premium.ts";

const STATES_IN_FORCE = ["enabled"];

export const conditionalAccessPolicyDefinition: EntityDefinition = {
  type: "conditionalAccessPolicy",
  path: "/identity/conditionalAccess/policies",
  collection: conditionalAccessPolicies,
  methods: ["list", "get", "create", "update", "delete"],
  readOnly: ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"],
  singleOnly: ["deletedDateTime"],
  create: (call, object) => {
    requirePremium(call);
    const policy = { ...object, createdDateTime: toTimestamp(call.nowMs), modifiedDateTime: null };
    return checkPolicy(call, policy);
  },
  update: (call, { after }) => {
    requirePremium(call);
    return checkPolicy(call, { ...after, modifiedDateTime: toTimestamp(call.nowMs) });
  },
};

/**
 * Reading and removing stays possible. Status and code as users quote them for P2 (1039); the words for P1, and which
 * products count, are unverified.
 * @see https://github.com/crossplane-contrib/provider-upjet-azuread/issues/5 (checked 2026-11-27)
 */
function requirePremium(scope: Scope): void {
  if (isPremium(scope)) return;
  throw refused(
    "Cannot create or update policies with premium P1 features. Upgrade to a premium P1 license and try again.",
  );
}

function checkPolicy(scope: Scope, policy: GraphObject): GraphObject {
  const { displayName, state, conditions, grantControls, sessionControls } = policy;
  const { users, applications } = (conditions ?? {}) as Record<string, unknown>;
  const hasControls = (grantControls ?? sessionControls ?? null) !== null;
  if (
    typeof displayName !== "string" ||
    typeof state !== "string" ||
    !users ||
    !applications ||
    !hasControls
  ) {
    throw refused(
      "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. For examples, please see API documentation at https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy.",
    );
  }
  if (STATES_IN_FORCE.includes(state) && areSecurityDefaultsOn(scope)) {
    throw refused(
      "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
    );
  }
  const given = conditions as Record<string, unknown>;
  return {
    ...policy,
    conditions: withEmptyParts(
      { clientAppTypes: ["all"], ...dropNulls(given) },
      "conditionalAccessConditionSet",
    ),
    grantControls:
      grantControls === null
        ? null
        : withEmptyParts(grantControls, "conditionalAccessGrantControls"),
    sessionControls: sessionControls ?? null,
  };
}

/** Fills in what the service does: empty lists and nulls for everything omitted. */
function withEmptyParts(value: unknown, type: string): unknown {
  if (typeof value !== "object" || value === null) return value ?? null;
  const given = value as Record<string, unknown>;
  const filled: Record<string, unknown> = { ...given };
  for (const name of propertiesOf(type)) {
    const property = propertyOf(type, name);
    if (property === undefined) continue;
    const current = given[name] ?? null;
    const isComplex = graphSchema().types[property.name] !== undefined;
    if (current === null) filled[name] = property.isCollection ? [] : null;
    else if (isComplex && !property.isCollection)
      filled[name] = withEmptyParts(current, parseType(property.name).name);
  }
  return filled;
}

function dropNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null));
}

function areSecurityDefaultsOn(scope: Scope): boolean {
  return scope.store.get(policies, SECURITY_DEFAULTS)?.isEnabled === true;
}

export function hasPolicyInForce(scope: Scope): boolean {
  return scope.store
    .list(conditionalAccessPolicies)
    .some(({ object }) => STATES_IN_FORCE.includes(String(object.state)));
}

export function refused(message: string): ServiceFailure {
  return new ServiceFailure(400, "BadRequest", { message });
}
