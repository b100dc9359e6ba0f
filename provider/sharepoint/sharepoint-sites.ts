/**
 * SharePoint's site manager and tenant administration: what exists at a URL, and its properties.
 * @see https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest (checked 2026-11)
 */
import { z } from "zod";
import type { ResourceContext } from "../kit/define.ts";

/** Full address of a site; lower case, because SharePoint compares without case. */
export const siteUrl = z
  .string()
  .toLowerCase()
  .regex(
    /^https:\/\/[a-z0-9-]+\.sharepoint\.com\/(sites|teams)\/[^/?#%*:<>|"\\\s]+$/,
    "must be a full site address, such as https://contoso.sharepoint.com/sites/finance",
  );

/** `SiteStatus` of the site manager. */
export const SITE_STATUS = { notFound: 0, provisioning: 1, ready: 2, failed: 3, urlTaken: 4 };

export interface SiteAnswer {
  /** GUID of the site collection; empty while there is none. */
  readonly SiteId: string;
  readonly SiteStatus: number;
  readonly SiteUrl: string;
}

/** Provisioning takes seconds, and on bad days many minutes. */
const PROVISIONING_DEADLINE_MS = 15 * 60_000;

export const hostOf = (url: string): string => new URL(url).host;
export const pathOf = (url: string): string => new URL(url).pathname;

/** Host of the sites of the tenant with this initial domain. */
export const siteHostOf = (initialDomain: string): string =>
  initialDomain.replace(".onmicrosoft.com", ".sharepoint.com");

/** Host of the tenant's SharePoint administration: `contoso-admin.sharepoint.com`. */
const adminHostOf = (url: string): string => hostOf(url).replace(".", "-admin.");

/** A text between single quotes of an OData URL. */
export const quoted = (text: string): string =>
  `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;

export const siteStatus = (context: ResourceContext, url: string): Promise<SiteAnswer> =>
  context.service
    .sharePoint(hostOf(url))
    .get<SiteAnswer>(`/_api/SPSiteManager/status?url=${quoted(url)}`);

/** The site once it can be used; `undefined` when there is none. */
export async function readySite(
  context: ResourceContext,
  url: string,
): Promise<SiteAnswer | undefined> {
  const answer = await context.service.waitUntil(
    async () => {
      const status = await siteStatus(context, url);
      return status.SiteStatus === SITE_STATUS.provisioning ? undefined : status;
    },
    {
      what: `the site ${url} to be set up`,
      deadlineMs: PROVISIONING_DEADLINE_MS,
      signal: context.signal,
    },
  );
  return answer.SiteStatus === SITE_STATUS.notFound ? undefined : answer;
}

/** What the tenant's administration knows of a site. */
export interface SiteProperties {
  readonly Title: string;
  readonly Lcid: number;
  readonly Template: string;
  /** An address, or a claim such as `i:0#.f|membership|anna@contoso.com`. */
  readonly Owner: string;
  /** The same as a claim; not always filled. */
  readonly OwnerLoginName?: string | null;
  /** Megabytes. */
  readonly StorageMaximumLevel: number;
  readonly SharingCapability: number;
  /** `NoAccess` where nobody is let in. */
  readonly LockState?: string;
}

const propertiesPath = (siteId: string): string => `/_api/SPO.Tenant/sites(${quoted(siteId)})`;

export const siteProperties = (
  context: ResourceContext,
  site: { readonly url: string; readonly id: string },
): Promise<SiteProperties> =>
  context.service.sharePoint(adminHostOf(site.url)).get<SiteProperties>(propertiesPath(site.id));

export const patchSiteProperties = (
  context: ResourceContext,
  site: { readonly url: string; readonly id: string },
  body: Readonly<Record<string, unknown>>,
): Promise<void> =>
  context.service.sharePoint(adminHostOf(site.url)).patch(propertiesPath(site.id), body);

/** Claims: how SharePoint writes the people and groups of the directory. */
export const personLogin = (userPrincipalName: string): string =>
  `i:0#.f|membership|${userPrincipalName}`;
export const securityGroupLogin = (id: string): string => `c:0t.c|tenant|${id}`;
export const unifiedGroupLogin = (id: string): string =>
  `c:0o.c|federateddirectoryclaimprovider|${id}`;

/** What a claim names, without regard to how: `user:<name>` or `group:<id>`; undefined for anything else. */
export function principalOf(loginName: string): string | undefined {
  const [kind = "", provider = "", name = ""] = loginName.toLowerCase().split("|");
  if (kind === "i:0#.f" && provider === "membership") return `user:${name}`;
  const isGroup =
    (kind === "c:0t.c" && provider === "tenant") ||
    (kind === "c:0o.c" && provider === "federateddirectoryclaimprovider");
  return isGroup ? `group:${name}` : undefined;
}

/** Days for which SharePoint keeps a deleted site. */
export const BIN_DAYS = 93;

/** An owner that is not a person, such as the owners of a group. */
export const isClaim = (owner: string): boolean => owner.startsWith("c:0");
