/**
 * With whom the tenant lets its people share sites and files at most.
 * @see https://learn.microsoft.com/graph/api/sharepointsettings-get (v1.0, checked 2026-11-27)
 */
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

interface SharePointSettings {
  readonly sharingCapability: string;
}

/** `sharingCapability` as Graph names it. */
export async function readTenantSharing({ service }: ResourceContext): Promise<Part<string>> {
  const { sharing } = permissionsOfTakeOver;
  if (!isGranted(sharing, await service.grantedPermissions("graph"))) return notGranted(sharing);
  const settings = await service.graph.get<SharePointSettings>("/admin/sharepoint/settings");
  return { found: settings.sharingCapability };
}
