import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newTenant } from "../../operations/new-tenant.ts";
import type { NewTenantRequest } from "../../operations/new-tenant.ts";
import { loadTenant } from "../../tenant-file/index.ts";
import { aWorld, STACK } from "./support.ts";

const acme: NewTenantRequest = {
  stack: "acme",
  tenant: {
    id: "9a1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
    ...{ displayName: "Acme BV", initialDomain: "acme.onmicrosoft.com", country: "NL" },
  },
  managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
  decisionMaker: { name: "Anna Bakker", email: "anna@acme.example" },
};

describe("the first file of a tenant", () => {
  it("is read as it was asked for, with a contract from today", async () => {
    const { context } = aWorld();
    const { file } = await newTenant(context, acme);
    const { stacksDirectory } = context.workspace;
    expect(file).toBe(join(stacksDirectory, "acme", "tenant.yaml"));
    expect(await loadTenant({ stacksDirectory, tenant: "acme" })).toMatchObject({
      tenant: { ...acme.tenant, language: "nl" },
      contract: { start: "2026-11-22", end: "2029-11-21" },
      approval: { decisionMakers: [acme.decisionMaker] },
    });
    expect(readFileSync(file, "utf8")).toContain("# backup: outside Microsoft");
  });

  it("is never written over one that is there", async () => {
    const { context } = aWorld();
    await expect(newTenant(context, { ...acme, stack: STACK })).rejects.toMatchObject({
      code: "tenant-exists",
    });
    await newTenant(context, { ...acme, stack: "acme-two" });
  });

  it.each([
    { wrong: { tenant: { ...acme.tenant, country: "XX" } } },
    { wrong: { tenant: { ...acme.tenant, initialDomain: "acme" } } },
  ])("is not left behind with a value that no tenant file takes: %j", async ({ wrong }) => {
    const { context } = aWorld();
    await expect(newTenant(context, { ...acme, ...wrong })).rejects.toMatchObject({
      code: "tenant-file-invalid",
    });
    expect(existsSync(join(context.workspace.stacksDirectory, "acme", "tenant.yaml"))).toBe(false);
  });
});
