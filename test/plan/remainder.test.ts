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

  const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  it("may know what was unknown before", () => {
    const whole = only({ ...bram, properties: [property("managerId", undefined, UNKNOWN)] });
    const known = { ...bram, properties: [property("managerId", undefined, "id-of-anna")] };
    expect(isRemainderOf(whole, only(known))).toBe(true);
    const owners = (ids: readonly string[]): Change =>
      aChange("g", { operation: "update", properties: [property("owners", ["a"], ids)] });
    expect(isRemainderOf(only(owners(["a", UNKNOWN])), only(owners(["a", "b"])))).toBe(true);
    expect(isRemainderOf(only(owners(["a", UNKNOWN])), only(owners(["b"])))).toBe(false);
  });

  const update = (...properties: Change["properties"]): Plan =>
    only(aChange("bram", { operation: "update", properties }));
  const title = property("jobTitle", "Clerk", "Manager");
  const members = property("members", ["anna", "bob"], ["anna", "cem", "dora"]);

  it("leads from the approved base to the approved value, on approved paths", () => {
    const whole = update(title, members);
    expect(isRemainderOf(whole, update(title))).toBe(true);
    expect(isRemainderOf(whole, update(property("jobTitle", "Clerk", "Director")))).toBe(false);
    expect(isRemainderOf(whole, update(property("jobTitle", "Boss", "Manager")))).toBe(false);
    expect(isRemainderOf(whole, update(property("department", "A", "B")))).toBe(false);
  });

  it("is some of the elements of a list, whatever else is in it by then", () => {
    const whole = update(members);
    expect(isRemainderOf(whole, update(property("members", ["x", "bob"], ["x", "dora"])))).toBe(
      true,
    );
    expect(isRemainderOf(whole, update(property("members", ["anna"], ["anna", "eve"])))).toBe(
      false,
    );
    expect(isRemainderOf(whole, update(property("members", ["anna", "bob"], ["bob"])))).toBe(false);
  });

  it("is of the object that was approved", () => {
    const other = aChange("bram", { operation: "update", base: { id: "another", key: {} } });
    expect(isRemainderOf(update(), only(other))).toBe(false);
  });

  it("finishes what was made half way, to the approved values", () => {
    const create = only({ ...bram, properties: [property("jobTitle", undefined, "Manager")] });
    const finish = (value: string): Plan => update(property("jobTitle", "Half", value));
    const renamed = (plan: Plan): Plan => ({
      ...plan,
      changes: plan.changes.map((change) => ({ ...change, urn: bram.urn })),
    });
    expect(isRemainderOf(create, renamed(finish("Manager")))).toBe(true);
    expect(isRemainderOf(create, renamed(finish("Director")))).toBe(false);
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
    const { urn, type, operation, properties, options, optionChanges, base } = anna;
    const component = { urn, type, operation, properties, options, optionChanges, base };
    expect(isRemainderOf(aPlan(), aPlan([], { structure: [component] }))).toBe(false);
  });

  it("is of the same tenant, by the same rules and with the same tools", () => {
    const { tenant, tool } = approved;
    const others: Partial<Plan>[] = [
      { tenant: { ...tenant, stack: "fabrikam" } },
      { tenant: { ...tenant, tenantId: "99999999-2222-4333-8444-555555555555" } },
      { tool: { ...tool, tenantry: "0.2.0" } },
      { rules: { ...approved.rules, applied: null } },
    ];
    expect(others.map((other) => isRemainderOf(approved, only(bram, other)))).toEqual(
      others.map(() => false),
    );
  });
});
