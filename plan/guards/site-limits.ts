/** What sites ask for, against what the tenant allows: only where somebody looked. */
import { localeOf } from "../../core/i18n/format.ts";
import { wordOf } from "../../core/i18n/labels.ts";
import type { Language, Text } from "../../core/language.ts";
import { NOUNS } from "../../core/nouns.ts";
import { isMoreOpen, sharingCapabilityOf } from "../../core/sharing.ts";
import type { SharingCapability } from "../../core/sharing.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

export interface SiteLimits {
  readonly sharingCapability?: SharingCapability | undefined;
  readonly isSitesStorageLimitAutomatic?: boolean | undefined;
  readonly storageMegabytes: number;
}

/** @param quotas of all sites of the file that have one, in megabytes */
export function siteLimitFindings(
  changes: readonly Change[],
  {
    limits,
    quotas,
  }: { readonly limits: SiteLimits | undefined; readonly quotas: readonly number[] },
): Finding[] {
  if (limits === undefined) return [];
  const sites = changes.filter(({ type }) => type === NOUNS.site.type);
  const stored = sites.filter((site) => newValue(site, "storageQuota") !== undefined);
  // What the plan itself changes of it comes before the sites.
  const tenant = changes.find(({ type }) => type === NOUNS.tenant.type);
  const most = sharingIn(tenant) ?? limits.sharingCapability;
  const isAutomatic =
    newValue(tenant, "isSitesStorageLimitAutomatic") ?? limits.isSitesStorageLimitAutomatic;
  return [
    ...sites.flatMap((site) => tooOpen(site, most)),
    ...(isAutomatic === true ? stored.map(notTaken) : []),
    ...(stored.length > 0 && isAutomatic !== true
      ? [storageOf(stored, { quotas, has: limits.storageMegabytes })]
      : []),
  ];
}

function newValue(change: Change | undefined, key: string): unknown {
  const property = change?.properties.find(({ path }) => path === key);
  return property === undefined || property.kind === "released" ? undefined : property.after;
}

function sharingIn(change: Change | undefined): SharingCapability | undefined {
  const value = newValue(change, "sharingCapability");
  return typeof value === "string" ? sharingCapabilityOf(value) : undefined;
}

function tooOpen(site: Change, most: SharingCapability | undefined): Finding[] {
  const wanted = sharingIn(site);
  if (wanted === undefined || most === undefined || !isMoreOpen(wanted, most)) return [];
  const word = (level: string, language: Language): string =>
    wordOf("sharingCapability", level)?.[language] ?? level;
  return [
    {
      ...bySafeguard("sharing-above-tenant", [site]),
      message: {
        nl: `${site.name} zou gedeeld mogen worden met ${word(wanted, "nl")}, maar de omgeving staat hoogstens ${word(most, "nl")} toe`,
        en: `${site.name} would be shared with ${word(wanted, "en")}, but the tenant allows ${word(most, "en")} at most`,
      },
      clearedBy: "declaration",
    },
  ];
}

const notTaken = (site: Change): Finding => ({
  ...bySafeguard("storage-automatic", [site]),
  message: {
    nl: `${site.name} krijgt een eigen grens voor opslag, maar SharePoint verdeelt de opslag in deze omgeving zelf`,
    en: `${site.name} gets a storage limit of its own, but SharePoint divides the storage of this tenant by itself`,
  },
  clearedBy: "declaration",
});

function storageOf(
  sites: readonly Change[],
  { quotas, has }: { readonly quotas: readonly number[]; readonly has: number },
): Finding {
  const asked = quotas.reduce((sum, quota) => sum + quota, 0);
  const said = (language: Language): { readonly asked: string; readonly has: string } => {
    const { storage } = localeOf(language);
    return { asked: storage(asked), has: storage(has) };
  };
  const [nl, en] = [said("nl"), said("en")];
  const tooMuch: Text = {
    nl: ", dus niet elke site kan vol worden",
    en: ", so not every site can be filled",
  };
  const isTooMuch = asked > has;
  return {
    ...bySafeguard("storage-asked", sites),
    message: {
      nl: `De sites van het bestand mogen samen ${nl.asked} aan opslag gebruiken; de omgeving heeft ${nl.has}${isTooMuch ? tooMuch.nl : ""}`,
      en: `The sites of the file may use ${en.asked} of storage together; the tenant has ${en.has}${isTooMuch ? tooMuch.en : ""}`,
    },
    clearedBy: "none-needed",
  };
}
