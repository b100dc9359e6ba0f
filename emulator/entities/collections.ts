/** The directory's collections and the keys they are found by. */
import { defineCollection } from "../core/store.ts";
import type { GraphObject } from "../graph/object.ts";
import { activeLicenses, licenseStatesOf } from "./license-states.ts";

export type { GraphObject } from "../graph/object.ts";

function text(name: string): (object: GraphObject) => string | undefined {
  return (object) => (typeof object[name] === "string" ? object[name] : undefined);
}

function texts(name: string): (object: GraphObject) => string[] {
  return (object) =>
    Array.isArray(object[name]) ? object[name].filter((value) => typeof value === "string") : [];
}

function keys(...names: string[]): Record<string, (object: GraphObject) => string | undefined> {
  return Object.fromEntries(names.map((name) => [name, text(name)]));
}

export const users = defineCollection<GraphObject>("user", {
  ...keys("userPrincipalName", "mailNickname", "displayName", "mail", "onPremisesImmutableId"),
  proxyAddresses: texts("proxyAddresses"),
  /** Licences that take a unit of the subscription. */
  activeSku: (user) => activeLicenses(licenseStatesOf(user)).map(({ skuId }) => skuId),
  licensingGroup: (user) => licenseStatesOf(user).map((state) => state.assignedByGroup ?? "direct"),
});

export const groups = defineCollection<GraphObject>("group", {
  ...keys("uniqueName", "mailNickname", "displayName", "mail"),
  proxyAddresses: texts("proxyAddresses"),
  isDynamic: (group) =>
    texts("groupTypes")(group).includes("DynamicMembership") ? "true" : undefined,
});

export const applications = defineCollection<GraphObject>(
  "application",
  keys("appId", "displayName", "uniqueName"),
);
export const servicePrincipals = defineCollection<GraphObject>(
  "servicePrincipal",
  keys("appId", "displayName"),
);
export const organizations = defineCollection<GraphObject>("organization");
export const domains = defineCollection<GraphObject>("domain");
export const subscribedSkus = defineCollection<GraphObject>(
  "subscribedSku",
  keys("skuId", "skuPartNumber"),
);
export const directoryRoles = defineCollection<GraphObject>(
  "directoryRole",
  keys("roleTemplateId", "displayName"),
);
export const companySubscriptions = defineCollection<GraphObject>(
  "companySubscription",
  keys("skuId", "commerceSubscriptionId"),
);
export const conditionalAccessPolicies = defineCollection<GraphObject>("conditionalAccessPolicy");
export const namedLocations = defineCollection<GraphObject>("namedLocation");
export const authenticationStrengths = defineCollection<GraphObject>(
  "authenticationStrengthPolicy",
);
export const authenticationMethods = defineCollection<GraphObject>(
  "authenticationMethodConfiguration",
);
/** Policies of which a tenant has exactly one. */
export const policies = defineCollection<GraphObject>("policy");
export const roleDefinitions = defineCollection<GraphObject>(
  "unifiedRoleDefinition",
  keys("displayName", "templateId"),
);
export const roleAssignments = defineCollection<GraphObject>(
  "unifiedRoleAssignment",
  keys("principalId", "roleDefinitionId"),
);
