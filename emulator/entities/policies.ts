/**
 * Policies of which a tenant has one: security defaults, authentication methods and authorization.
 * @see https://learn.microsoft.com/graph/api/resources/identitysecuritydefaultsenforcementpolicy,
 * authenticationmethodspolicy (checked 2026-11)
 */
import { ServiceFailure } from "../core/failure.ts";
import { toTimestamp } from "../core/clock.ts";
import type { Answer, Call, Route, Scope } from "../core/workload.ts";
import { entityAnswer, noContent } from "../graph/responses.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { addressed, entityOperations } from "../graph/entity.ts";
import { notFound } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { shapeObject } from "../graph/shape.ts";
import { authenticationMethods, policies } from "./collections.ts";
import { hasPolicyInForce } from "./conditional-access.ts";
import { AUTHENTICATION_METHODS, AUTHORIZATION, SECURITY_DEFAULTS } from "./policy-ids.ts";

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

interface SinglePolicy {
  id: string;
  definition: EntityDefinition;
  /** Refuses, or adds what the service writes itself. */
  change?(call: Call, properties: Record<string, unknown>): Record<string, unknown>;
}

function single(
  id: string,
  type: string,
  options: Pick<SinglePolicy, "change"> = {},
): SinglePolicy {
  const path = `/policies/${type}`;
  return { id, definition: { type, path, collection: policies, methods: [] }, ...options };
}

const securityDefaults = single(SECURITY_DEFAULTS, "identitySecurityDefaultsEnforcementPolicy", {
  change: (call, properties) => {
    if (properties.isEnabled === true && hasPolicyInForce(call)) {
      throw new ServiceFailure(400, "BadRequest", {
        message:
          "Security Defaults cannot be enabled because Conditional Access policies are enabled in the tenant.",
      });
    }
    return {};
  },
});
const methodsPolicy = single(AUTHENTICATION_METHODS, "authenticationMethodsPolicy", {
  change: (call) => ({ lastModifiedDateTime: toTimestamp(call.nowMs) }),
});
const authorizationPolicy = single(AUTHORIZATION, "authorizationPolicy");

const methodConfigurationDefinition: EntityDefinition = {
  type: "authenticationMethodConfiguration",
  path: "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
  collection: authenticationMethods,
  methods: ["list"],
  isPolymorphic: true,
};

export const policyRoutes: readonly Route[] = [
  ...[securityDefaults, methodsPolicy, authorizationPolicy].flatMap((policy): Route[] => [
    { method: "GET", path: policy.definition.path, handle: (call) => getPolicy(call, policy) },
    { method: "PATCH", path: policy.definition.path, handle: (call) => patchPolicy(call, policy) },
  ]),
  ...entityOperations(methodConfigurationDefinition),
  { method: "GET", path: `${methodConfigurationDefinition.path}/:id`, handle: getMethod },
  { method: "PATCH", path: `${methodConfigurationDefinition.path}/:id`, handle: patchMethod },
];

/** @see https://learn.microsoft.com/graph/api/resources/authorizationpolicy (checked 2026-11) */
const NEW_AUTHORIZATION = {
  id: AUTHORIZATION,
  displayName: "Authorization Policy",
  description: "Used to manage authorization related settings across the company.",
  allowInvitesFrom: "everyone",
  allowedToSignUpEmailBasedSubscriptions: true,
  allowedToUseSSPR: true,
  allowEmailVerifiedUsersToJoinOrganization: false,
  allowUserConsentForRiskyApps: null,
  blockMsolPowerShell: false,
  guestUserRoleId: "10dae51f-b6af-4016-8d66-8c2a99b929b3",
  defaultUserRolePermissions: {
    allowedToCreateApps: true,
    allowedToCreateSecurityGroups: true,
    allowedToCreateTenants: true,
    allowedToReadBitlockerKeysForOwnedDevice: true,
    allowedToReadOtherUsers: true,
    permissionGrantPoliciesAssigned: [],
  },
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
  scope.store.insert(policies, NEW_AUTHORIZATION, scope.nowMs);
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

function patchPolicy(call: Call, policy: SinglePolicy): Answer {
  const { properties } = readEntity(call, policy.definition.type);
  const added = policy.change?.(call, properties);
  call.store.replace(policies, {
    ...stored(call, policy),
    ...properties,
    ...added,
    id: policy.id,
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
