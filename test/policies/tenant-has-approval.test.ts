import { describe, expect, it } from "vitest";
import { tenantHasApproval } from "../../policies/tenant-has-approval.ts";
import { stackWith, stackWithout, tenant, violationsOf } from "./support/stack.ts";

const anna = { name: "Anna de Vries", email: "anna@contoso.com" };

const messages = (approval: object): string[] =>
  violationsOf(tenantHasApproval, stackWith(tenant({ approval })));

describe("m365-tenant-has-approval", () => {
  it("refuses a tenant without decision makers", () => {
    expect(messages({ required: 1, decisionMakers: [] })).toEqual([
      "The tenant has no decision maker. Add `approval.decisionMakers` to the tenant file",
    ]);
  });

  it("refuses a decision maker who works for the provider", () => {
    const insider = { name: "Erik Beheerder", email: "Erik@Beheer.example" };
    expect(messages({ required: 1, decisionMakers: [anna, insider] })).toEqual([
      "Erik Beheerder works for the provider and cannot decide for the customer",
    ]);
  });

  it("refuses a decision maker whom no preview can reach", () => {
    expect(messages({ required: 1, decisionMakers: [{ ...anna, email: "anna" }] })).toContain(
      "Anna de Vries has no address that a proposal can be sent to",
    );
  });

  it("refuses when more must agree than there are, also when one person stands there twice", () => {
    expect(
      messages({ required: 2, decisionMakers: [anna, { ...anna, name: "A. de Vries" }] }),
    ).toEqual(["2 decision makers must agree, but only 1 can"]);
  });

  it("refuses a stack that declares no tenant", () => {
    expect(violationsOf(tenantHasApproval, stackWithout("m365:directory:Tenant"))).toHaveLength(1);
  });
});
