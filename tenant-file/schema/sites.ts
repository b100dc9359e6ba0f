import * as z from "zod";
import { adopt } from "./adopt.ts";
import { SHARING_CAPABILITIES } from "../../core/sharing.ts";
import { SITE_LANGUAGES } from "../../core/windows-languages.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { groupName } from "./group-name.ts";
import { principalName, shapedAs, text, userPrincipalName } from "./values.ts";

/**
 * A site's last URL segment: at most 128, none of ~ " # % & * : < > ? \ { | }, no dot at either end.
 * Narrower than the service on purpose: characters that need escaping in a URL are left out.
 * @see https://learn.microsoft.com/previous-versions/office/developer/sharepoint-2010/ee553083(v=office.14)
 * (checked 2026-11)
 */
const SITE_URL = /^\/(sites|teams)\/[a-z0-9_-]([a-z0-9._-]{0,126}[a-z0-9_-])?$/;

/** Server-relative, lower case: SharePoint does not tell upper from lower case in addresses. */
export const siteUrl = z
  .string()
  .toLowerCase()
  .check(
    shapedAs((value) => SITE_URL.test(value) && !value.includes(".."), {
      message: "Not a valid site address",
      allowed: "/sites/name or /teams/name; name: at most 128 of a–z 0–9 - _ and . inside",
    }),
  );

/** Length of a text column, which is what a title is to SharePoint; no length of its own is documented. */
const TITLE_MAX_LENGTH = 255;

/**
 * The most that one site may hold: 25 TB, in megabytes.
 * @see https://learn.microsoft.com/sharepoint/manage-site-collection-storage-limits (checked 2026-11-27)
 */
const SITE_MAX_MEGABYTES = 26_214_400;

export const sharingCapability = z.enum(SHARING_CAPABILITIES);

/** As language tags. */
const siteLanguage = z.enum(SITE_LANGUAGES);

export const siteRole = z.enum(["read", "edit", "full-control"]);

const permission = exactlyOneOf(
  z.strictObject({
    user: principalName("a user or a guest, as name@domain").exactOptional(),
    group: groupName.exactOptional(),
    role: siteRole,
  }),
  ["user", "group"],
);

/** Without what the last part of an address does not take; narrower than the service on purpose, whose rule is not verified. */
const LIBRARY_NAME = /^[^"#%&*:<>?/\\{|}~]+$/;

export const libraryName = text(TITLE_MAX_LENGTH).check(
  shapedAs((value) => LIBRARY_NAME.test(value), {
    message: "Not a valid name of a library",
    allowed: 'no " # % & * : < > ? / \\ { | } ~',
  }),
);

const library = z.strictObject({
  name: libraryName.meta({
    description: "Name of the document library; it is made where there is none",
  }),
  permissions: z
    .array(permission)
    .meta({ description: "Who may do what there. []: only who administers the site" }),
});

export const site = z.strictObject({
  url: siteUrl.meta({ description: "Key of the site: /sites/name or /teams/name" }),
  title: text(TITLE_MAX_LENGTH),
  owner: userPrincipalName.meta({ description: "A user of this file" }),
  template: z
    .enum(["team", "communication"])
    .meta({ description: "Fixed when the site is created. Omitted: team" })
    .exactOptional(),
  language: siteLanguage
    .meta({ description: "Fixed when the site is created. Omitted: that of the tenant" })
    .exactOptional(),
  sharingCapability: sharingCapability
    .meta({
      description:
        "With whom people may share what is in the site; at most that of the tenant. Omitted: not managed",
    })
    .exactOptional(),
  storageQuota: z
    .int()
    .min(1)
    .max(SITE_MAX_MEGABYTES)
    .meta({ description: "Most that the site may hold, in megabytes. Omitted: not managed" })
    .exactOptional(),
  permissions: z
    .array(permission)
    .meta({ description: "Who may do what. Omitted: not managed. []: only the owner." })
    .exactOptional(),
  adopt: adopt.exactOptional(),
  libraries: z
    .array(library)
    .meta({
      description:
        "Document libraries with permissions of their own; access to the site does not open them. Others are left as they are",
    })
    .exactOptional(),
});

export const sites = z.array(site).meta({
  title: "Sites",
  description: "SharePoint sites. Omitted: not managed. []: none may exist.",
});
