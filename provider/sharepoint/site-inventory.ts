/**
 * Every site that a tenant has, and who may do what on those that a tenant file can declare. Only reads.
 * @see https://learn.microsoft.com/graph/api/site-getallsites (v1.0, application permission only; checked 2026-11-27)
 */
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { stillThere } from "../kit/refusal.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { siteHostOf, siteProperties, siteUrl } from "./sharepoint-sites.ts";
import { library } from "./library.ts";
import { siteLibraries } from "./site-libraries.ts";
import { sitePermissions } from "./site-permissions.ts";
import { isOpenToEveryone } from "./site-roles.ts";
import { site, siteOwner } from "./site.ts";
import { siteSettings } from "./site-settings.ts";
import type { SiteSettings } from "./site-settings.ts";

/**
 * group: comes and goes with a Microsoft 365 group or a channel of its team. personal: OneDrive. elsewhere: at no
 * address of its own under /sites or /teams. locked: nobody is let in. other: made by the service.
 */
type OtherKind = "group" | "personal" | "elsewhere" | "locked" | "other";

interface SiteName {
  /** Full address, lower case. */
  readonly url: string;
  readonly title: string;
}

/** A site without a group, which a tenant file can declare; or one at which nobody looks more closely. */
export type InventoriedSite = SiteName &
  (
    | {
        readonly kind: "team" | "communication";
        readonly access: SiteAccess;
        readonly settings: SiteSettings;
        /** Those with permissions of their own. */
        readonly libraries: readonly InventoriedLibrary[];
      }
    | { readonly kind: OtherKind; readonly access?: undefined }
  );

interface SiteAccess {
  /** User principal name in lower case, or a claim where a group owns it. */
  readonly owner: string;
  /** People and groups with one of the product's roles; none of sharing links and limited access. */
  readonly grants: readonly SiteGrant[];
  /** How many have access besides: SharePoint's own groups, and mixtures of roles. */
  readonly others: number;
  /** Whether everybody in the organisation has a role, by themselves or in one of SharePoint's own groups. */
  readonly isOpenToEveryone?: boolean;
}

interface InventoriedLibrary {
  readonly title: string;
  readonly grants: readonly SiteGrant[];
  /** How many have access besides. */
  readonly others: number;
}

export interface SiteGrant {
  readonly kind: "user" | "guest" | "group";
  /** Object id; undefined for who is not in the directory any more. */
  readonly id?: string | undefined;
  readonly role: "read" | "edit" | "full-control";
}

/** A site as Graph lists it. */
interface ListedSite {
  /** `{host},{site id},{web id}` */
  readonly id: string;
  readonly displayName?: string | null;
  readonly name?: string | null;
  readonly webUrl: string;
  readonly isPersonalSite?: boolean | null;
}

/**
 * By the template that a site was made with; those of groups and channels as administrators see them.
 * @see https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest (checked 2026-11-27)
 */
const KINDS: readonly (readonly [template: RegExp, kind: InventoriedSite["kind"]])[] = [
  [/^STS#/, "team"],
  [/^SITEPAGEPUBLISHING#/, "communication"],
  [/^(GROUP|TEAMCHANNEL)#/, "group"],
];

/** Everything, or why nobody looked: what a take-over does without when the application may not read it. */
export async function readSites(
  context: ResourceContext,
  { initialDomain }: { readonly initialDomain: string },
): Promise<Part<readonly InventoriedSite[]>> {
  const { service } = context;
  const { sites } = permissionsOfTakeOver;
  const [ofGraph, ofSharePoint] = await Promise.all([
    service.grantedPermissions("graph"),
    service.grantedPermissions({ sharePoint: siteHostOf(initialDomain) }),
  ]);
  if (!isGranted(sites, ofGraph)) return notGranted(sites);
  const needed = site.permissions.read.find((name) => !isGranted(name, ofSharePoint));
  if (needed !== undefined) return notGranted(needed, "SharePoint");
  try {
    const listed = await service.graph.all<ListedSite>("/sites/getAllSites");
    return { found: await Promise.all(listed.map((one) => readSite(context, one))) };
  } catch (error) {
    if (!isRequestError(error, "sign-in-failed")) throw error;
    return { reason: error.hint.replace(/\.$/, "") };
  }
}

async function readSite(context: ResourceContext, listed: ListedSite): Promise<InventoriedSite> {
  const url = listed.webUrl.toLowerCase();
  const site = { url, title: listed.displayName ?? listed.name ?? url };
  if (listed.isPersonalSite === true) return { ...site, kind: "personal" };
  const [, id = ""] = listed.id.split(",");
  if (!siteUrl.safeParse(url).success) return { ...site, kind: "elsewhere" };
  const properties = await siteProperties(context, { url, id });
  const [, kind = "other"] = KINDS.find(([template]) => template.test(properties.Template)) ?? [];
  const { Title: title } = properties;
  if (kind !== "team" && kind !== "communication") return { url, title, kind };
  if (properties.LockState === "NoAccess") return { url, title, kind: "locked" };
  const found = await sitePermissions.read(context, { id: url, previous: undefined });
  const { inputs, outputs } = stillThere(found, url);
  const grants = inputs.grants ?? [];
  const others = outputs.otherPrincipals - grants.length;
  const settings = siteSettings(properties);
  const [libraries, isOpen] = await Promise.all([
    readLibraries(context, url),
    isOpenToEveryone(context, url),
  ]);
  return {
    url,
    title,
    kind,
    settings,
    libraries,
    access: { owner: siteOwner(properties), grants, others, isOpenToEveryone: isOpen },
  };
}

async function readLibraries(
  context: ResourceContext,
  siteUrl: string,
): Promise<InventoriedLibrary[]> {
  const closed = (await siteLibraries(context, siteUrl)).filter(
    ({ HasUniqueRoleAssignments }) => HasUniqueRoleAssignments,
  );
  return await Promise.all(
    closed.map(async ({ Title: title }) => {
      const id = String(library.listId?.({ siteUrl, title }));
      const found = stillThere(await library.read(context, { id, previous: undefined }), id);
      const { inputs, outputs } = found;
      const grants = inputs.grants ?? [];
      return { title, grants, others: outputs.otherPrincipals - grants.length };
    }),
  );
}
