/** How sharing with people outside, and the settings of all of SharePoint, are told. */
import { isMoreOpen, sharingCapabilityOf } from "../../core/sharing.ts";
import type { SharingCapability } from "../../core/sharing.ts";
import type { Text } from "../../core/language.ts";
import { en, nl, text } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";

const WITH: Readonly<Record<SharingCapability, Text>> = {
  Disabled: { nl: "niemand buiten de organisatie", en: "nobody outside the organisation" },
  ExistingExternalUserSharingOnly: {
    nl: "gasten die al toegang hebben tot de omgeving",
    en: "guests who are in the tenant already",
  },
  ExternalUserSharingOnly: {
    nl: "nieuwe en bestaande gasten, die moeten inloggen",
    en: "new and existing guests, who have to sign in",
  },
  ExternalUserAndGuestSharing: {
    nl: "iedereen die een link heeft, zonder inloggen",
    en: "anyone who has a link, without signing in",
  },
};

interface Consequence extends Text {
  readonly severity: Description["severity"];
}

/**
 * What becomes of sharing: a lower level takes away the access of people outside, a higher one lets people in.
 * @see https://pnp.github.io/pnpcore/api/PnP.Core.Admin.Model.SharePoint.SharingCapabilities.html ("any content
 * previously shared becomes inaccessible to external users"; checked 2026-11-27)
 */
export function sharingChange({
  before,
  after,
}: Pick<DescribedChange, "before" | "after">): Consequence | undefined {
  const [was, is] = [before, after].map((side) =>
    sharingCapabilityOf(text(side, "sharingCapability")),
  );
  if (is === undefined || is === was) return undefined;
  const isLess = was !== undefined && isMoreOpen(was, is);
  return {
    severity: isLess ? "destructive" : "sensitive",
    nl: `delen mag voortaan met ${WITH[is].nl}${was ? ` (nu: ${WITH[was].nl})` : ""}${isLess ? ", dus wie er van buiten nu bij kan, kan de toegang verliezen" : ""}`,
    en: `from now on, sharing is allowed with ${WITH[is].en}${was ? ` (now: ${WITH[was].en})` : ""}${isLess ? ", so people outside who have access now can lose it" : ""}`,
  };
}

/** What becomes of the settings of all of SharePoint, one clause each; a new tenant has all of them as changes. */
export const settingsChanges = (change: Pick<DescribedChange, "before" | "after">): Consequence[] =>
  [sharingChange(change), storageChange(change), retentionChange(change)].filter(
    (one) => one !== undefined,
  );

/** @see https://learn.microsoft.com/sharepoint/manage-site-collection-storage-limits (checked 2026-11-27) */
function storageChange({
  before,
  after,
}: Pick<DescribedChange, "before" | "after">): Consequence | undefined {
  const isAutomatic = after?.isSitesStorageLimitAutomatic;
  if (typeof isAutomatic !== "boolean") return undefined;
  if (isAutomatic === before?.isSitesStorageLimitAutomatic) return undefined;
  return isAutomatic
    ? {
        severity: "sensitive",
        nl: "SharePoint verdeelt de opslag voortaan zelf over de sites; wat per site was ingesteld, vervalt",
        en: "SharePoint divides the storage among the sites by itself from now on; what was set for each site lapses",
      }
    : {
        severity: "routine",
        nl: "de opslag van een site wordt voortaan per site ingesteld",
        en: "storage is set site by site from now on",
      };
}

/**
 * Fewer days also count for who is being deleted already.
 * @see https://learn.microsoft.com/onedrive/set-retention (checked 2026-11-27)
 */
function retentionChange({
  before,
  after,
}: Pick<DescribedChange, "before" | "after">): Consequence | undefined {
  const [was, is] = [before, after].map(
    (side) => side?.deletedUserPersonalSiteRetentionPeriodInDays,
  );
  if (typeof is !== "number" || is === was) return undefined;
  const isLess = typeof was === "number" && is < was;
  const now = typeof was === "number";
  return {
    severity: isLess ? "destructive" : "routine",
    nl: `de OneDrive van wie verwijderd wordt, blijft ${nl.value(is)} dagen bewaard${now ? ` (nu ${nl.value(was)})` : ""}${isLess ? ", ook van wie al verwijderd is" : ""}`,
    en: `the OneDrive of a deleted user is kept for ${en.value(is)} days${now ? ` (now ${en.value(was)})` : ""}${isLess ? ", also of those deleted already" : ""}`,
  };
}
