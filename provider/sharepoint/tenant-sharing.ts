/** What holds for all of SharePoint, with whom people may share above all; only where the application may look. */
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { readSharePointSettings } from "./sharepoint-settings.ts";
import type { SharePointSettings } from "./sharepoint-settings.ts";

export async function readTenantSharing(
  context: ResourceContext,
): Promise<Part<SharePointSettings>> {
  const { sharing } = permissionsOfTakeOver;
  const granted = await context.service.grantedPermissions("graph");
  if (!isGranted(sharing, granted)) return notGranted(sharing);
  return { found: await readSharePointSettings(context) };
}
