/**
 * Which people and groups may do what on a site, or on a library with permissions of its own. Only those declared now or
 * before are touched; SharePoint's own groups and anybody else are left alone and counted.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference (checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { keyedSetOf } from "../kit/zod-shapes.ts";
import { personLogin, securityGroupLogin, unifiedGroupLogin } from "./sharepoint-sites.ts";
import { addRole, ensurePrincipal, removeRole, roleIds, roleOf } from "./site-roles.ts";
import type { Access, Role, Securable } from "./site-roles.ts";

const grant = z.strictObject({
  kind: z.enum(["user", "guest", "group"]),
  principal: z
    .string()
    .min(1)
    .toLowerCase()
    .describe("User principal name, mail address of a guest, or mail nickname of a group."),
  id: z
    .string()
    .min(1)
    .optional()
    .describe("Object id of the person or group; a user or group is found by name if left out."),
  displayName: z.string().optional().describe("What people call the person or group."),
  role: z.enum(["read", "edit", "full-control"]),
});

/** Everybody once. */
export const grantSet = keyedSetOf(grant, ({ kind, principal }) => `${kind}:${principal}`);

export type Grant = z.output<typeof grant>;

export interface Principal {
  readonly grant: Grant;
  /** As `principalOf` writes it. */
  readonly key: string;
}

interface GraphGroup {
  readonly id: string;
  readonly groupTypes: readonly string[];
}

/** Ties each declared person or group to SharePoint's way of naming it. */
export function identify(context: ResourceContext, grants: readonly Grant[]): Promise<Principal[]> {
  return Promise.all(
    grants.map(async (entry) => ({ grant: entry, key: await keyOfPrincipal(context, entry) })),
  );
}

async function keyOfPrincipal(
  context: ResourceContext,
  { kind, principal, id }: Grant,
): Promise<string> {
  switch (kind) {
    case "user":
      return `user:${principal}`;
    case "guest": {
      const account = await accountOf(context, id ?? principal);
      return account === undefined ? `guest:${principal}` : keyOfAccount(account);
    }
    case "group":
      return `group:${(id ?? (await groupByName(context, principal)).id).toLowerCase()}`;
  }
}

interface Account {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly userType?: string | null;
  readonly mail?: string | null;
}

/** A guest signs in by a user principal name of this tenant that Microsoft made of the mail address. */
const accountOf = (
  { service }: ResourceContext,
  name: string,
  call: { readonly justCreated?: true } = {},
): Promise<Account | undefined> =>
  service.graph.tryGet<Account>(
    `${odata`/users/${name}`}?$select=id,userPrincipalName,userType,mail`,
    call,
  );

const keyOfAccount = ({ userPrincipalName }: Account): string =>
  `user:${userPrincipalName.toLowerCase()}`;

async function groupByName(context: ResourceContext, name: string): Promise<GraphGroup> {
  const filter = odata`/groups?$filter=mailNickname eq '${name}'`;
  const found = await context.service.graph.all<GraphGroup>(`${filter}&$select=id,groupTypes`);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  throw new RefusedError({
    code: only === undefined ? "unknown-group" : "ambiguous-group",
    message:
      only === undefined
        ? `There is no group with the mail nickname ${name}`
        : `${found.length} groups have the mail nickname ${name}`,
    hint: "Declare the group in the tenant file, so that it is known by its id.",
  });
}

/** How SharePoint signs in the principal; security and Microsoft 365 groups are written differently. */
async function loginOf(
  context: ResourceContext,
  { grant: entry, key }: Principal,
): Promise<string> {
  const [kind = "", id = ""] = key.split(":", 2);
  if (kind === "user") return personLogin(id);
  if (kind === "guest") {
    const account = await accountOf(context, entry.id ?? id, { justCreated: true });
    return personLogin(account?.userPrincipalName.toLowerCase() ?? id);
  }
  const { groupTypes } = await context.service.graph.get<GraphGroup>(
    `${odata`/groups/${id}`}?$select=id,groupTypes`,
    { justCreated: true },
  );
  return groupTypes.includes("Unified") ? unifiedGroupLogin(id) : securityGroupLogin(id);
}

/** What has to be done so that the grants are as wanted. */
export interface GrantChanges {
  readonly access: readonly Access[];
  readonly before: readonly Grant[];
  readonly granting: readonly Principal[];
  readonly dropping: readonly Principal[];
  /** How many have access besides who is declared or loses it. */
  readonly others: number;
}

