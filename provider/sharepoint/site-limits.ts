/**
 * What a tenant allows all of its sites together, for plans that ask for more.
 * @see https://learn.microsoft.com/graph/api/sharepointsettings-get (v1.0, checked 2026-11-27)
 * @see https://github.com/pnp/pnpcore ITenantProperties: `StorageQuota`, as the tenant administration has it; that REST
 * shows it, and in megabytes, not verified (checked 2026-11-27)
 */
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { siteHostOf } from "./sharepoint-sites.ts";
import { readSharePointSettings } from "./sharepoint-settings.ts";
import type { SharePointSettings } from "./sharepoint-settings.ts";

export interface SiteLimits extends Pick<
  SharePointSettings,
  "sharingCapability" | "isSitesStorageLimitAutomatic"
> {
  readonly storageMegabytes: number;
}

export async function readSiteLimits(
  connection: Connection,
  { initialDomain }: { readonly initialDomain: string },
): Promise<SiteLimits> {
  const context = readingContext(connection);
  const host = siteHostOf(initialDomain).replace(".", "-admin.");
  const [settings, { StorageQuota: storageMegabytes }] = await Promise.all([
    readSharePointSettings(context, { isNeeded: true }),
    context.service
      .sharePoint(host)
      .get<{ readonly StorageQuota: number }>("/_api/SPO.Tenant?$select=StorageQuota"),
  ]);
  const { sharingCapability, isSitesStorageLimitAutomatic } = settings;
  return { sharingCapability, isSitesStorageLimitAutomatic, storageMegabytes };
}
