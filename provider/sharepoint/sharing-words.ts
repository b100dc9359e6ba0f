/** How sharing with people outside is told; in the words of the SharePoint admin center where it has them. */
import { isMoreOpen, sharingCapabilityOf } from "../../core/sharing.ts";
import type { SharingCapability } from "../../core/sharing.ts";
import type { Text } from "../../core/language.ts";
import { text } from "../../core/i18n/phrases.ts";
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

export interface SharingChange extends Text {
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
}: Pick<DescribedChange, "before" | "after">): SharingChange | undefined {
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
