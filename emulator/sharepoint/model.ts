/** What SharePoint keeps of a tenant: site collections, and what lies inside each. */
import { defineCollection, type StoredObject } from "../core/store.ts";

export type SharingCapability =
  | "Disabled"
  | "ExistingExternalUserSharingOnly"
  | "ExternalUserSharingOnly"
  | "ExternalUserAndGuestSharing";

/** A site collection with its root web. The id is the site's GUID. */
export interface Site extends StoredObject {
  webId: string;
  /** Absolute, for example `https://contoso.sharepoint.com/sites/finance`; for the root site without path. */
  webUrl: string;
  title: string;
  description: string;
  /** For example `STS#3`. */
  template: string;
  lcid: number;
  ownerLoginName: string;
  /** The Microsoft 365 group that the site belongs to. */
  groupId?: string;
  /** When provisioning is through. Milliseconds since 1970-01-01 UTC. */
  readyMs: number;
  sharingCapability: SharingCapability;
  storageMaximumMegabytes: number;
  storageWarningMegabytes: number;
  lockState: "Unlock" | "ReadOnly" | "NoAccess";
}

/** `User` covers people, directory groups and built-in claims; SharePoint's own groups are `SharePointGroup`. */
export interface Principal {
  id: number;
  /** SP.PrincipalType: 1 user, 4 security group, 8 SharePoint group. */
  principalType: 1 | 4 | 8;
  loginName: string;
  title: string;
  email: string;
  isSiteAdmin: boolean;
  isHiddenInUI: boolean;
  /** SharePoint groups only: principal ids, and what the group says of itself. */
  members?: number[];
  description?: string;
  ownerId?: number;
}

export interface RoleAssignment {
  principalId: number;
  roleDefinitionIds: number[];
}

export interface DocumentLibrary {
  id: string;
  title: string;
  description: string;
  /** Name in the URL, for example `Shared Documents`. */
  urlName: string;
  createdMs: number;
  /** Counts changes; 1 when left out. */
  version?: number;
  /** Present once inheritance is broken. */
  assignments?: RoleAssignment[];
}

/** What lies inside a site. The id is the site's. */
export interface Web extends StoredObject {
  nextPrincipalId: number;
  principals: Principal[];
  assignments: RoleAssignment[];
  lists: DocumentLibrary[];
}

export const sites = defineCollection<Site>("sharepoint.site", {
  webUrl: (site) => site.webUrl,
  groupId: (site) => site.groupId,
});

export const webs = defineCollection<Web>("sharepoint.web");

/** Settings of the whole tenant; at most one object, whose id is the tenant's. */
export interface TenantSettings extends StoredObject {
  /** Only what differs from the defaults, spelt as in Graph's `sharepointSettings`. */
  changed: Record<string, unknown>;
}

export const tenantSettings = defineCollection<TenantSettings>("sharepoint.settings");
