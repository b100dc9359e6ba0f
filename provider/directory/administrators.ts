/**
 * Who has an administrator role in the whole tenant, for good; not who may ask for one, and not roles within a unit.
 * @see https://learn.microsoft.com/graph/api/directoryrole-list (v1.0, checked 2026-11-27)
 */
import { GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import { odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

export interface InventoriedRole {
  readonly displayName: string;
  readonly isGlobalAdministrator: boolean;
  /** Object ids of people, groups and applications; never empty. */
  readonly holders: readonly string[];
}

interface DirectoryRole {
  readonly id: string;
  readonly displayName: string;
  readonly roleTemplateId: string;
}

/**
 * Every role that somebody has, by name; or why nobody looked.
 * @param looking.onlyAt template id of the one role that is looked at
 */
export async function readAdministrators(
  { service }: ResourceContext,
  { onlyAt }: { readonly onlyAt?: string } = {},
): Promise<Part<readonly InventoriedRole[]>> {
  const { administrators } = permissionsOfTakeOver;
  if (!isGranted(administrators, await service.grantedPermissions("graph"))) {
    return notGranted(administrators);
  }
  const { graph } = service;
  const all = await graph.all<DirectoryRole>("/directoryRoles");
  const roles = all.filter(
    ({ roleTemplateId }) => onlyAt === undefined || roleTemplateId === onlyAt,
  );
  const found = await Promise.all(
    roles.map(async ({ id, displayName, roleTemplateId }) => {
      const path = `${odata`/directoryRoles/${id}`}/members?$select=id`;
      const holders = (await graph.all<{ id: string }>(path)).map((holder) => holder.id);
      const isGlobalAdministrator = roleTemplateId === GLOBAL_ADMINISTRATOR;
      return { displayName, isGlobalAdministrator, holders: holders.sort() };
    }),
  );
  return {
    found: found
      .filter(({ holders }) => holders.length > 0)
      .sort((one, other) => (one.displayName < other.displayName ? -1 : 1)),
  };
}
