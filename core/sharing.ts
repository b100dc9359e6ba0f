/**
 * With whom sites and files may be shared, from closed to open, in the words of SharePoint; Graph writes the same words
 * with a small first letter. A site is never more open than its tenant.
 * @see https://learn.microsoft.com/graph/api/resources/sharepointsettings (v1.0, checked 2026-11-27)
 * @see https://pnp.github.io/pnpcore/api/PnP.Core.Admin.Model.SharePoint.SharingCapabilities.html (checked 2026-11-27)
 */
export const SHARING_CAPABILITIES = [
  "Disabled",
  "ExistingExternalUserSharingOnly",
  "ExternalUserSharingOnly",
  "ExternalUserAndGuestSharing",
] as const;
export type SharingCapability = (typeof SHARING_CAPABILITIES)[number];

/** Whether the one lets more people in than the other. */
export const isMoreOpen = (one: SharingCapability, other: SharingCapability): boolean =>
  SHARING_CAPABILITIES.indexOf(one) > SHARING_CAPABILITIES.indexOf(other);

/** In any casing; undefined for a word that nobody knows here. */
export const sharingCapabilityOf = (word: string): SharingCapability | undefined =>
  SHARING_CAPABILITIES.find((known) => known.toLowerCase() === word.toLowerCase());
