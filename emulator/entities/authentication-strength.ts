/**
 * Authentication strengths: three built-in ones and those of the tenant.
 * @see https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { collectionAnswer } from "../graph/responses.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { readParameters } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { authenticationStrengths, conditionalAccessPolicies } from "./collections.ts";

const PHISHING_RESISTANT = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"];
const PASSWORDLESS = [...PHISHING_RESISTANT, "deviceBasedPush"];
const MULTI_FACTOR = [
  ...PASSWORDLESS,
  "temporaryAccessPassOneTime",
  "temporaryAccessPassMultiUse",
  "password,microsoftAuthenticatorPush",
  "password,softwareOath",
  "password,hardwareOath",
  "password,sms",
  "password,voice",
  "federatedMultiFactor",
  "federatedSingleFactor,microsoftAuthenticatorPush",
  "federatedSingleFactor,softwareOath",
  "federatedSingleFactor,hardwareOath",
  "federatedSingleFactor,sms",
  "federatedSingleFactor,voice",
];
const BUILT_IN = [
  ["00000000-0000-0000-0000-000000000002", "Multifactor authentication", MULTI_FACTOR],
  ["00000000-0000-0000-0000-000000000003", "Passwordless MFA", PASSWORDLESS],
  ["00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", PHISHING_RESISTANT],
] as const;
const BUILT_IN_SINCE = "2021-12-01T00:00:00Z";

const authenticationStrengthDefinition: EntityDefinition = {
  type: "authenticationStrengthPolicy",
  path: "/policies/authenticationStrengthPolicies",
  collection: authenticationStrengths,
  methods: ["list", "get", "create", "update", "delete"],
  readOnly: ["id", "createdDateTime", "modifiedDateTime", "policyType", "requirementsSatisfied"],
  create: (call, object) => {
    const combinations = (object.allowedCombinations ?? []) as string[];
    if (typeof object.displayName !== "string" || combinations.length === 0) {
      throw refused("A displayName and at least one allowed combination are required.");
    }
    const taken = call.store
      .list(authenticationStrengths)
      .some((entry) => entry.object.displayName === object.displayName);
    if (taken)
      throw refused("An authentication strength with the same display name already exists.");
    const now = toTimestamp(call.nowMs);
    return {
      ...object,
      policyType: "custom",
      requirementsSatisfied: "mfa",
      createdDateTime: now,
      modifiedDateTime: now,
    };
  },
  update: (call, { before, after, input }) => {
    refuseBuiltIn(before);
    if ((input.properties.allowedCombinations ?? null) !== null) {
      throw refused(
        "The allowedCombinations can be changed by the action updateAllowedCombinations only.",
      );
    }
    return {
      ...after,
      allowedCombinations: before.allowedCombinations,
      modifiedDateTime: toTimestamp(call.nowMs),
    };
  },
  remove: (call, strength) => {
    refuseBuiltIn(strength);
    if (policiesUsing(call, strength.id).length > 0) {
      throw refused("The authentication strength is referenced by a conditional access policy.");
    }
  },
};

export const authenticationStrengthRoutes: readonly Route[] = [
  ...entityOperations(authenticationStrengthDefinition),
  {
    method: "POST",
    path: "/policies/authenticationStrengthPolicies/:id/updateAllowedCombinations",
    handle: updateCombinations,
  },
  { method: "GET", path: "/policies/authenticationStrengthPolicies/:id/usage", handle: usage },
  {
    method: "GET",
    path: "/policies/authenticationStrengthPolicies/:id/combinationConfigurations",
    handle: (call) =>
      collectionAnswer(call, [], { type: "authenticationCombinationConfiguration" }),
  },
];

export function addBuiltInStrengths(scope: Scope): void {
  for (const [id, displayName, allowedCombinations] of BUILT_IN) {
    const strength = {
      id,
      displayName,
      description: null,
      allowedCombinations,
      policyType: "builtIn",
      requirementsSatisfied: "mfa",
      createdDateTime: BUILT_IN_SINCE,
      modifiedDateTime: BUILT_IN_SINCE,
    };
    scope.store.insert(authenticationStrengths, strength, scope.nowMs);
  }
}

function updateCombinations(call: Call): Answer {
  const strength = addressed(call, authenticationStrengthDefinition);
  refuseBuiltIn(strength);
  const parameters = readParameters(call, {
    type: "authenticationStrengthPolicy",
    action: "updateAllowedCombinations",
  });
  const current = (parameters.allowedCombinations ?? []) as string[];
  if (current.length === 0) throw refused("At least one allowed combination is required.");
  call.store.replace(authenticationStrengths, {
    ...strength,
    allowedCombinations: current,
    modifiedDateTime: toTimestamp(call.nowMs),
  });
  return {
    status: 200,
    body: {
      "@odata.context": `${call.origin}${call.prefix}/$metadata#microsoft.graph.updateAllowedCombinationsResult`,
      additionalInformation: null,
      conditionalAccessReferences: policiesUsing(call, strength.id).map((policy) => policy.id),
      currentCombinations: current,
      previousCombinations: strength.allowedCombinations,
    },
  };
}

function usage(call: Call): Answer {
  const strength = addressed(call, authenticationStrengthDefinition);
  return {
    status: 200,
    body: {
      "@odata.context": `${call.origin}${call.prefix}/$metadata#microsoft.graph.authenticationStrengthUsage`,
      none: [],
      mfa: policiesUsing(call, strength.id),
    },
  };
}

function policiesUsing(scope: Scope, strengthId: string): GraphObject[] {
  return scope.store
    .list(conditionalAccessPolicies)
    .map(({ object }) => object)
    .filter((policy) => JSON.stringify(policy.grantControls).includes(strengthId));
}

function refuseBuiltIn(strength: GraphObject): void {
  if (strength.policyType === "builtIn")
    throw refused("Built-in authentication strengths cannot be changed.");
}

function refused(message: string): ServiceFailure {
  return new ServiceFailure(400, "BadRequest", { message });
}
