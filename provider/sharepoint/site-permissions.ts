/**
 * Which people and groups may do what on one site. Only those declared now or before are touched; SharePoint's
 * own groups and anybody else are left alone and counted.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/users-groups-and-roles-rest-api-reference (checked 2026-11)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import { isObject } from "../kit/values.ts";
import { describeGrants } from "./describe-grants.ts";
import {
  carryOutGrants,
  everyGrant,
  grantChanges,
  grantSet,
  identify,
  othersThan,
  removeAccess,
  roleIn,
} from "./grants.ts";
import { keepingLibraries } from "./kept-libraries.ts";
import { readySite, siteUrl } from "./sharepoint-sites.ts";
import { accessTo } from "./site-roles.ts";

const inputs = z.strictObject({
  siteId: z.string().min(1).describe("GUID of the site collection."),
  siteUrl,
  siteTitle: z.string().optional().describe("What people call the site."),
  grants: grantSet,
});

const outputs = z.object({
  otherPrincipals: z
    .int()
    .describe("People, groups and SharePoint groups with access that are not declared."),
});

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
    const access = await accessTo(context, { siteUrl: id });
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
    const place = { siteUrl: wanted.siteUrl };
    const changes = await grantChanges(context, await accessTo(context, place), {
      wanted: wanted.grants,
      declared: declared.grants,
      observed: observed && (observed.inputs.grants ?? []),
    });
    const result = { id: wanted.siteUrl, outputs: { otherPrincipals: changes.others } };
    context.created(result.id, result.outputs);
    await keepingLibraries(context, { ...place, losing: changes.dropping }, () =>
      carryOutGrants(context, place, changes),
    );
    return result;
  },

  async remove(context, { id, previous }) {
    if ((await readySite(context, id)) === undefined) return;
    const [access, principals] = await Promise.all([
      accessTo(context, { siteUrl: id }),
      identify(context, previous.grants),
    ]);
    await keepingLibraries(context, { siteUrl: id, losing: principals }, () =>
      removeAccess(context, { siteUrl: id }, { access, principals }),
    );
  },

  describe: describeGrants,
});

/** Only groups used to be declared by their ids. */
function asGrant(entry: unknown): unknown {
  if (!isObject(entry) || !("groupId" in entry)) return entry;
  const { groupId: id, ...grant } = entry;
  return { ...grant, id };
}
