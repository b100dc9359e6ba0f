import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, tenantOf } from "../contoso.ts";

const COUNTRY = "  country: NL\n";
const SITE = "    title: Jaarrekening\n";

/** The sample with these lines in place of its own. */
const withSharing = (tenant: string, site: string): string =>
  contosoWith(
    ["  sharingCapability: ExternalUserSharingOnly\n", ""],
    ["  deletedUserPersonalSiteRetentionPeriodInDays: 180\n", ""],
    ["    sharingCapability: Disabled # with nobody outside\n", ""],
    [COUNTRY, `${COUNTRY}${tenant}`],
    [SITE, `${SITE}${site}`],
  );

describe("the sharing of a site", () => {
  it.each([
    ["ExternalUserSharingOnly", "ExternalUserAndGuestSharing"],
    ["ExistingExternalUserSharingOnly", "ExternalUserSharingOnly"],
    ["Disabled", "ExistingExternalUserSharingOnly"],
  ])("is refused where the tenant has %s and the site %s", (tenant, site) => {
    const text = withSharing(
      `  sharingCapability: ${tenant}\n`,
      `    sharingCapability: ${site}\n`,
    );
    expectOneProblem(text, `    sharingCapability: ^${site}`, {
      path: "sites[0].sharingCapability",
      message: "More open than tenant.sharingCapability",
      allowed: `${tenant}, or less`,
    });
  });

  it("may be as open as the tenant's, or anything where the tenant's is not managed", () => {
    const same = "sharingCapability: ExternalUserSharingOnly\n";
    expect(tenantOf(withSharing(`  ${same}`, `    ${same}`)).tenant.sharingCapability).toBe(
      "ExternalUserSharingOnly",
    );
    tenantOf(withSharing("", "    sharingCapability: ExternalUserAndGuestSharing\n"));
  });
});

describe("the storage of a site", () => {
  it("is refused where SharePoint divides it", () => {
    const text = withSharing("  isSitesStorageLimitAutomatic: true\n", "    storageQuota: 5120\n");
    expectOneProblem(text, "storageQuota: ^5120", {
      path: "sites[0].storageQuota",
      message: "SharePoint divides the storage by itself: tenant.isSitesStorageLimitAutomatic",
    });
  });

  it("is a number of megabytes up to 25 TB", () => {
    expect(tenantOf(withSharing("", "    storageQuota: 26214400\n")).sites?.[0]?.storageQuota).toBe(
      26_214_400,
    );
    expectOneProblem(withSharing("", "    storageQuota: 26214401\n"), "storageQuota: ^26214401", {
      path: "sites[0].storageQuota",
    });
  });
});

it("keeps the OneDrive of a deleted user for 30 to 3650 days", () => {
  const key = "deletedUserPersonalSiteRetentionPeriodInDays";
  expectOneProblem(withSharing(`  ${key}: 29\n`, ""), `${key}: ^29`, { path: `tenant.${key}` });
  expect(tenantOf(withSharing(`  ${key}: 3650\n`, "")).tenant[key]).toBe(3650);
});
