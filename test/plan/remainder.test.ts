import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../plan/model/model.ts";
import type { Operation } from "../../core/nouns.ts";
import { isRemainderOf } from "../../plan/remainder.ts";
import { aChange, aPlan, property } from "./support.ts";

const anna = aChange("anna@contoso.example");
const bram = aChange("bram@contoso.example");
const approved = aPlan([anna, bram]);

const only = (change: Change, more: Partial<Plan> = {}): Plan => aPlan([change], more);

describe("the rest of a plan", () => {
  it("is nothing, some of its changes, or all of them", () => {
    expect(isRemainderOf(approved, aPlan())).toBe(true);
    expect(isRemainderOf(approved, only(bram))).toBe(true);
    expect(isRemainderOf(approved, approved)).toBe(true);
  });

  it("may know what was unknown before, and starts from another state", () => {
    const known = { ...bram, properties: [property("manager", undefined, "id-of-anna")] };
    expect(isRemainderOf(approved, only(known, { base: `sha256:${"1".repeat(64)}` }))).toBe(true);
  });

  it.each<[Operation, Operation, boolean]>([
    ["create", "update", true],
    ["create", "delete", false],
    ["create", "replace", false],
    ["update", "create", false],
    ["update", "delete", false],
    ["replace", "delete", true],
    ["replace", "create", true],
    ["delete", "create", false],
    ["delete", "forget", false],
    ["forget", "delete", false],
    ["adopt", "create", false],
  ])("of %s may be %s: %s", (operation, left, expected) => {
    const plan = only(aChange("anna", { operation }));
    expect(isRemainderOf(plan, only(aChange("anna", { operation: left })))).toBe(expected);
  });

  it("has no change of an object that the plan does not change", () => {
    expect(isRemainderOf(approved, only(aChange("eve@contoso.example")))).toBe(false);
    const group = aChange("anna@contoso.example", { type: "azuread:index/group:Group" });
    expect(isRemainderOf(approved, only({ ...group, urn: anna.urn }))).toBe(false);
    const { urn, type, operation, properties, options, optionChanges } = anna;
    const component = { urn, type, operation, properties, options, optionChanges };
    expect(isRemainderOf(aPlan(), aPlan([], { structure: [component] }))).toBe(false);
  });

  it("is of the same tenant, with the same tools", () => {
    const { tenant, tool } = approved;
    const others: Partial<Plan>[] = [
      { tenant: { ...tenant, stack: "fabrikam" } },
      { tenant: { ...tenant, tenantId: "99999999-2222-4333-8444-555555555555" } },
      { tool: { ...tool, tenantry: "0.2.0" } },
    ];
    expect(others.map((other) => isRemainderOf(approved, only(bram, other)))).toEqual(
      others.map(() => false),
    );
  });
});
