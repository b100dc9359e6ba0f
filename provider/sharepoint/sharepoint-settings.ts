/**
 * The settings of SharePoint and OneDrive that hold for the whole tenant; a site is never more open than they say.
 * A tenant always has them: they are changed, never made or removed.
 * @see https://learn.microsoft.com/graph/api/sharepointsettings-update (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/resources/sharepointsettings (v1.0, checked 2026-11-27)
 */
import { z } from "zod";
import { isRequestError } from "../../services/index.ts";
import { SHARING_CAPABILITIES, sharingCapabilityOf } from "../../core/sharing.ts";
import type { SharingCapability } from "../../core/sharing.ts";
import type { ResourceContext } from "../kit/define.ts";

/** @see https://learn.microsoft.com/onedrive/set-retention (checked 2026-11-27) */
export const ONEDRIVE_RETENTION_DAYS = { fewest: 30, most: 3650 } as const;

export const sharePointSettings = {
  sharingCapability: z
    .enum(SHARING_CAPABILITIES)
    .optional()
    .describe("With whom people may share sites and files at most."),
  isSitesStorageLimitAutomatic: z
    .boolean()
    .optional()
    .describe("Whether SharePoint divides the storage among the sites by itself."),
  deletedUserPersonalSiteRetentionPeriodInDays: z
    .int()
    .min(ONEDRIVE_RETENTION_DAYS.fewest)
    .max(ONEDRIVE_RETENTION_DAYS.most)
    .optional()
    .describe("Days for which the OneDrive of a deleted user is kept."),
};

export interface SharePointSettings {
  readonly sharingCapability?: SharingCapability | undefined;
  readonly isSitesStorageLimitAutomatic?: boolean | undefined;
  readonly deletedUserPersonalSiteRetentionPeriodInDays?: number | undefined;
}

const KEYS = Object.keys(sharePointSettings) as (keyof SharePointSettings)[];
const PATH = "/admin/sharepoint/settings";

export const declaresSettings = (declared: SharePointSettings | undefined): boolean =>
  KEYS.some((key) => declared?.[key] !== undefined);

/** Where they are not needed, empty if the application may not read them or the tenant has no SharePoint. */
export async function readSharePointSettings(
  { service: { graph } }: ResourceContext,
  { isNeeded = false }: { readonly isNeeded?: boolean } = {},
): Promise<SharePointSettings> {
  try {
    const found = await graph.get<SharePointSettings & { readonly sharingCapability?: string }>(
      PATH,
    );
    const { isSitesStorageLimitAutomatic, deletedUserPersonalSiteRetentionPeriodInDays } = found;
    return {
      sharingCapability: sharingCapabilityOf(found.sharingCapability ?? ""),
      ...{ isSitesStorageLimitAutomatic, deletedUserPersonalSiteRetentionPeriodInDays },
    };
  } catch (error) {
    const isExpected = isRequestError(error, "forbidden") || hasNoSharePoint(error);
    if (isNeeded || !isExpected) throw error;
    return {};
  }
}

/**
 * As users quote it of other addresses of SharePoint in Graph; of this one not verified.
 * @see https://github.com/alcionai/corso/issues/3671 (checked 2026-11-27)
 */
const hasNoSharePoint = (error: unknown): boolean =>
  isRequestError(error) && /does not have a SPO license/i.test(error.serviceMessage ?? "");

/** Writes what differs, in one request; nothing where nothing does. */
export async function changeSharePointSettings(
  { service: { graph } }: ResourceContext,
  wanted: SharePointSettings,
  found: SharePointSettings,
): Promise<void> {
  const changed = KEYS.filter((key) => wanted[key] !== undefined && wanted[key] !== found[key]);
  if (changed.length === 0) return;
  const body = Object.fromEntries(changed.map((key) => [key, inGraph(wanted[key])]));
  await graph.patch(PATH, body);
}

/** Graph writes the words of SharePoint with a small first letter. */
const inGraph = (value: SharePointSettings[keyof SharePointSettings]): unknown =>
  typeof value === "string" ? `${value.slice(0, 1).toLowerCase()}${value.slice(1)}` : value;
