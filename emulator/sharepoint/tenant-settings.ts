/** Settings of the whole tenant, as Graph's `sharepointSettings` has them. */
import type { Scope } from "../core/workload.ts";
import { tenantSettings, type SharingCapability } from "./model.ts";

/** What a new tenant has. Unverified: gathered from documentation of the single settings. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  allowedDomainGuidsForSyncApp: [],
  availableManagedPathsForSiteCreation: ["/sites/", "/teams/"],
  deletedUserPersonalSiteRetentionPeriodInDays: 30,
  excludedFileExtensionsForSyncApp: [],
  idleSessionSignOut: { isEnabled: false, warnAfterInSeconds: 0, signOutAfterInSeconds: 0 },
  imageTaggingOption: "basic",
  isCommentingOnSitePagesEnabled: true,
  isFileActivityNotificationEnabled: true,
  isLegacyAuthProtocolsEnabled: true,
  isLoopEnabled: true,
  isMacSyncAppEnabled: true,
  isRequireAcceptingUserToMatchInvitedUserEnabled: false,
  isResharingByExternalUsersEnabled: true,
  isSharePointMobileNotificationEnabled: true,
  isSharePointNewsfeedEnabled: false,
  isSiteCreationEnabled: true,
  isSiteCreationUIEnabled: true,
  isSitePagesCreationEnabled: true,
  isSitesStorageLimitAutomatic: true,
  isSyncButtonHiddenOnPersonalSite: false,
  isUnmanagedSyncAppForTenantRestricted: false,
  personalSiteDefaultStorageLimitInMB: 1_048_576,
  sharingAllowedDomainList: [],
  sharingBlockedDomainList: [],
  sharingCapability: "externalUserAndGuestSharing",
  sharingDomainRestrictionMode: "none",
  siteCreationDefaultManagedPath: "/sites/",
  siteCreationDefaultStorageLimitInMB: 26_214_400,
  tenantDefaultTimezone: "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
};

export function readSettings(scope: Scope): Record<string, unknown> {
  return { ...DEFAULTS, ...scope.store.get(tenantSettings, scope.tenantId)?.changed };
}

export function changeSettings(scope: Scope, change: Record<string, unknown>): void {
  const known = scope.store.get(tenantSettings, scope.tenantId);
  const settings = { id: scope.tenantId, changed: { ...known?.changed, ...change } };
  if (known === undefined) scope.store.insert(tenantSettings, settings, scope.nowMs);
  else scope.store.replace(tenantSettings, settings);
}

/** From closed to open; a site may not be more open than its tenant. */
const OPENNESS: readonly SharingCapability[] = [
  "Disabled",
  "ExistingExternalUserSharingOnly",
  "ExternalUserSharingOnly",
  "ExternalUserAndGuestSharing",
];

/** Graph and SharePoint write the same words with a different first letter. */
export function tenantSharing(scope: Scope): SharingCapability {
  const value = String(readSettings(scope).sharingCapability).toLowerCase();
  return OPENNESS.find((name) => name.toLowerCase() === value) ?? "Disabled";
}

export function sharingWithin(wanted: SharingCapability, limit: SharingCapability): boolean {
  return OPENNESS.indexOf(wanted) <= OPENNESS.indexOf(limit);
}
