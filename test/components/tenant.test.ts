import { expect, it } from "vitest";
import { TenantSection } from "../../components/tenant.ts";
import type { TenantIdentityArgs } from "../../components/tenant.ts";
import { declaredIn, named, outline } from "./support/declared.ts";

const args: TenantIdentityArgs = {
  tenantId: "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7",
  displayName: "Contoso",
  initialDomain: "contoso.onmicrosoft.com",
  domains: ["contoso.com"],
  contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "goud" },
  managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
  approval: { required: 1, decisionMakers: [{ name: "Anna", email: "anna@contoso.com" }] },
};

it("declares which tenant this is, as the first thing that exists", async () => {
  const declared = await declaredIn((context) => {
    new TenantSection(context, args);
  });
  expect(outline(declared)).toEqual([
    "- > tenantry:index:Tenant contoso-tenant",
    "contoso-tenant > m365:directory:Tenant contoso",
  ]);
  const identity = named(declared, "contoso");
  expect(identity.inputs).toEqual(args);
  expect(identity.dependsOn).toEqual([]);
  expect(identity.provider).toBe("m365");
});
