/**
 * The inputs and outputs of `azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy`. Words of a fixed list
 * are checked in `conditional-access-demands.ts` and not here, so that a policy with a word that Microsoft added
 * since can still be read. `filter` of applications is upstream's since v3.9.0.
 */
import { z } from "zod";
import { grantControls, sessionBody, sessionControls } from "./controls.ts";

const text = z.string();
const texts = z.array(text.min(1));

const filter = z.strictObject({ mode: text, rule: text.min(1) });

const guests = z.strictObject({
  externalTenants: z
    .array(z.strictObject({ members: texts.optional(), membershipKind: text }))
    .optional(),
  guestOrExternalUserTypes: z.array(text),
});

const conditions = z.strictObject({
  applications: z.strictObject({
    excludedApplications: texts.optional(),
    filter: filter.optional(),
    includedApplications: texts.optional(),
    includedUserActions: texts.optional(),
  }),
  // A set: in the order in which the official plugin reads it back.
  authenticationFlowTransferMethods: z
    .array(text)
    .overwrite((methods) => [...methods].sort())
    .optional(),
  clientAppTypes: z.array(text),
  clientApplications: z
    .strictObject({
      excludedServicePrincipals: texts.optional(),
      filter: filter.optional(),
      includedServicePrincipals: texts.optional(),
    })
    .optional(),
  devices: z.strictObject({ filter: filter.optional() }).optional(),
  insiderRiskLevels: text.optional(),
  locations: z
    .strictObject({ excludedLocations: texts.optional(), includedLocations: texts })
    .optional(),
  platforms: z
    .strictObject({
      excludedPlatforms: z.array(text).optional(),
      includedPlatforms: z.array(text),
    })
    .optional(),
  servicePrincipalRiskLevels: z.array(text).optional(),
  signInRiskLevels: z.array(text).optional(),
  userRiskLevels: z.array(text).optional(),
  users: z.strictObject({
    excludedGroups: texts.optional(),
    excludedGuestsOrExternalUsers: z.array(guests).optional(),
    excludedRoles: texts.optional(),
    excludedUsers: texts.optional(),
    includedGroups: texts.optional(),
    includedGuestsOrExternalUsers: z.array(guests).optional(),
    includedRoles: texts.optional(),
    includedUsers: texts.optional(),
  }),
});

export const policyInputs = z.strictObject({
  conditions,
  displayName: text.min(1),
  grantControls: grantControls.optional(),
  // The service forgets controls without effect, so that declaring them is the same as not declaring them.
  sessionControls: sessionControls
    .optional()
    .transform((session) => (session && sessionBody(session) === null ? undefined : session)),
  state: text,
});

/** With the parts that nobody declared: the official plugin expects them in its state. */
export const policyOutputs = z.object({
  __meta: text,
  conditions,
  grantControls: grantControls.optional(),
  objectId: text,
  sessionControls: sessionControls.optional(),
});

export type PolicyInputs = z.output<typeof policyInputs>;
export type PolicyOutputs = z.output<typeof policyOutputs>;
export type Conditions = PolicyInputs["conditions"];
export type Guests = z.output<typeof guests>;
