/**
 * Who has an administrator role in the whole tenant, for good; not who may ask for one, and not roles within a unit.
 * @see https://learn.microsoft.com/graph/api/directoryrole-list (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/rbacapplication-list-roleassignments (v1.0, checked 2026-11-28): asks for a
 * filter by role or by holder
 */
import { GLOBAL_ADMINISTRATOR } from "../../core/directory-roles.ts";
import { odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

export interface InventoriedRole {
  readonly displayName: string;
  readonly templateId: string;
  readonly isGlobalAdministrator: boolean;
  /** Object ids of people, groups and applications; never empty. */
  readonly holders: readonly string[];
  /** Ids of the assignments in the whole tenant, by holder; undefined where the application may not assign roles. */
  readonly assignments?: ReadonlyMap<string, string>;
}

interface DirectoryRole {
  readonly id: string;
  readonly displayName: string;
  readonly roleTemplateId: string;
}

/** As Graph lists them, which it does for one role at a time. */
interface Assignment {
  readonly id: string;
  readonly principalId: string;
  readonly directoryScopeId?: string | null;
}

/** What a role is assigned with, which is asked for only where roles are managed. */
const TO_ASSIGN = "RoleManagement.ReadWrite.Directory";

/**
 * Every role that somebody has, by name; or why nobody looked.
 * @param looking.onlyAt template id of the one role that is looked at
 */
export async function readAdministrators(
  { service }: ResourceContext,
  { onlyAt }: { readonly onlyAt?: string } = {},
): Promise<Part<readonly InventoriedRole[]>> {
  const { administrators } = permissionsOfTakeOver;
  const granted = await service.grantedPermissions("graph");
  if (!isGranted(administrators, granted)) return notGranted(administrators);
  const { graph } = service;
  const mayAssign = onlyAt === undefined && isGranted(TO_ASSIGN, granted);
  const all = await graph.all<DirectoryRole>("/directoryRoles");
  const roles = all.filter(
    ({ roleTemplateId }) => onlyAt === undefined || roleTemplateId === onlyAt,
  );
  const found = await Promise.all(
    roles.map(async ({ id, displayName, roleTemplateId: templateId }) => {
      const path = `${odata`/directoryRoles/${id}`}/members?$select=id`;
      const holders = (await graph.all<{ id: string }>(path)).map((holder) => holder.id);
      const isGlobalAdministrator = templateId === GLOBAL_ADMINISTRATOR;
      return {
        ...{ displayName, templateId, isGlobalAdministrator, holders: holders.sort() },
        ...(mayAssign && holders.length > 0
          ? { assignments: await assignmentsOf(graph, templateId) }
          : {}),
      };
    }),
  );
  return {
    found: found
      .filter(({ holders }) => holders.length > 0)
      .sort((one, other) => (one.displayName < other.displayName ? -1 : 1)),
  };
}

async function assignmentsOf(
  graph: ResourceContext["service"]["graph"],
  roleId: string,
): Promise<ReadonlyMap<string, string>> {
  const filter = odata`$filter=roleDefinitionId eq '${roleId}'`;
  const found = await graph.all<Assignment>(`/roleManagement/directory/roleAssignments?${filter}`);
  return new Map(
    found
      .filter(({ directoryScopeId }) => directoryScopeId === "/")
      .map(({ id, principalId }) => [principalId, id]),
  );
}
