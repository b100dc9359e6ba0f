import * as z from "zod";
import { sharingCapability } from "./sites.ts";
import {
  calendarDay,
  countryCode,
  domainName,
  guid,
  language,
  shapedAs,
  text,
  userPrincipalName,
} from "./values.ts";

/**
 * The name that Microsoft gives a tenant when it is made; it never changes and yields the SharePoint host.
 * No length is documented, so the limit is that of a DNS label.
 */
const initialDomain = z
  .string()
  .toLowerCase()
  .check(
    shapedAs((value) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.onmicrosoft\.com$/.test(value), {
      message: "Not a valid initial domain of a tenant",
      allowed: "name.onmicrosoft.com, e.g. contoso.onmicrosoft.com",
    }),
  );

/** @see https://learn.microsoft.com/onedrive/set-retention (checked 2026-11-27) */
const ONEDRIVE_FEWEST_DAYS = 30;
const ONEDRIVE_MOST_DAYS = 3650;

export const tenant = z
  .strictObject({
    id: guid.meta({ description: "Tenant id (a GUID); apply refuses a tenant with another id" }),
    displayName: text(256).meta({ description: "The customer's name, as people write it" }),
    initialDomain: initialDomain.meta({ description: "…onmicrosoft.com" }),
    domains: z
      .array(domainName)
      .meta({ description: "The customer's own, verified domains; not the initial domain" }),
    language: language.meta({ description: "Language of reports to the customer: nl or en" }),
    country: countryCode,
    emergencyAccounts: z
      .array(userPrincipalName)
      .meta({ description: "Accounts for emergencies; no change can remove or disable them" })
      .exactOptional(),
    lastEmergencyDrill: calendarDay
      .meta({
        description:
          "Last day on which a use of the emergency accounts was meant, such as a drill; `status` tells of each use after it",
      })
      .exactOptional(),
    globalAdministrators: z
      .array(userPrincipalName)
      .meta({
        description:
          "Holders of a role that is not given from here (that is `roles`); no change can remove the last of them",
      })
      .exactOptional(),
    sharingCapability: sharingCapability
      .meta({
        description: "With whom people may share sites and files at most. Omitted: not managed",
      })
      .exactOptional(),
    isSitesStorageLimitAutomatic: z
      .boolean()
      .meta({
        description:
          "true: SharePoint divides the storage; false: each site has its own storageQuota. Omitted: not managed",
      })
      .exactOptional(),
    deletedUserPersonalSiteRetentionPeriodInDays: z
      .int()
      .min(ONEDRIVE_FEWEST_DAYS)
      .max(ONEDRIVE_MOST_DAYS)
      .meta({
        description: "Days for which the OneDrive of a deleted user is kept. Omitted: not managed",
      })
      .exactOptional(),
  })
  .meta({ title: "Tenant", description: "Which tenant this file describes" });
