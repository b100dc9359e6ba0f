import { expect, it } from "vitest";
import type { Drift, PropertyChange } from "../../plan/index.ts";
import { sortDrift } from "../../plan/touched.ts";
import { aChange, aPlan } from "./support.ts";

const property = (path: string, rest: Partial<PropertyChange> = {}): PropertyChange => ({
  ...{ path, kind: "changed", secret: false },
  ...rest,
});
const members = (...keys: string[]): PropertyChange =>
  property("members", { elements: keys.map((key) => ({ key, after: key })) });

const change = aChange("anna", {
  operation: "update",
  properties: [property("jobTitle"), members("bob"), property("city", { kind: "released" })],
});

const driftOf = (found: PropertyChange, rest: Partial<Drift> = {}): Drift => ({
  ...{
    urn: change.urn,
    id: "/users/anna",
    type: change.type,
    section: "people",
    name: "Anna",
    kind: "changed",
  },
  properties: [found],
  description: { nl: "", en: "" },
  ...rest,
});

it.each([
  ["the path that was written", driftOf(property("jobTitle")), "touched"],
  ["another path of the same object", driftOf(property("department")), "elsewhere"],
  ["a path that was released", driftOf(property("city")), "elsewhere"],
  ["the element that was written", driftOf(members("bob", "cem")), "touched"],
  ["another element of the list", driftOf(members("cem")), "elsewhere"],
  ["the object itself, which is gone", driftOf(property("x"), { kind: "gone" }), "touched"],
  ["an object that the plan does not name", driftOf(property("x"), { urn: "other" }), "elsewhere"],
] as const)("drift of %s", (_, drift, place) => {
  const sorted = sortDrift(aPlan([change]), [drift]);
  expect(sorted[place]).toEqual([drift]);
});

it("counts everything of a new object as written", () => {
  const made = aPlan([aChange("anna", { ...change, operation: "create" })]);
  const drift = driftOf(property("department"));
  expect(sortDrift(made, [drift]).touched).toEqual([drift]);
});
