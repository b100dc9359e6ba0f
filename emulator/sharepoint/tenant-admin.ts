/**
 * The tenant's admin host: properties of every site, and the bin.
 * The addresses are those that public tools use (cli-microsoft365, CIPP; checked 2026-11); Microsoft documents few of them.
 */
import type { ServiceFailure } from "../core/failure.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { exception, invalidQuery } from "./errors.ts";
import { collection, entity, result, type Shown } from "./format.ts";
import { sites, type SharingCapability, type Site } from "./model.ts";
import { argument } from "./path.ts";
import {
  SITE_MAXIMUM_MEGABYTES,
  deleteSite,
  findByUrl,
  findDeletedByUrl,
  isReady,
  purgeSite,
  restoreSite,
} from "./provisioning.ts";
import { changeOwner } from "./site-administrators.ts";
import { readSettings, sharingWithin, tenantSharing } from "./tenant-settings.ts";
import { tenantStorageMegabytes } from "./storage-limits.ts";
import { adminRoute, entityBody, requireText, saveSite } from "./web-call.ts";

/** Order of the numbers of Microsoft.Online.SharePoint.TenantManagement.SharingCapabilities. */
const SHARING: readonly SharingCapability[] = [
  "Disabled",
  "ExternalUserSharingOnly",
  "ExternalUserAndGuestSharing",
  "ExistingExternalUserSharingOnly",
];

const PROPERTIES = [
  "Title",
  "SharingCapability",
  "StorageMaximumLevel",
  "StorageWarningLevel",
  "LockState",
  "Owner",
  "SetOwnerWithoutUpdatingSecondaryAdmin",
];

function toProperties(call: Call, site: Site): Shown {
  const properties = {
    SiteId: site.id,
    Url: site.webUrl,
    Title: site.title,
    Template: site.template,
    Lcid: site.lcid,
    Owner: site.ownerLoginName,
    GroupId: site.groupId ?? "00000000-0000-0000-0000-000000000000",
    Status: isReady(call, site) ? "Active" : "Creating",
    LockState: site.lockState,
    SharingCapability: SHARING.indexOf(site.sharingCapability),
    StorageMaximumLevel: site.storageMaximumMegabytes,
    StorageWarningLevel: site.storageWarningMegabytes,
    StorageUsage: 0,
  };
  return { type: TYPE, properties, onRequest: { OwnerLoginName: site.ownerLoginName } };
}

const TYPE = "Microsoft.Online.SharePoint.TenantAdministration.SiteProperties";

function found(site: Site | undefined, wanted: string): Site {
  if (site !== undefined) return site;
  throw exception(404, "sharePoint", `Cannot get site ${wanted}.`);
}

function byId(call: Call): Site {
  const id = argument(call).toLowerCase();
  return found(call.store.get(sites, id), id);
}

function byUrl(call: Call, name: string): Site {
  const url = requireText(call, name);
  return found(findByUrl(call, url), url);
}

function update(call: Call): Answer {
  const site = byId(call);
  const change = entityBody(call, { type: TYPE, properties: PROPERTIES });
  const wanted: Site = {
    ...site,
    title: textOr(change.Title, site.title),
    sharingCapability: sharingOf(change.SharingCapability) ?? site.sharingCapability,
    storageMaximumMegabytes: numberOr(change.StorageMaximumLevel, site.storageMaximumMegabytes),
    storageWarningMegabytes: numberOr(change.StorageWarningLevel, site.storageWarningMegabytes),
    lockState: textOr(change.LockState, site.lockState) as Site["lockState"],
  };
  if (change.StorageMaximumLevel !== undefined) {
    if (readSettings(call).isSitesStorageLimitAutomatic === true) throw automaticStorage();
    checkStorage(call, wanted.storageMaximumMegabytes);
    wanted.storageWarningMegabytes = Math.min(
      wanted.storageWarningMegabytes,
      wanted.storageMaximumMegabytes,
    );
  }
  if (wanted.storageWarningMegabytes > wanted.storageMaximumMegabytes) {
    throw exception(
      400,
      "argument",
      "The storage warning level must not exceed the maximum storage level.",
    );
  }
  if (
    change.SharingCapability !== undefined &&
    !sharingWithin(wanted.sharingCapability, tenantSharing(call))
  ) {
    throw exception(
      400,
      "argument",
      "The site's sharing capability cannot be more permissive than the organization's.",
    );
  }
  if (typeof change.Owner === "string") {
    const keepsOthers = change.SetOwnerWithoutUpdatingSecondaryAdmin === true;
    wanted.ownerLoginName = changeOwner(call, site, { owner: change.Owner, keepsOthers });
  }
  saveSite(call, wanted);
  return { status: 204 };
}

