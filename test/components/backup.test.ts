import { expect, it } from "vitest";
import { BackupSection } from "../../components/backup.ts";
import type { BackupArgs } from "../../components/backup.ts";
import { TenantSection } from "../../components/tenant.ts";
import { declaredIn, named, outline } from "./support/declared.ts";

const args: BackupArgs = {
  vendor: "veeam",
  organization: "contoso.onmicrosoft.com",
  operator: "Kluis",
  location: { name: "Groningen", country: "NL" },
  retention: { until: "2028-12-31" },
  mailboxes: ["anna@contoso.com"],
  sites: ["https://contoso.sharepoint.com/sites/finance"],
  exceptions: [],
};

it("declares one backup policy, after what it was told to wait for", async () => {
  const declared = await declaredIn((context) => {
    const { identity } = new TenantSection(context, {
      tenantId: "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7",
      displayName: "Contoso",
      initialDomain: "contoso.onmicrosoft.com",
      domains: [],
      contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "goud" },
      managedBy: { name: "Voorbeeld Beheer", domains: [] },
      approval: { required: 1, decisionMakers: [] },
    });
    new BackupSection(context, args, [identity]);
  });
  expect(outline(declared).filter((line) => line.includes("backup"))).toEqual([
    "- > tenantry:index:Backup contoso-backup",
    "contoso-backup > m365:backup:Policy contoso-backup",
  ]);
  const policy = declared.find(({ type }) => type === "m365:backup:Policy");
  expect(policy?.inputs).toEqual(args);
  expect(policy?.dependsOn).toEqual(["contoso"]);
  expect(named(declared, "contoso").dependsOn).toEqual([]);
});
