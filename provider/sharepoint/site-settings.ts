/**
 * What the tenant's administration holds of a site beside its name and owner: how much it may hold, with whom it is shared.
 * @see https://github.com/KelvinTegelaar/CIPP-API Invoke-ExecSetSiteProperty.ps1: the numbers of `SharingCapability`, and
 * that a warning level goes with a maximum (checked 2026-11-27)
 */
import { isMoreOpen } from "../../core/sharing.ts";
import type { SharingCapability } from "../../core/sharing.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { readSharePointSettings } from "./sharepoint-settings.ts";
import type { SiteProperties } from "./sharepoint-sites.ts";

interface Settings {
  readonly sharingCapability?: SharingCapability | undefined;
  /** Megabytes. */
  readonly storageQuota?: number | undefined;
}

/** As the site's resource has them, with the language that it was made in. */
export interface SiteSettings extends Settings {
  readonly lcid: number;
}

/** At which part of its storage a site's administrators are warned; a maximum is never set without it. */
const WARNING_SHARE = 0.9;

/** Of `SharingCapability`, by its number. */
const SHARING_NUMBERS: readonly SharingCapability[] = [
  "Disabled",
  "ExternalUserSharingOnly",
  "ExternalUserAndGuestSharing",
  "ExistingExternalUserSharingOnly",
];

/** A `SharingCapability` that nobody knows here is left out. */
export function siteSettings({
  Lcid,
  SharingCapability,
  StorageMaximumLevel,
}: SiteProperties): SiteSettings {
  const sharingCapability = SHARING_NUMBERS[SharingCapability];
  return {
    ...{ lcid: Lcid, storageQuota: StorageMaximumLevel },
    ...(sharingCapability === undefined ? {} : { sharingCapability }),
  };
}

/** What the tenant's administration has to change of the site. */
export function changedSettings(
  { sharingCapability, storageQuota }: Settings,
  is: Settings,
): Readonly<Record<string, unknown>> {
  return {
    ...(sharingCapability !== undefined &&
      sharingCapability !== is.sharingCapability && {
        SharingCapability: SHARING_NUMBERS.indexOf(sharingCapability),
      }),
    ...(storageQuota !== undefined &&
      storageQuota !== is.storageQuota && {
        StorageMaximumLevel: storageQuota,
        StorageWarningLevel: Math.floor(storageQuota * WARNING_SHARE),
      }),
  };
}

/** Before anything of the site is written: SharePoint's own refusals do not say what to do. */
export async function refuseBeyondTenant(
  context: ResourceContext,
  wanted: Settings & { readonly title: string },
  is: Settings,
): Promise<void> {
  if (Object.keys(changedSettings(wanted, is)).length === 0) return;
  const tenant = await readSharePointSettings(context, { isNeeded: true });
  const { title, sharingCapability, storageQuota } = wanted;
  const most = tenant.sharingCapability;
  if (
    sharingCapability !== undefined &&
    most !== undefined &&
    isMoreOpen(sharingCapability, most)
  ) {
    throw new RefusedError({
      code: "sharing-above-tenant",
      message: `The site ${title} cannot be shared as ${sharingCapability}: the tenant allows ${most} at most`,
      hint: "Lower sharingCapability of the site, or raise it under `tenant` in the tenant file first.",
    });
  }
  const isNew = storageQuota !== undefined && storageQuota !== is.storageQuota;
  if (isNew && tenant.isSitesStorageLimitAutomatic === true) {
    throw new RefusedError({
      code: "storage-automatic",
      message: `The site ${title} cannot have a storageQuota: SharePoint divides the storage of this tenant by itself`,
      hint: "Put `isSitesStorageLimitAutomatic: false` under `tenant` in the tenant file, or leave storageQuota out.",
    });
  }
}
