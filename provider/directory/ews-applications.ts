/**
 * Applications that may reach every mailbox through Exchange Web Services. Whether they do, no report says.
 * @see https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth (checked 2026-11-27)
 */
import { odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

export interface InventoriedApplication {
  /** Object id of its service principal. */
  readonly id: string;
  readonly name: string;
}

interface ServicePrincipal {
  readonly id: string;
  readonly appRoles: readonly { readonly id: string; readonly value?: string | null }[];
}

interface AppRoleAssignment {
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalDisplayName?: string | null;
}

/** Client id of Exchange Online, the same in every tenant. */
const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
const EVERY_MAILBOX = "full_access_as_app";

export async function readEwsApplications({
  service,
}: ResourceContext): Promise<Part<readonly InventoriedApplication[]>> {
  const { "ews-applications": needed } = permissionsOfTakeOver;
  if (!isGranted(needed, await service.grantedPermissions("graph"))) return notGranted(needed);
  const { graph } = service;
  const exchange = odata`/servicePrincipals?$filter=appId eq '${EXCHANGE}'&$select=id,appRoles`;
  const [principal] = await graph.all<ServicePrincipal>(exchange);
  const role = principal?.appRoles.find(({ value }) => value === EVERY_MAILBOX);
  if (principal === undefined || role === undefined) return { found: [] };
  const path = odata`/servicePrincipals/${principal.id}/appRoleAssignedTo`;
  const held = await graph.all<AppRoleAssignment>(path);
  return {
    found: held
      .filter(({ appRoleId }) => appRoleId === role.id)
      .map(({ principalId: id, principalDisplayName }) => ({
        id,
        name: principalDisplayName ?? id,
      })),
  };
}
