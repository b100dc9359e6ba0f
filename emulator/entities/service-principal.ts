/** Applications and their service principals: what clients read about themselves and others. */
import { toTimestamp } from "../core/clock.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { badRequest } from "../graph/errors.ts";
import { applications, servicePrincipals } from "./collections.ts";
import { defaultDomain, requireUnique, requireValues } from "./rules.ts";

export const servicePrincipalDefinition: EntityDefinition = {
  type: "servicePrincipal",
  path: "/servicePrincipals",
  collection: servicePrincipals,
  methods: ["list", "get", "create", "update", "delete"],
  alternateKeys: ["appId"],
  upsertKey: "appId",
  isDirectoryObject: true,
  isSoftDeleted: true,
  readOnly: ["id", "deletedDateTime"],
  immutable: ["appId"],
  create: (call, object) => {
    const application = call.store.find(applications, "appId", String(object.appId))[0]?.object;
    if (application === undefined) {
      throw badRequest(
        `The appId '${String(object.appId)}' of the service principal does not reference a valid application object.`,
      );
    }
    requireUnique(call, servicePrincipals, {
      key: "appId",
      value: String(object.appId),
      id: object.id,
    });
    return {
      accountEnabled: true,
      displayName: application.displayName,
      appDisplayName: application.displayName,
      servicePrincipalType: "Application",
      servicePrincipalNames: [object.appId],
      appOwnerOrganizationId: call.tenantId,
      ...object,
    };
  },
};

/** @see https://learn.microsoft.com/graph/api/application-post-applications (checked 2026-11) */
const NEW_APPLICATION = {
  signInAudience: "AzureADMyOrg",
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    preAuthorizedApplications: [],
    requestedAccessTokenVersion: null,
  },
  info: {
    logoUrl: null,
    marketingUrl: null,
    privacyStatementUrl: null,
    supportUrl: null,
    termsOfServiceUrl: null,
  },
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
  publicClient: { redirectUris: [] },
  spa: { redirectUris: [] },
  web: {
    homePageUrl: null,
    logoutUrl: null,
    redirectUris: [],
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    redirectUriSettings: [],
  },
};

export const applicationDefinition: EntityDefinition = {
  type: "application",
  path: "/applications",
  collection: applications,
  methods: ["list", "get", "create", "update", "delete"],
  alternateKeys: ["appId", "uniqueName"],
  upsertKey: "uniqueName",
  isDirectoryObject: true,
  isSoftDeleted: true,
  readOnly: ["id", "appId", "createdDateTime", "deletedDateTime"],
  create: (call, object) => {
    requireValues(object, ["displayName"], "Application");
    return {
      ...NEW_APPLICATION,
      publisherDomain: defaultDomain(call),
      createdDateTime: toTimestamp(call.nowMs),
      ...object,
      appId: call.newId(),
    };
  },
};
