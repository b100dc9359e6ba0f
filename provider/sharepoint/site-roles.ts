/**
 * Who may do what on a site: SharePoint's role assignments, by principal.
 * Role definitions are recognised by their kind, since their names follow the site's language.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference (checked 2026-11)
 */
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { hostOf, pathOf, principalOf } from "./sharepoint-sites.ts";

export type Role = "read" | "edit" | "full-control";

/** SP.RoleType. "Limited access" comes by itself with a share inside the site and is nobody's grant. */
const ROLE_KINDS: Readonly<Record<Role, number>> = { read: 2, edit: 6, "full-control": 5 };
const LIMITED_ACCESS_KIND = 1;

/** A new person or group is known to SharePoint within minutes. */
const REPLICATION_DEADLINE_MS = 5 * 60_000;

interface RoleDefinition {
  readonly Id: number;
  readonly RoleTypeKind: number;
}

interface RoleAssignment {
  readonly PrincipalId: number;
  readonly Member: { readonly LoginName: string };
  readonly RoleDefinitionBindings: readonly RoleDefinition[];
}

/** A site, or a library of it that has permissions of its own. */
export interface Securable {
  /** Full address. */
  readonly siteUrl: string;
  /** GUID of the library; undefined is the site itself. */
  readonly listId?: string;
}

/** Roles that a principal has directly there. */
export interface Access {
  readonly principalId: number;
  /** `user:<name>` or `group:<id>`; undefined for SharePoint's own groups and built-in claims. */
  readonly principal: string | undefined;
  readonly roles: readonly RoleDefinition[];
}

const assignmentsPath = ({ siteUrl, listId }: Securable): string =>
  `${pathOf(siteUrl)}/_api/web/${listId === undefined ? "" : `lists(guid'${listId}')/`}roleassignments`;

export async function accessTo(context: ResourceContext, place: Securable): Promise<Access[]> {
  const found = await assignmentsOf(context, place);
  return found
    .map(({ PrincipalId, Member, roles }) => ({
      principalId: PrincipalId,
      principal: principalOf(Member.LoginName),
      roles,
    }))
    .filter(({ roles }) => roles.length > 0);
}

/** With the roles that somebody gave; what comes by itself with a share inside the site is none. */
async function assignmentsOf(
  context: ResourceContext,
  place: Securable,
): Promise<(RoleAssignment & { readonly roles: readonly RoleDefinition[] })[]> {
  const expand = "$expand=Member,RoleDefinitionBindings";
  const found = await context.service
    .sharePoint(hostOf(place.siteUrl))
    .all<RoleAssignment>(`${assignmentsPath(place)}?${expand}`);
  return found.map((one) => ({
    ...one,
    roles: one.RoleDefinitionBindings.filter(
      ({ RoleTypeKind }) => RoleTypeKind !== LIMITED_ACCESS_KIND,
    ),
  }));
}

/** Everybody who can sign in; with guests, or without. */
const EVERYONE = /^c:0\(\.s\|true$|^c:0-\.f\|rolemanager\|spo-grid-all-users/i;

/** Whether everybody in the organisation has a role on the site, by themselves or in one of SharePoint's own groups. */
export async function isOpenToEveryone(
  context: ResourceContext,
  siteUrl: string,
): Promise<boolean> {
  interface Group {
    readonly Id: number;
    readonly Users: readonly { readonly LoginName: string }[];
  }
  const client = context.service.sharePoint(hostOf(siteUrl));
  const [assignments, groups] = await Promise.all([
    assignmentsOf(context, { siteUrl }),
    client.all<Group>(`${pathOf(siteUrl)}/_api/web/sitegroups?$expand=Users`),
  ]);
  const usersOf = new Map(groups.map(({ Id, Users }) => [Id, Users]));
  return assignments.some(
    ({ PrincipalId, Member, roles }) =>
      roles.length > 0 &&
      [Member, ...(usersOf.get(PrincipalId) ?? [])].some(({ LoginName }) =>
        EVERYONE.test(LoginName),
      ),
  );
}

/** The one role of the product that the bindings come down to; undefined for any other mixture. */
export function roleOf(access: Access): Role | undefined {
  const [only, ...others] = access.roles;
  if (only === undefined || others.length > 0) return undefined;
  return (Object.keys(ROLE_KINDS) as Role[]).find((role) => ROLE_KINDS[role] === only.RoleTypeKind);
}

/** Ids of the product's roles on this site. */
export async function roleIds(
  context: ResourceContext,
  url: string,
): Promise<Readonly<Record<Role, number>>> {
  const definitions = await context.service
    .sharePoint(hostOf(url))
    .all<RoleDefinition>(`${pathOf(url)}/_api/web/roledefinitions?$select=Id,RoleTypeKind`);
  const idOf = (role: Role): number => {
    const found = definitions.find(({ RoleTypeKind }) => RoleTypeKind === ROLE_KINDS[role]);
    if (found !== undefined) return found.Id;
    throw new RefusedError({
      code: "role-missing",
      message: `The site ${url} has no permission level for ${role}`,
      hint: "Restore SharePoint's default permission levels on that site.",
    });
  };
  return { read: idOf("read"), edit: idOf("edit"), "full-control": idOf("full-control") };
}

/** SharePoint's number for somebody on this site, who is made known to it where needed. */
export async function ensurePrincipal(
  context: ResourceContext,
  url: string,
  who: { readonly loginName: string; readonly name: string },
): Promise<number> {
  const client = context.service.sharePoint(hostOf(url));
  const path = `${pathOf(url)}/_api/web/ensureuser`;
  const body = { logonName: who.loginName };
  const ensure = async (): Promise<number | undefined> => {
    try {
      return (await client.post<{ Id: number }>(path, body, { idempotent: true })).Id;
    } catch (error) {
      if (!isUnknownPrincipal(error)) throw error;
      return undefined;
    }
  };
  try {
    return await context.service.waitUntil(ensure, {
      what: `SharePoint to know ${who.name}`,
      deadlineMs: REPLICATION_DEADLINE_MS,
      signal: context.signal,
    });
  } catch (error) {
    if (!isRequestError(error, "deadline-exceeded")) throw error;
    throw new RefusedError({
      code: "unknown-principal",
      message: `SharePoint does not know ${who.name}, so ${url} cannot be opened for them`,
      hint: "Check the spelling; a person needs a licence with SharePoint, and a new group needs some minutes.",
      cause: error,
    });
  }
}

export const isUnknownPrincipal = (error: unknown): boolean =>
  isRequestError(error) && /could not be found/i.test(error.serviceMessage ?? "");

export const addRole = (
  context: ResourceContext,
  place: Securable,
  role: { readonly principalId: number; readonly roleId: number },
): Promise<void> =>
  context.service
    .sharePoint(hostOf(place.siteUrl))
    .post(
      `${assignmentsPath(place)}/addroleassignment(principalid=${role.principalId},roledefid=${role.roleId})`,
      undefined,
      { idempotent: true },
    );

export async function removeRole(
  context: ResourceContext,
  place: Securable,
  role: { readonly principalId: number; readonly roleId: number },
): Promise<void> {
  const target = `(principalid=${role.principalId},roledefid=${role.roleId})`;
  try {
    await context.service
      .sharePoint(hostOf(place.siteUrl))
      .post(`${assignmentsPath(place)}/removeroleassignment${target}`, undefined, {
        idempotent: true,
      });
  } catch (error) {
    if (!isRequestError(error, "not-found")) throw error;
  }
}