/**
 * As the page of Set-SPOSite says it, without the words.
 * @see https://github.com/MicrosoftDocs/OfficeDocs-SharePoint/issues/2164 (checked 2026-11-27)
 */
const automaticStorage = (): ServiceFailure =>
  exception(
    400,
    "sharePoint",
    "Storage limits of sites cannot be set while storage management is automatic.",
  );

/** No site may be given more than the tenant has, nor more than 25 TB. */
function checkStorage(call: Call, wantedMegabytes: number): void {
  const limitMegabytes = Math.min(SITE_MAXIMUM_MEGABYTES, tenantStorageMegabytes(call));
  if (wantedMegabytes > limitMegabytes) {
    throw exception(
      400,
      "argument",
      `The storage maximum level ${wantedMegabytes} MB is more than the ${limitMegabytes} MB that are available.`,
    );
  }
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}

function numberOr(value: unknown, fallback: number): number {
  return value === undefined ? fallback : Number(value);
}

function sharingOf(value: unknown): SharingCapability | undefined {
  if (value === undefined) return undefined;
  const found = typeof value === "number" ? SHARING[value] : SHARING.find((name) => name === value);
  if (found === undefined)
    throw invalidQuery(`The value '${JSON.stringify(value)}' is not a SharingCapabilities.`);
  return found;
}

/** Operations of the tenant run in the background at the service; here they are complete at once. */
function operation(call: Call, name: string): Answer {
  return result(call, name, { HasTimedout: false, IsComplete: true, PollingInterval: 15_000 });
}

function removeSite(call: Call): Answer {
  const site = byUrl(call, "siteUrl");
  if (site.groupId !== undefined) {
    throw exception(
      400,
      "sharePoint",
      "This site belongs to a Microsoft 365 group. To delete the site, you must delete the group.",
    );
  }
  deleteSite(call, site);
  return operation(call, "RemoveSite");
}

function requireDeleted(call: Call): Site {
  const url = requireText(call, "siteUrl");
  const site = findDeletedByUrl(call, url);
  if (site === undefined)
    throw exception(404, "sharePoint", `Unable to find the deleted site: ${url}.`);
  return site;
}

const TENANT = "spo.tenant";

export const tenantAdminRoutes: readonly Route[] = [
  adminRoute("spo.tenant", {
    GET: (call) =>
      entity(call, {
        type: "Microsoft.Online.SharePoint.TenantAdministration.Tenant",
        properties: {
          SharingCapability: SHARING.indexOf(tenantSharing(call)),
          StorageQuota: tenantStorageMegabytes(call),
          StorageQuotaAllocated: 0,
        },
      }),
  }),
  adminRoute("spo.tenant/sites", {
    GET: (call) =>
      collection(
        call,
        call.store.list(sites).map(({ object }) => toProperties(call, object)),
        TYPE,
      ),
  }),
  adminRoute("spo.tenant/sites/:args{\\([^/]*\\)}", {
    GET: (call) => entity(call, toProperties(call, byId(call))),
    PATCH: update,
    MERGE: update,
  }),
  adminRoute("spo.tenant/getsitepropertiesbyurl", {
    POST: (call) => entity(call, toProperties(call, byUrl(call, "url"))),
  }),
  adminRoute(`${TENANT}/removesite`, { POST: removeSite }),
  adminRoute(`${TENANT}/removedeletedsite`, {
    POST: (call) => {
      purgeSite(call, requireDeleted(call).id);
      return operation(call, "RemoveDeletedSite");
    },
  }),
  adminRoute(`${TENANT}/restoredeletedsite`, {
    POST: (call) => {
      restoreSite(call, requireDeleted(call));
      return operation(call, "RestoreDeletedSite");
    },
  }),
];
