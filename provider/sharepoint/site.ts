/**
 * A SharePoint site without a Microsoft 365 group. Needs a certificate: SharePoint accepts an application
 * only with one.
 * @see https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest (checked 2026-11)
 */
import { z } from "zod";
import { SHARING_CAPABILITIES } from "../../core/sharing.ts";
import { localeOf } from "../../core/i18n/format.ts";
import { defineResource } from "../kit/define.ts";
import type { CheckFailure, Observed, ResourceContext } from "../kit/define.ts";
import { mayBeOurs } from "../kit/earlier-run.ts";
import { RefusedError } from "../kit/refusal.ts";
import { describeSite } from "./describe-site.ts";
import {
  BIN_DAYS,
  hostOf,
  isClaim,
  patchSiteProperties,
  pathOf,
  personLogin,
  principalOf,
  readySite,
  SITE_STATUS,
  siteProperties,
  siteStatus,
  siteUrl,
} from "./sharepoint-sites.ts";
import type { SiteAnswer, SiteProperties } from "./sharepoint-sites.ts";
import { isUnknownPrincipal } from "./site-roles.ts";
import { changedSettings, refuseBeyondTenant, siteSettings } from "./site-settings.ts";

const WEB_TEMPLATES = { team: "STS#3", communication: "SITEPAGEPUBLISHING#0" } as const;
const ENGLISH_LCID = 1033;

const inputs = z.strictObject({
  url: siteUrl.describe("Full address; the key of the site."),
  title: z.string().min(1).max(255),
  template: z.enum(["team", "communication"]),
  owner: z
    .string()
    .toLowerCase()
    // A site that is taken over may belong to a group's owners, which SharePoint writes as a claim.
    .regex(/^([^\s@]+@[^\s@]+|c:0.+)$/, "must be an address: name@domain")
    .describe("User principal name of who is responsible for the site."),
  lcid: z
    .int()
    .default(ENGLISH_LCID)
    .describe("Language of menus and role names: 1043 Dutch, 1033 English. Fixed once made."),
  sharingCapability: z
    .enum(SHARING_CAPABILITIES)
    .optional()
    .describe("With whom people may share what is in the site."),
  storageQuota: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Most that the site may hold, in megabytes; only kept while the tenant's storage is managed manually.",
    ),
});

const outputs = z.object({ siteId: z.string().describe("GUID of the site collection.") });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** The person behind an owner's login name; an owner that is not a person (a group's owners) is shown as it is. */
export function siteOwner({ OwnerLoginName, Owner }: SiteProperties): string {
  const login = OwnerLoginName ?? Owner;
  const person = principalOf(login)?.match(/^user:(.*)/)?.[1];
  return person ?? login.toLowerCase();
}

function observed(
  url: string,
  siteId: string,
  properties: SiteProperties,
): Observed<Inputs, Outputs> {
  const { Title, Template } = properties;
  return {
    id: url,
    inputs: {
      url,
      title: Title,
      template: Template === WEB_TEMPLATES.communication ? "communication" : "team",
      owner: siteOwner(properties),
      ...siteSettings(properties),
    },
    outputs: { siteId },
  };
}

export const site = defineResource({
  token: "m365:sharepoint:Site",
  summary: "A SharePoint site.",
  inputs,
  outputs,
  permissions: {
    read: ["Sites.FullControl.All"],
    write: ["Sites.FullControl.All", "SharePointTenantSettings.Read.All"],
  },
  sources: [
    {
      url: "https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest",
      checked: "2026-11-22",
    },
    {
      url: "https://learn.microsoft.com/sharepoint/restore-deleted-site-collection",
      checked: "2026-11-22",
    },
  ],
  limits: [
    {
      name: "deletedSiteRetentionDays",
      value: BIN_DAYS,
      source: "https://learn.microsoft.com/sharepoint/restore-deleted-site-collection",
      checked: "2026-11-22",
    },
  ],
  replaceOn: ["url", "template"],
  deleteBeforeReplace: true,

  // A site keeps the language that it was made with.
  managed: (found, { lcid }) => ({ ...found, lcid }),

  validate(wanted, previous) {
    if (previous?.url !== wanted.url) return [];
    return [
      ...(previous.lcid === wanted.lcid
        ? []
        : [
            fixed(
              "lcid",
              `language of a site is fixed at creation: this one is ${english.windowsLanguage(previous.lcid)}`,
            ),
          ]),
      ...(previous.template === wanted.template
        ? []
        : [
            fixed(
              "template",
              `template of a site is fixed at creation: this one is a ${previous.template} site`,
            ),
          ]),
    ];
  },

  uniqueKey: ({ url }) => url,

  // The status says nothing of a site in the bin: that address is refused when the site is made.
  async findByKey(context, url) {
    const { SiteStatus } = await siteStatus(context, url);
    return SiteStatus === SITE_STATUS.notFound ? undefined : url;
  },

  async read(context, { id }) {
    const found = await readySite(context, id);
    if (found === undefined) return undefined;
    const properties = await siteProperties(context, { url: id, id: found.SiteId });
    return observed(id, found.SiteId, properties);
  },

  async reconcile(context, change) {
    const { wanted } = change;
    await refuseBeyondTenant(context, wanted, change.observed?.inputs ?? {});
    const siteId = change.observed?.outputs.siteId ?? (await create(context, wanted));
    const place = { url: wanted.url, id: siteId };
    const is =
      change.observed ?? observed(wanted.url, siteId, await siteProperties(context, place));
    if (wanted.title !== is.inputs.title) {
      const web = `${pathOf(wanted.url)}/_api/web`;
      await context.service.sharePoint(hostOf(wanted.url)).merge(web, { Title: wanted.title });
    }
    if (wanted.owner !== is.inputs.owner) await changeOwner(context, place, wanted.owner);
    const settings = changedSettings(wanted, is.inputs);
    if (Object.keys(settings).length > 0) await patchSiteProperties(context, place, settings);
    return { id: wanted.url, outputs: { siteId } };
  },

  async remove(context, { id }) {
    const { SiteStatus, SiteId } = await siteStatus(context, id);
    if (SiteStatus === SITE_STATUS.notFound) return;
    await context.service
      .sharePoint(hostOf(id))
      .post("/_api/SPSiteManager/delete", { siteId: SiteId }, { idempotent: true });
  },

  describe: describeSite,
});

