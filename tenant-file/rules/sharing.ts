/** What a site asks for, against what the tenant allows. */
import { isMoreOpen } from "../../core/sharing.ts";
import type { Finding } from "../diagnostic.ts";
import { itemsOf } from "./facts.ts";
import type { Rule } from "./facts.ts";

/** SharePoint refuses it, in words that do not say which of the two is meant. */
export const sitesAreNoMoreOpenThanTheTenant: Rule = ({ tenant: { tenant, sites } }) =>
  itemsOf(sites, ["sites"]).flatMap(({ path, value }): Finding[] => {
    const [most, wanted] = [tenant?.sharingCapability, value.sharingCapability];
    if (most === undefined || wanted === undefined || !isMoreOpen(wanted, most)) return [];
    return [
      {
        path: [...path, "sharingCapability"],
        message: "More open than tenant.sharingCapability",
        received: wanted,
        allowed: `${most}, or less`,
      },
    ];
  });

/** While SharePoint divides the storage itself, it takes no quota of a site. */
export const quotasAreOfManualStorage: Rule = ({ tenant: { tenant, sites } }) =>
  itemsOf(sites, ["sites"])
    .filter(({ value }) => value.storageQuota !== undefined)
    .filter(() => tenant?.isSitesStorageLimitAutomatic === true)
    .map(({ path, value }) => ({
      path: [...path, "storageQuota"],
      message: "SharePoint divides the storage by itself: tenant.isSitesStorageLimitAutomatic",
      received: String(value.storageQuota),
      allowed: "a quota with tenant.isSitesStorageLimitAutomatic: false, or none",
    }));
