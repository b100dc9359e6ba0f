/**
 * Policies of which a tenant has one: security defaults and the authentication methods policy.
 * @see https://learn.microsoft.com/graph/api/resources/identitysecuritydefaultsenforcementpolicy,
 * authenticationmethodspolicy (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { entityAnswer, noContent } from "../graph/answers.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { notFound } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { authenticationMethods, policies } from "./collections.ts";
import { hasPolicyInForce } from "./conditional-access.ts";
import { AUTHENTICATION_METHODS, SECURITY_DEFAULTS } from "./policy-ids.ts";

const ALL_USERS = { targetType: "group", id: "all_users", isRegistrationRequired: false };

/** [id, type, whether a new tenant has it on] */
const METHODS = [
  ["Fido2", "fido2AuthenticationMethodConfiguration", false],
  ["MicrosoftAuthenticator", "microsoftAuthenticatorAuthenticationMethodConfiguration", true],
  ["Sms", "smsAuthenticationMethodConfiguration", false],
  ["TemporaryAccessPass", "temporaryAccessPassAuthenticationMethodConfiguration", false],
  ["SoftwareOath", "softwareOathAuthenticationMethodConfiguration", true],
  ["Voice", "voiceAuthenticationMethodConfiguration", false],
  ["Email", "emailAuthenticationMethodConfiguration", true],
  ["X509Certificate", "x509CertificateAuthenticationMethodConfiguration", false],
] as const;

const securityDefaultsDefinition: EntityDefinition = {
  type: "identitySecurityDefaultsEnforcementPolicy",
  path: "/policies/identitySecurityDefaultsEnforcementPolicy",
  collection: policies,
  methods: [],
};

const authenticationMethodsDefinition: EntityDefinition = {
  type: "authenticationMethodsPolicy",
  path: "/policies/authenticationMethodsPolicy",
  collection: policies,
  methods: [],
};

const methodConfigurationDefinition: EntityDefinition = {
  type: "authenticationMethodConfiguration",
  path: "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
  collection: authenticationMethods,
  methods: ["list"],
  isPolymorphic: true,
};

export const policyRoutes: readonly Route[] = [
  {
    method: "GET",
    path: securityDefaultsDefinition.path,
    handle: (call) => getPolicy(call, securityDefaults),
  },
  { method: "PATCH", path: securityDefaultsDefinition.path, handle: patchSecurityDefaults },
  {
    method: "GET",
    path: authenticationMethodsDefinition.path,
    handle: (call) => getPolicy(call, methodsPolicy),
  },
  { method: "PATCH", path: authenticationMethodsDefinition.path, handle: patchMethodsPolicy },
  ...entityOperations(methodConfigurationDefinition),
  { method: "GET", path: `${methodConfigurationDefinition.path}/:id`, handle: getMethod },
  { method: "PATCH", path: `${methodConfigurationDefinition.path}/:id`, handle: patchMethod },
];

interface SinglePolicy {
  id: string;
  definition: EntityDefinition;
}

const securityDefaults: SinglePolicy = {
  id: SECURITY_DEFAULTS,
  definition: securityDefaultsDefinition,
};
const methodsPolicy: SinglePolicy = {
  id: AUTHENTICATION_METHODS,
  definition: authenticationMethodsDefinition,
};

export function addPolicies(scope: Scope, options: { securityDefaults: boolean }): void {
  scope.store.insert(
    policies,
    {
      id: SECURITY_DEFAULTS,
      displayName: "Security Defaults",
      description:
        "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
      isEnabled: options.securityDefaults,
    },
    scope.nowMs,
  );
  scope.store.insert(
    policies,
    {
      id: AUTHENTICATION_METHODS,
      displayName: "Authentication Methods Policy",
      description:
        "The tenant-wide policy that controls which authentication methods are allowed in the tenant.",
      lastModifiedDateTime: toTimestamp(scope.nowMs),
      policyVersion: "1.5",
      policyMigrationState: "migrationComplete",
      registrationEnforcement: {
        authenticationMethodsRegistrationCampaign: {
          snoozeDurationInDays: 1,
          state: "default",
          excludeTargets: [],
          includeTargets: [
            {
              id: "all_users",
              targetType: "group",
              targetedAuthenticationMethod: "microsoftAuthenticator",
            },
          ],
        },
      },
    },
    scope.nowMs,
  );
  for (const [id, type, isOn] of METHODS) {
    const state = isOn ? "enabled" : "disabled";
    const method = {
      "@odata.type": `#microsoft.graph.${type}`,
      id,
      state,
      excludeTargets: [],
      includeTargets: [ALL_USERS],
    };
    scope.store.insert(authenticationMethods, method, scope.nowMs);
  }
}

function stored(call: Call, policy: SinglePolicy): GraphObject {
  const object = call.store.get(policies, policy.id);
  if (object === undefined) throw notFound(policy.id);
  return object;
}

function getPolicy(call: Call, policy: SinglePolicy): Answer {
  const { definition } = policy;
  const shaped = shapeObject(call, { definition, object: stored(call, policy) });
  return entityAnswer(call, shaped, { type: definition.type, context: definition.path.slice(1) });
}

function patchSecurityDefaults(call: Call): Answer {
  const { properties } = readEntity(call, securityDefaultsDefinition.type);
  if (properties.isEnabled === true && hasPolicyInForce(call)) {
    throw new ServiceFailure(400, "BadRequest", {
      message:
        "Security Defaults cannot be enabled because Conditional Access policies are enabled in the tenant.",
    });
  }
  call.store.replace(policies, {
    ...stored(call, securityDefaults),
    ...properties,
    id: SECURITY_DEFAULTS,
  });
  return noContent();
}

function patchMethodsPolicy(call: Call): Answer {
  const { properties } = readEntity(call, authenticationMethodsDefinition.type);
  call.store.replace(policies, {
    ...stored(call, methodsPolicy),
    ...properties,
    id: AUTHENTICATION_METHODS,
    lastModifiedDateTime: toTimestamp(call.nowMs),
  });
  return noContent();
}

/** Method ids are accepted in any case: `fido2`, `Fido2`. */
function findMethod(call: Call): GraphObject {
  const id = call.params.id ?? "";
  const known = METHODS.find(([name]) => name.toLowerCase() === id.toLowerCase())?.[0];
  return addressed(call, methodConfigurationDefinition, known ?? id);
}

function getMethod(call: Call): Answer {
  const object = findMethod(call);
  const shaped = {
    ...shapeObject(call, { definition: methodConfigurationDefinition, object }),
    includeTargets: object.includeTargets,
  };
  return entityAnswer(call, shaped, {
    type: methodConfigurationDefinition.type,
    context: "authenticationMethodConfigurations",
  });
}

function patchMethod(call: Call): Answer {
  const before = findMethod(call);
  const body = call.body as Record<string, unknown> | undefined;
  const typed =
    body === undefined
      ? call
      : { ...call, body: { "@odata.type": before["@odata.type"], ...body } };
  const { properties } = readEntity(typed, methodConfigurationDefinition.type);
  call.store.replace(authenticationMethods, { ...before, ...properties, id: before.id });
  return noContent();
}