/** @param change.observed undefined where the grants come under management: who has access then was not approved to lose it */
export async function grantChanges(
  context: ResourceContext,
  access: readonly Access[],
  change: {
    readonly wanted: readonly Grant[];
    readonly declared: readonly Grant[];
    readonly observed: readonly Grant[] | undefined;
  },
): Promise<GrantChanges> {
  const { wanted, declared, observed } = change;
  const before = observed ?? (await everyGrant(context, access));
  const kept = new Set(wanted.map(keyOf));
  const changed = wanted.filter((entry) => roleIn(before, entry) !== entry.role);
  const surplus = observed ?? [];
  const [ours, granting, dropping] = await Promise.all([
    identify(context, declared),
    identify(context, changed),
    identify(
      context,
      surplus.filter((entry) => !kept.has(keyOf(entry))),
    ),
  ]);
  const others = othersThan([...ours, ...dropping], access);
  return { access, before, granting, dropping, others };
}

export async function carryOutGrants(
  context: ResourceContext,
  place: Securable,
  { access, before, granting, dropping }: GrantChanges,
): Promise<void> {
  const ids = granting.length === 0 ? undefined : await roleIds(context, place.siteUrl);
  await Promise.all(
    granting.map(async (entry) => {
      if (ids === undefined) return;
      const present = access.find(({ principal }) => principal === entry.key);
      const principalId =
        present?.principalId ??
        (await ensurePrincipal(context, place.siteUrl, {
          loginName: await loginOf(context, entry),
          name: entry.grant.principal,
        }));
      const has = (present?.roles ?? []).map(({ Id }) => Id);
      const roleId = ids[entry.grant.role];
      const oldRole = roleIn(before, entry.grant);
      // First the new role, then the old one goes: nobody is locked out in between.
      if (!has.includes(roleId)) await addRole(context, place, { principalId, roleId });
      if (oldRole !== undefined && has.includes(ids[oldRole])) {
        await removeRole(context, place, { principalId, roleId: ids[oldRole] });
      }
    }),
  );
  await removeAccess(context, place, { access, principals: dropping });
}

const keyOf = ({ id, principal }: Grant): string => id ?? principal;

const isSame = (one: Grant, other: Grant): boolean =>
  one.id === undefined || other.id === undefined
    ? one.kind === other.kind && one.principal === other.principal
    : one.id === other.id;

export const roleIn = (grants: readonly Grant[], entry: Grant): Role | undefined =>
  grants.find((one) => isSame(one, entry))?.role;

/** How many have access besides these. */
export function othersThan(principals: readonly Principal[], access: readonly Access[]): number {
  const known = new Set(principals.map(({ key }) => key));
  return access.filter(({ principal }) => principal === undefined || !known.has(principal)).length;
}

/** All people and groups with one of the product's roles. */
export async function everyGrant(
  context: ResourceContext,
  access: readonly Access[],
): Promise<Grant[]> {
  const found = await Promise.all(
    access.map(async (entry): Promise<Grant | undefined> => {
      const role = roleOf(entry);
      const [kind, name] = entry.principal?.split(":", 2) ?? [];
      if (role === undefined || name === undefined) return undefined;
      if (kind === "user") {
        const person = await accountOf(context, name);
        const { id, userType, mail } = person ?? {};
        const guest = userType === "Guest" && typeof mail === "string" ? mail : undefined;
        return {
          ...(guest === undefined
            ? { kind, principal: name }
            : { kind: "guest", principal: guest }),
          ...(id === undefined ? {} : { id }),
          role,
        };
      }
      const group = await context.service.graph.tryGet<{ mailNickname: string }>(
        `${odata`/groups/${name}`}?$select=mailNickname`,
      );
      if (group === undefined) return undefined;
      return { kind: "group", principal: group.mailNickname.toLowerCase(), id: name, role };
    }),
  );
  return found.filter((entry) => entry !== undefined).map(unlikeOthers);
}

/** Two security groups may have the same mail nickname: only their ids tell them apart. */
function unlikeOthers(entry: Grant, _at: number, all: readonly Grant[]): Grant {
  const { id, kind, principal } = entry;
  const alike = all.filter((one) => one.kind === kind && one.principal === principal);
  return alike.length === 1 || id === undefined ? entry : { ...entry, principal: id };
}

export async function removeAccess(
  context: ResourceContext,
  place: Securable,
  target: { readonly access: readonly Access[]; readonly principals: readonly Principal[] },
): Promise<void> {
  const keys = new Set(target.principals.map(({ key }) => key));
  await Promise.all(
    target.access
      .filter(({ principal }) => principal !== undefined && keys.has(principal))
      .map(({ principalId, roles }) =>
        removeRoles(context, place, { principalId, roleIds: roles.map(({ Id }) => Id) }),
      ),
  );
}

async function removeRoles(
  context: ResourceContext,
  place: Securable,
  target: { readonly principalId: number; readonly roleIds: readonly number[] },
): Promise<void> {
  for (const roleId of target.roleIds) {
    await removeRole(context, place, { principalId: target.principalId, roleId });
  }
}
