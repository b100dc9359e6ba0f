/**
 * Which people and groups may do what on one site. Only those declared now or before are touched; SharePoint's
 * own groups and anybody else are left alone and counted.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference (checked 2026-11)
 */
import { z } from "zod";
import { odata } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { ResourceContext } from "../kit/define.ts";
import { describeGrants } from "./describe-grants.ts";
import { RefusedError } from "../kit/refusal.ts";
import { isObject } from "../kit/values.ts";
import { keyedSetOf } from "../kit/zod-shapes.ts";
import {
  personLogin,
  readySite,
  securityGroupLogin,
  siteUrl,
  unifiedGroupLogin,
} from "./sharepoint-sites.ts";
import { addRole, ensurePrincipal, removeRole, roleIds, roleOf, siteAccess } from "./site-roles.ts";
import type { Role, SiteAccess } from "./site-roles.ts";

const grant = z.strictObject({
  kind: z.enum(["user", "group"]),
  principal: z
    .string()
    .min(1)
    .toLowerCase()
    .describe("User principal name, or mail nickname of a group."),
  id: z
    .string()
    .min(1)
    .optional()
    .describe("Object id of the person or group; a group is found by name if left out."),
  displayName: z.string().optional().describe("What people call the person or group."),
  role: z.enum(["read", "edit", "full-control"]),
});

const inputs = z.strictObject({
  siteId: z.string().min(1).describe("GUID of the site collection."),
  siteUrl,
  siteTitle: z.string().optional().describe("What people call the site."),
  grants: keyedSetOf(grant, ({ kind, principal }) => `${kind}:${principal}`),
});

const outputs = z.object({
  otherPrincipals: z
    .int()
    .describe("People, groups and SharePoint groups with access that are not declared."),
});

type Grant = z.output<typeof grant>;

interface Principal {
  readonly grant: Grant;
  /** As `principalOf` writes it. */
  readonly key: string;
}

interface GraphGroup {
  readonly id: string;
  readonly groupTypes: readonly string[];
}

/** Ties each declared person or group to SharePoint's way of naming it. */
function identify(context: ResourceContext, grants: readonly Grant[]): Promise<Principal[]> {
  return Promise.all(
    grants.map(async (entry) => {
      if (entry.kind === "user") return { grant: entry, key: `user:${entry.principal}` };
      const id = entry.id ?? (await groupByName(context, entry.principal)).id;
      return { grant: entry, key: `group:${id.toLowerCase()}` };
    }),
  );
}

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
  if (entry.kind === "user") return personLogin(entry.principal);
  const id = key.replace(/^group:/, "");
  const { groupTypes } = await context.service.graph.get<GraphGroup>(
    `${odata`/groups/${id}`}?$select=id,groupTypes`,
    { justCreated: true },
  );
  return groupTypes.includes("Unified") ? unifiedGroupLogin(id) : securityGroupLogin(id);
}

