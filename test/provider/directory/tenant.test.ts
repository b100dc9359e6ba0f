import { describe, expect, it } from "vitest";
import { tenant } from "../../../provider/directory/tenant.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { startWorld } from "../support/world.ts";

const contoso = {
  tenantId: TENANT_ID,
  displayName: "Contoso Accountants",
  initialDomain: "contoso.onmicrosoft.com",
  domains: ["contoso.com"],
  contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "silver" },
  approval: {
    required: 1,
    decisionMakers: [{ name: "Marieke de Vries", email: "marieke@contoso.com" }],
  },
  managedBy: { name: "Voorbeeld Beheer", domains: ["beheer.example"] },
};

describe("the tenant's identity", () => {
  it("is confirmed by the service, which is only read", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, tenant);

    expect(await resource.up(contoso)).toBe("created");

    expect(resource.id).toBe(TENANT_ID);
    expect(resource.outputs).toMatchObject({ organizationName: "Contoso" });
    expect(await resource.refresh()).toEqual({ ...contoso, endDays: [] });
    expect(await resource.up(contoso)).toBe("same");
    await resource.down();
    expect(world.writes()).toEqual([]);
  });

  it("takes a new contract or other decision makers without asking the service to change", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, tenant);
    await resource.up(contoso);

    const contract = { ...contoso.contract, end: "2029-12-31", serviceLevel: "gold" };
    expect(await resource.up({ ...contoso, contract })).toBe("updated");
    const dutch = { ...contract, serviceLevel: "goud" };
    expect(await resource.up({ ...contoso, contract: dutch })).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("says what the level promises and how many seats are managed, when that is agreed on", () => {
    const promises = {
      response: { nl: "Antwoord binnen vier werkuren", en: "An answer within four working hours" },
      backupSchedule: "daily",
    };
    const seats = [{ kind: "device", name: "Balie", serviceLevel: "silver" }];
    const after = { ...contoso, contract: { ...contoso.contract, promises, seats } };
    const change = { operation: "update", before: contoso, after } as const;
    const said = tenant.describe({ ...change, changedPaths: ["contract.promises"] });
    expect(said.nl).toMatch(
      /: reactie: Antwoord binnen vier werkuren.*1 beheerde werkplek \(was 0\)$/,
    );
    expect(said.en).toMatch(
      /: response: An answer within four working hours.*1 managed seat \(was 0\)$/,
    );
    const made = { operation: "create", before: undefined, after, changedPaths: [] } as const;
    expect(tenant.describe(made).en).toContain(
      "(silver, until 31 December 2028, An answer within four working hours, 1 managed seat)",
    );
    const without = { ...contoso.contract, serviceLevel: "none" };
    const none = {
      operation: "update",
      before: contoso,
      after: { ...contoso, contract: without },
    } as const;
    expect(tenant.describe({ ...none, changedPaths: ["contract.serviceLevel"] }).nl).toContain(
      "(geen serviceniveau)",
    );
  });

  it("refuses credentials that lead to another tenant", async () => {
    const world = await startWorld();
    const other = { ...contoso, tenantId: "99999999-2222-4333-8444-555555555555" };
    await expect(new ManagedResource(world, tenant).up(other)).rejects.toMatchObject({
      code: "wrong-tenant",
      message: expect.stringContaining("contoso.onmicrosoft.com") as unknown,
    });
  });

  it("refuses a tenant with another initial domain, also at a refresh", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, tenant);
    await resource.up(contoso);
    const other = { ...contoso, initialDomain: "fabrikam.onmicrosoft.com" };

    await expect(resource.up(other)).rejects.toMatchObject({ code: "wrong-tenant" });
    const state = { id: TENANT_ID, inputs: other, outputs: {}, isUnfinished: false };
    const refreshing = new ManagedResource(world, tenant, state).refresh();
    await expect(refreshing).rejects.toMatchObject({ code: "wrong-tenant" });
  });

  it("refuses a domain that the tenant has not verified", async () => {
    const world = await startWorld();
    await world.emulator.graph("POST", "/domains", { body: { id: "new.example" } });
    const declared = { ...contoso, domains: ["contoso.com", "new.example"] };
    await expect(new ManagedResource(world, tenant).up(declared)).rejects.toMatchObject({
      code: "domain-not-verified",
      message: "The tenant has not verified new.example",
    });
  });

  it("does not care how domains and addresses are written", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, tenant);
    await resource.up({ ...contoso, domains: ["contoso.onmicrosoft.com", "contoso.com"] });
    const written = {
      ...contoso,
      domains: ["Contoso.COM", "contoso.com", "Contoso.onmicrosoft.com"],
    };
    expect(await resource.up(written)).toBe("same");
  });

  it.each([
    [
      "a contract that ends before it starts",
      { contract: { start: "2028-01-01", end: "2027-01-01", serviceLevel: "goud" } },
      "contract.end",
    ],
    [
      "more approvals than decision makers",
      { approval: { ...contoso.approval, required: 2 } },
      "approval.required",
    ],
    [
      "a service level that does not exist",
      { contract: { ...contoso.contract, serviceLevel: "platina" } },
      "contract.serviceLevel",
    ],
  ])("refuses %s", async (_, part, property) => {
    const world = await startWorld();
    const making = new ManagedResource(world, tenant).up({ ...contoso, ...part });
    await expect(making).rejects.toMatchObject({
      failures: [expect.objectContaining({ property })],
    });
  });

  it("says in both languages who decides", () => {
    const told = tenant.describe({
      operation: "create",
      before: undefined,
      after: contoso,
      changedPaths: [],
    });
    expect(told).toMatchObject({
      section: "tenant",
      severity: "sensitive",
      nl: "De Microsoft 365-omgeving van Contoso Accountants komt onder beheer (zilver, tot en met 31 december 2028); Marieke de Vries beslist",
      en: "The Microsoft 365 tenant of Contoso Accountants comes under management (silver, until 31 December 2028); Marieke de Vries decides",
    });
  });
});
