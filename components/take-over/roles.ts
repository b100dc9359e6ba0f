/** The inverse of roles.ts: who administers what, where the application may assign roles; else only who must not be lost. */
import { roleIdOf } from "../../core/directory-roles.ts";
import type { Inventory } from "../../provider/index.ts";
import type { Remarks, TenantDraft } from "../../tenant-file/index.ts";
import type { DraftedPeople } from "./people.ts";

type RoleEntry = NonNullable<TenantDraft["roles"]>[number];

export interface DraftedRoles {
  readonly roles: readonly RoleEntry[];
  /** Who holds the role that can do anything, where roles are not managed from here. */
  readonly globalAdministrators: readonly string[];
  /** By name of the role. */
  readonly remarks: Remarks["entries"];
}

export function draftRoles({ roles = [] }: Inventory, people: DraftedPeople): DraftedRoles {
  const managed = new Set(people.users.map(({ userPrincipalName }) => userPrincipalName));
  const drafted = roles.flatMap(({ displayName, templateId, holders, assignments }) => {
    if (assignments === undefined) return [];
    const users = holders
      .flatMap((id) => (assignments.has(id) ? (people.names.get(id) ?? []) : []))
      .filter((name) => managed.has(name))
      .sort();
    if (users.length === 0) return [];
    const role = roleIdOf(displayName) === templateId ? displayName : templateId;
    const others = holders.length - users.length;
    const remark = `${others} more, not users of this file: left as they are.`;
    return [
      {
        entry: { role, users: users.map((user) => ({ user })) },
        remarks: others === 0 ? [] : [[role, [remark]] as const],
      },
    ];
  });
  const global = roles.filter(({ isGlobalAdministrator }) => isGlobalAdministrator);
  const isManaged = drafted.some(({ entry }) =>
    global.some(({ templateId }) => roleIdOf(entry.role) === templateId),
  );
  return {
    roles: drafted.map(({ entry }) => entry),
    globalAdministrators: isManaged
      ? []
      : global.flatMap(({ holders }) => holders.flatMap((id) => people.names.get(id) ?? [])).sort(),
    remarks: new Map(drafted.flatMap(({ remarks }) => remarks)),
  };
}
