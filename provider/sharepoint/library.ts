/**
 * A document library of a site with permissions of its own: whoever may open the site may not open it for that. It is made
 * where there is none of that name, and never removed: it holds files.
 * @see https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest (checked 2026-11-27)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import { describeLibrary } from "./describe-library.ts";
import {
  carryOutGrants,
  everyGrant,
  grantChanges,
  grantSet,
  identify,
  othersThan,
  roleIn,
} from "./grants.ts";
import { readySite, siteUrl } from "./sharepoint-sites.ts";
import { closeLibrary, findLibrary, makeLibrary } from "./site-libraries.ts";
import { accessTo } from "./site-roles.ts";

const inputs = z.strictObject({
  siteId: z.string().min(1).describe("GUID of the site collection."),
  siteUrl,
  siteTitle: z.string().optional().describe("What people call the site."),
  title: z.string().min(1).max(255).describe("Name of the library; the key within the site."),
  hasUniqueRoleAssignments: z
    .boolean()
    .describe("True: whoever may open the site may not open the library for that."),
  grants: grantSet,
});

const outputs = z.object({
  listId: z.string().describe("GUID of the library."),
  otherPrincipals: z
    .int()
    .describe("People, groups and SharePoint groups with access that are not declared."),
});

/** No address of a site has a number sign. */
const idOf = ({ siteUrl: url, title }: { siteUrl: string; title: string }): string =>
  `${url}#${title}`;

const placeOf = (id: string): { url: string; title: string } => {
  const at = id.indexOf("#");
  return { url: id.slice(0, at), title: id.slice(at + 1) };
};

export const library = defineResource({
  token: "m365:sharepoint:Library",
  summary: "A document library of a site with permissions of its own.",
  inputs,
  outputs,
  permissions: {
    read: ["Sites.FullControl.All", "GroupMember.Read.All", "User.Read.All"],
    write: ["Sites.FullControl.All"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/sharepoint/dev/sp-add-ins/working-with-lists-and-list-items-with-rest",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/dotnet/api/microsoft.sharepoint.client.securableobject.breakroleinheritance",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["siteId", "grants[*].id", "grants[*].displayName"],
  replaceOn: ["siteUrl", "title"],
  listId: ({ siteUrl: url, title }) => idOf({ siteUrl: String(url), title: String(title) }),
  caseless: ["title"],
  annotations: ["siteTitle", "grants[*].displayName", "grants[*].principal"],
  elementKeys: { grants: ["id", "principal"] },

  validate: ({ hasUniqueRoleAssignments }) =>
    hasUniqueRoleAssignments
      ? []
      : [{ property: "hasUniqueRoleAssignments", reason: "must be true, or the library left out" }],

  // Whoever else has access is counted, and is nobody's drift.
  managed: (found, declared) => ({
    ...found,
    grants: (found.grants ?? []).filter((one) => roleIn(declared.grants, one) !== undefined),
  }),

  async read(context, { id, previous }) {
    const { url, title } = placeOf(id);
    const site = await readySite(context, url);
    const list = site && (await findLibrary(context, { url, title }));
    if (list === undefined) return undefined;
    const { Id: listId, Title, HasUniqueRoleAssignments: isClosed } = list;
    // Those of the site are not the library's.
    const access = isClosed ? await accessTo(context, { siteUrl: url, listId }) : [];
    const [grants, declared] = await Promise.all([
      everyGrant(context, access),
      identify(context, previous?.grants ?? []),
    ]);
    return {
      id,
      inputs: inputs.parse({
        ...{ siteId: site?.SiteId, siteUrl: url, title: Title },
        ...{ hasUniqueRoleAssignments: isClosed, grants },
      }),
      outputs: { listId, otherPrincipals: othersThan(declared, access) },
    };
  },

  async reconcile(context, { wanted, declared, observed }) {
    const { siteUrl: url, title } = wanted;
    const at = { url, title };
    const list = (await findLibrary(context, at)) ?? (await makeLibrary(context, at));
    const listId = list.Id;
    const id = observed?.id ?? idOf(wanted);
    context.created(id, { listId, otherPrincipals: 0 });
    // Closed before it is opened for anybody: a death in between leaves it closed.
    if (!list.HasUniqueRoleAssignments) await closeLibrary(context, { url, listId });
    const place = { siteUrl: url, listId };
    const changes = await grantChanges(context, await accessTo(context, place), {
      wanted: wanted.grants,
      declared: declared.grants,
      observed: observed && (observed.inputs.grants ?? []),
    });
    await carryOutGrants(context, place, changes);
    return { id, outputs: { listId, otherPrincipals: changes.others } };
  },

  async remove() {
    // It holds files, and closed to the site it stays closed: opening it is nobody's wish.
  },

  describe: describeLibrary,
});