export const sitePermissions = defineResource({
  token: "m365:sharepoint:SitePermissions",
  summary: "Which people and groups may do what on a site.",
  inputs,
  outputs,
  permissions: {
    read: ["Sites.FullControl.All", "GroupMember.Read.All", "User.Read.All"],
    write: ["Sites.FullControl.All"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["siteId", "grants[*].id", "grants[*].displayName"],
  replaceOn: ["siteUrl"],
  listId: ({ siteUrl }) => siteUrl,
  annotations: ["siteTitle", "grants[*].displayName", "grants[*].principal"],
  elementKeys: { grants: ["id", "principal"] },

  earlier: ({ grants, ...inputs }) => ({
    ...inputs,
    grants: Array.isArray(grants) ? grants.map(asGrant) : grants,
  }),

  // Whoever else has access is counted, and is nobody's drift.
  managed: (found, declared) => ({
    ...found,
    grants: (found.grants ?? []).filter((one) => roleIn(declared.grants, one) !== undefined),
  }),

  async read(context, { id, previous }) {
    const found = await readySite(context, id);
    if (found === undefined) return undefined;
    const access = await siteAccess(context, id);
    const [grants, declared] = await Promise.all([
      everyGrant(context, access),
      identify(context, previous?.grants ?? []),
    ]);
    return {
      id,
      inputs: inputs.parse({ siteId: found.SiteId, siteUrl: id, grants }),
      outputs: { otherPrincipals: othersThan(declared, access) },
    };
  },

  async reconcile(context, { wanted, declared, observed }) {
    const url = wanted.siteUrl;
    const [access, ids] = await Promise.all([siteAccess(context, url), roleIds(context, url)]);
    const before = observed?.inputs.grants ?? (await everyGrant(context, access));
    const kept = new Set(wanted.grants.map(keyOf));
    const changed = wanted.grants.filter((entry) => roleIn(before, entry) !== entry.role);
    // Who has access when a site comes under management was not approved to lose it.
    const surplus = observed === undefined ? [] : before;
    const [ours, granting, dropping] = await Promise.all([
      identify(context, declared.grants),
      identify(context, changed),
      identify(
        context,
        surplus.filter((entry) => !kept.has(keyOf(entry))),
      ),
    ]);
    const result = {
      id: url,
      outputs: { otherPrincipals: othersThan([...ours, ...dropping], access) },
    };
    context.created(result.id, result.outputs);
    await Promise.all(
      granting.map(async (entry) => {
        const present = access.find(({ principal }) => principal === entry.key);
        const principalId =
          present?.principalId ??
          (await ensurePrincipal(context, url, {
            loginName: await loginOf(context, entry),
            name: entry.grant.principal,
          }));
        const has = (present?.roles ?? []).map(({ Id }) => Id);
        const roleId = ids[entry.grant.role];
        const oldRole = roleIn(before, entry.grant);
        // First the new role, then the old one goes: nobody is locked out in between.
        if (!has.includes(roleId)) await addRole(context, url, { principalId, roleId });
        if (oldRole !== undefined && has.includes(ids[oldRole])) {
          await removeRole(context, url, { principalId, roleId: ids[oldRole] });
        }
      }),
    );
    await removeAccess(context, url, { access, principals: dropping });
    return result;
  },

  async remove(context, { id, previous }) {
    if ((await readySite(context, id)) === undefined) return;
    const [access, principals] = await Promise.all([
      siteAccess(context, id),
      identify(context, previous.grants),
    ]);
    await removeAccess(context, id, { access, principals });
  },

  describe: describeGrants,
});

/** Only groups used to be declared by their ids. */
function asGrant(entry: unknown): unknown {
  if (!isObject(entry) || !("groupId" in entry)) return entry;
  const { groupId: id, ...grant } = entry;
  return { ...grant, id };
}

const keyOf = ({ id, principal }: Grant): string => id ?? principal;

const isSame = (one: Grant, other: Grant): boolean =>
  one.id === undefined || other.id === undefined
    ? one.kind === other.kind && one.principal === other.principal
    : one.id === other.id;

const roleIn = (grants: readonly Grant[], entry: Grant): Role | undefined =>
  grants.find((one) => isSame(one, entry))?.role;

/** How many have access besides these. */
function othersThan(principals: readonly Principal[], access: readonly SiteAccess[]): number {
  const known = new Set(principals.map(({ key }) => key));
  return access.filter(({ principal }) => principal === undefined || !known.has(principal)).length;
}

/** All people and groups with one of the product's roles. */
async function everyGrant(
  context: ResourceContext,
  access: readonly SiteAccess[],
): Promise<Grant[]> {
  const found = await Promise.all(
    access.map(async (entry): Promise<Grant | undefined> => {
      const role = roleOf(entry);
      const [kind, name] = entry.principal?.split(":", 2) ?? [];
      if (role === undefined || name === undefined) return undefined;
      if (kind === "user") {
        const path = `${odata`/users/${name}`}?$select=id`;
        const person = await context.service.graph.tryGet<{ id: string }>(path);
        return { kind, principal: name, ...(person && { id: person.id }), role };
      }
      const group = await context.service.graph.tryGet<{ mailNickname: string }>(
        `${odata`/groups/${name}`}?$select=mailNickname`,
      );
      if (group === undefined) return undefined;
      return { kind: "group", principal: group.mailNickname.toLowerCase(), id: name, role };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

async function removeAccess(
  context: ResourceContext,
  url: string,
  target: { readonly access: readonly SiteAccess[]; readonly principals: readonly Principal[] },
): Promise<void> {
  const keys = new Set(target.principals.map(({ key }) => key));
  await Promise.all(
    target.access
      .filter(({ principal }) => principal !== undefined && keys.has(principal))
      .map(({ principalId, roles }) =>
        removeRoles(context, url, { principalId, roleIds: roles.map(({ Id }) => Id) }),
      ),
  );
}

async function removeRoles(
  context: ResourceContext,
  url: string,
  target: { readonly principalId: number; readonly roleIds: readonly number[] },
): Promise<void> {
  for (const roleId of target.roleIds) {
    await removeRole(context, url, { principalId: target.principalId, roleId });
  }
}
