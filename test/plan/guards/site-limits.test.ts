/** What sites ask for, against what the tenant allows. */
import { expect, it } from "vitest";
import { siteLimitFindings } from "../../../plan/guards/site-limits.ts";
import type { SiteLimits } from "../../../plan/guards/site-limits.ts";
import { aChange, property } from "../support.ts";

const TYPES = { type: "m365:sharepoint:Site", section: "sites" } as const;
const aSite = (key: string, value: unknown) =>
  aChange("board", { ...TYPES, name: "Board", properties: [property(key, undefined, value)] });
const theTenant = (key: string, value: unknown) =>
  aChange("contoso", {
    ...{ type: "m365:directory:Tenant", section: "tenant", operation: "update" },
    properties: [property(key, undefined, value)],
  });

const limits: SiteLimits = {
  ...{ sharingCapability: "ExternalUserSharingOnly", isSitesStorageLimitAutomatic: false },
  storageMegabytes: 1_048_576,
};
const found = (
  changes: Parameters<typeof siteLimitFindings>[0],
  given: Partial<SiteLimits> = {},
  quotas: readonly number[] = [5120],
) => siteLimitFindings(changes, { limits: { ...limits, ...given }, quotas });

const open = aSite("sharingCapability", "ExternalUserAndGuestSharing");

it("refuses a site that would be more open than its tenant", () => {
  expect(found([open])).toEqual([
    {
      ...{ code: "sharing-above-tenant", source: "safeguard", clearedBy: "declaration" },
      urns: [open.urn],
      message: {
        nl: "Board zou gedeeld mogen worden met iedereen met een link, maar de omgeving staat hoogstens nieuwe en bestaande gasten toe",
        en: "Board would be shared with anyone with a link, but the tenant allows new and existing guests at most",
      },
    },
  ]);
  expect(found([aSite("sharingCapability", "ExternalUserSharingOnly")])).toEqual([]);
});

it("goes by what the plan makes of the tenant first", () => {
  const raised = theTenant("sharingCapability", "ExternalUserAndGuestSharing");
  expect(found([raised, open])).toEqual([]);
  const lowered = theTenant("sharingCapability", "Disabled");
  const site = aSite("sharingCapability", "ExternalUserSharingOnly");
  expect(found([lowered, site])).toMatchObject([{ code: "sharing-above-tenant" }]);
});

it("refuses storage of a site where SharePoint divides it, unless the plan ends that", () => {
  const site = aSite("storageQuota", 5120);
  const automatic = { isSitesStorageLimitAutomatic: true };
  expect(found([site], automatic)).toMatchObject([
    { code: "storage-automatic", clearedBy: "declaration" },
  ]);
  const manual = theTenant("isSitesStorageLimitAutomatic", false);
  expect(found([manual, site], automatic)).toMatchObject([{ code: "storage-asked" }]);
});

it("says how much the tenant has and the file asks for, and when it is too much", () => {
  const site = aSite("storageQuota", 5120);
  expect(found([site], {}, [5120, 10_240])).toMatchObject([
    {
      ...{ code: "storage-asked", clearedBy: "none-needed" },
      message: {
        nl: "De sites van het bestand mogen samen 15 GB aan opslag gebruiken; de omgeving heeft 1 TB",
        en: "The sites of the file may use 15 GB of storage together; the tenant has 1 TB",
      },
    },
  ]);
  const [tooMuch] = found([site], {}, [1_048_576, 5120]);
  expect(tooMuch?.message.en).toContain("so not every site can be filled");
});

it("says nothing where nobody looked, and of what no site asks for", () => {
  expect(siteLimitFindings([open], { limits: undefined, quotas: [] })).toEqual([]);
  expect(found([aSite("title", "Board")])).toEqual([]);
});
