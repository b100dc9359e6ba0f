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
import { keyedSetOf } from "../kit/zod-shapes.ts";
import {
  personLogin,
  readySite,
  securityGroupLogin,
  siteUrl,
  unifiedGroupLogin,
} from "./sharepoint-sites.ts";
import { addRole, ensurePrincipal, removeRole, roleIds, roleOf, siteAccess } from "./site-roles.ts";
import type { SiteAccess } from "./site-roles.ts";

const grant = z.strictObject({
  kind: z.enum(["user", "group"]),
  principal: z
    .string()
    .min(1)
    .toLowerCase()
    .describe("User principal name, or mail nickname of a group."),
  groupId: z
    .string()
    .min(1)
    .optional()
    .describe("Object id of the group; found by name if left out."),
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
      const id = entry.groupId ?? (await groupByName(context, entry.principal)).id;
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
    read: ["Sites.FullControl.All", "GroupMember.Read.All"],
    write: ["Sites.FullControl.All"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference",
      checked: "2026-11-22",
    },
  ],
  assignedByService: ["siteId", "grants[*].groupId", "grants[*].displayName"],
  replaceOn: ["siteUrl"],
  writeOnly: ["siteTitle"],

  async read(context, { id, previous }) {
    const found = await readySite(context, id);
    if (found === undefined) return undefined;
    const [access, declared] = await Promise.all([
      siteAccess(context, id),
      previous === undefined ? undefined : identify(context, previous.grants),
    ]);
    const base = { siteId: found.SiteId, siteUrl: id, siteTitle: previous?.siteTitle };
    const grants =
      declared === undefined ? await everyGrant(context, access) : grantsNow(declared, access);
    const known = new Set((declared ?? []).map(({ key }) => key));
    const others = access.filter(
      ({ principal }) => principal === undefined || !known.has(principal),
    );
    return {
      id,
      inputs: inputs.parse({ ...base, grants }),
      outputs: {
        otherPrincipals: declared === undefined ? access.length - grants.length : others.length,
      },
    };
  },

  async reconcile(context, { wanted, previous }) {
    const url = wanted.siteUrl;
    const [access, declared, before] = await Promise.all([
      siteAccess(context, url),
      identify(context, wanted.grants),
      identify(context, previous?.grants ?? []),
    ]);
    const ids = await roleIds(context, url);
    const kept = new Set(declared.map(({ key }) => key));
    const others = access.filter(
      ({ principal }) => principal === undefined || !kept.has(principal),
    );
    const dropped = before.filter(({ key }) => !kept.has(key));
    const result = {
      id: url,
      outputs: {
        otherPrincipals: others.filter(
          ({ principal }) => !dropped.some(({ key }) => key === principal),
        ).length,
      },
    };
    context.created(result.id, result.outputs);
    await Promise.all(
      declared.map(async (entry) => {
        const present = access.find(({ principal }) => principal === entry.key);
        const roleId = ids[entry.grant.role];
        const principalId =
          present?.principalId ??
          (await ensurePrincipal(context, url, {
            loginName: await loginOf(context, entry),
            name: entry.grant.principal,
          }));
        const has = present?.roles ?? [];
        // First the new role, then the old ones go: nobody is locked out in between.
        if (!has.some(({ Id }) => Id === roleId))
          await addRole(context, url, { principalId, roleId });
        await removeRoles(context, url, {
          principalId,
          roleIds: has.map(({ Id }) => Id).filter((id) => id !== roleId),
        });
      }),
    );
    await removeAccess(context, url, { access, principals: dropped });
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

/** What is left of the declared grants, with the roles that are there now. */
const grantsNow = (declared: readonly Principal[], access: readonly SiteAccess[]): Grant[] =>
  declared.flatMap(({ grant: entry, key }) => {
    const present = access.find(({ principal }) => principal === key);
    const role = present === undefined ? undefined : roleOf(present);
    return role === undefined ? [] : [{ ...entry, role }];
  });

/** All people and groups with one of the product's roles: what an import starts from. */
async function everyGrant(
  context: ResourceContext,
  access: readonly SiteAccess[],
): Promise<Grant[]> {
  const found = await Promise.all(
    access.map(async (entry): Promise<Grant | undefined> => {
      const role = roleOf(entry);
      const [kind, name] = entry.principal?.split(":", 2) ?? [];
      if (role === undefined || name === undefined) return undefined;
      if (kind === "user") return { kind, principal: name, role };
      const group = await context.service.graph.tryGet<{ mailNickname: string }>(
        `${odata`/groups/${name}`}?$select=mailNickname`,
      );
      if (group === undefined) return undefined;
      return { kind: "group", principal: group.mailNickname.toLowerCase(), groupId: name, role };
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