const english = localeOf("en");

const fixed = (property: string, why: string): CheckFailure => ({
  property,
  reason: `The ${why}. Put it back, or declare another site at another address`,
});

const urlTaken = (url: string): RefusedError =>
  new RefusedError({
    code: "site-url-taken",
    message: `There is already a site at ${url}, or one in the bin`,
    hint: `Choose another address, or restore or purge the deleted site in the SharePoint admin center: SharePoint keeps it for ${BIN_DAYS} days.`,
  });

/**
 * The former owner stays an administrator.
 * @see https://github.com/pnp/pnpcore/issues/1165 (checked 2026-11)
 */
async function changeOwner(
  context: ResourceContext,
  place: { readonly url: string; readonly id: string },
  owner: string,
): Promise<void> {
  try {
    await patchSiteProperties(context, place, {
      Owner: isClaim(owner) ? owner : personLogin(owner),
      SetOwnerWithoutUpdatingSecondaryAdmin: true,
    });
  } catch (error) {
    if (!isUnknownPrincipal(error)) throw error;
    throw new RefusedError({
      code: "unknown-owner",
      message: `SharePoint does not know ${owner}, who should own ${place.url}`,
      hint: "Check the spelling; a person needs a licence with SharePoint.",
      cause: error,
    });
  }
}

/** The site that a run that died asked for: there since then, and as it is wanted. */
async function earlierSite(
  context: ResourceContext,
  { url, title, template, owner, lcid }: Inputs,
): Promise<SiteAnswer | undefined> {
  if (context.begunAt === undefined) return undefined;
  const made = await readySite(context, url);
  if (made?.SiteStatus !== SITE_STATUS.ready) return undefined;
  const [{ Created }, properties] = await Promise.all([
    context.service
      .sharePoint(hostOf(url))
      .get<{ readonly Created?: string }>(`${pathOf(url)}/_api/web?$select=Created`),
    siteProperties(context, { url, id: made.SiteId }),
  ]);
  const { inputs: seen } = observed(url, made.SiteId, properties);
  const isAsWanted =
    seen.title === title &&
    seen.template === template &&
    seen.owner === owner &&
    seen.lcid === lcid;
  return isAsWanted && mayBeOurs(context, Created) ? made : undefined;
}

/** Makes the site and waits until it can be used; gives its GUID. */
async function create(context: ResourceContext, wanted: Inputs): Promise<string> {
  const { url } = wanted;
  const before = await siteStatus(context, url);
  const isFree = before.SiteStatus === SITE_STATUS.notFound;
  const earlier = isFree ? undefined : await earlierSite(context, wanted);
  if (!isFree && earlier === undefined) throw urlTaken(url);
  const request = {
    Title: wanted.title,
    Url: url,
    Lcid: wanted.lcid,
    WebTemplate: WEB_TEMPLATES[wanted.template],
    Owner: wanted.owner,
    ShareByEmailEnabled: false,
    Description: "",
    Classification: "",
    SiteDesignId: "00000000-0000-0000-0000-000000000000",
  };
  // Nothing was there a moment ago, so what is there after a lost answer is ours.
  const find = async (): Promise<SiteAnswer | undefined> => {
    const now = await siteStatus(context, url);
    return now.SiteStatus === SITE_STATUS.notFound ? undefined : now;
  };
  const made =
    earlier ??
    (await context.service
      .sharePoint(hostOf(url))
      .post<SiteAnswer>("/_api/SPSiteManager/create", { request }, { find, settleMs: 0 }));
  if (made.SiteStatus === SITE_STATUS.urlTaken) throw urlTaken(url);
  if (made.SiteStatus !== SITE_STATUS.failed) context.created(url, { siteId: made.SiteId });
  const ready = made.SiteStatus === SITE_STATUS.failed ? made : await readySite(context, url);
  if (ready?.SiteStatus === SITE_STATUS.ready) return ready.SiteId;
  throw new RefusedError({
    code: "site-creation-failed",
    message: `SharePoint could not set up the site ${url}`,
    hint: `Check that ${wanted.owner} may use SharePoint, remove what is left of the site, and apply again.`,
  });
}
