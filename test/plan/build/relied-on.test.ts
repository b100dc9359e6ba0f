import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { outcomeOf } from "../../../plan/build/consequences.ts";
import type { Declared } from "../../../plan/build/declared.ts";
import { startsOf } from "../../../plan/build/relied-on.ts";
import type { ResourceStep } from "../../../plan/build/steps.ts";
import type { Change } from "../../../plan/model/model.ts";
import { grain } from "../../../provider/index.ts";
import { aChange, property } from "../support.ts";

type Side = Readonly<Record<string, unknown>>;

const SPB = { licenses: [{ sku: "SPB", disabledPlans: [] }] };
const { groupLicense, groupMembership } = NOUNS;
const declared = (
  { type }: { readonly type: string },
  groupName: string,
  [before, after = before]: readonly [Side, Side?],
): Declared => ({
  urn: `urn:pulumi:contoso::tenantry::${type}::${groupName}`,
  ...{ type, before: { groupName, ...before }, after: { groupName, ...after } },
  isChange: before !== after,
});
const people = (...names: string[]): Side => ({
  members: names.map((name) => ({ id: `id of ${name}`, userPrincipalName: name })),
});

/** What is read before the first write when Ann and Bob are in the office, and Ann leaves it. */
function reliedOn(others: readonly Declared[], forgotten: readonly Change[] = []) {
  const all = [
    declared(groupLicense, "office", [SPB]),
    declared(groupMembership, "office", [people("ann", "bob"), people("bob")]),
    ...others,
  ];
  const steps = all.map(({ urn, type, before = {} }): ResourceStep => {
    const state = { id: `id of ${urn}`, inputs: before, outputs: {} };
    return { urn, type, operation: "same", before: state, after: state } as never;
  });
  const changes = all
    .filter(({ isChange }) => isChange)
    .map(({ urn, type, before, after }) => {
      const list = type === groupLicense.type ? "licenses" : "members";
      const properties = [property(list, before?.[list], after?.[list])];
      return aChange(urn, { urn, type, operation: "update", properties });
    });
  return startsOf(outcomeOf(all).reliedOn, {
    steps,
    changes: [...changes, ...forgotten],
    grain,
  }).map(({ urn, properties }) => [
    urn.split("::").slice(2).join(" "),
    properties.map(({ path, elements = [] }) => [path, elements.map(({ key }) => key)]),
  ]);
}

it("is the other group through which somebody keeps a product: the product and their place in it", () => {
  expect(
    reliedOn([
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people("ann", "cem")]),
    ]),
  ).toEqual([
    ["m365:licensing:GroupLicense sales", [["licenses", ["SPB"]]]],
    ["m365:directory:GroupMembership sales", [["members", ["id of ann"]]]],
  ]);
});

it("is what a group gives to whoever joins it", () => {
  expect(
    reliedOn([
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people(), people("dora")]),
    ]),
  ).toEqual([["m365:licensing:GroupLicense sales", [["licenses", ["SPB"]]]]]);
});

it("is their place in a list that the plan changes for others", () => {
  expect(
    reliedOn([
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people("ann", "cem"), people("ann", "dora")]),
    ]),
  ).toEqual([
    ["m365:licensing:GroupLicense sales", [["licenses", ["SPB"]]]],
    ["m365:directory:GroupMembership sales", [["members", ["id of ann"]]]],
  ]);
});

it("is their place in a list that the plan lets go of", () => {
  const released = declared(groupMembership, "sales", [people("ann", "cem")]);
  const properties: Change["properties"] = [{ path: "members", kind: "released", secret: false }];
  const change = aChange("sales", { ...released, operation: "forget", properties });
  expect(reliedOn([declared(groupLicense, "sales", [SPB]), released], [change])).toContainEqual([
    "m365:directory:GroupMembership sales",
    [["members", ["id of ann"]]],
  ]);
});

it("is not what the plan changes itself, which is compared with its own base", () => {
  const fewer = { licenses: [{ sku: "SPB", disabledPlans: ["INTUNE_A"] }] };
  expect(
    reliedOn([
      declared(groupLicense, "sales", [SPB, fewer]),
      declared(groupMembership, "sales", [people("ann", "cem")]),
    ]),
  ).toEqual([["m365:directory:GroupMembership sales", [["members", ["id of ann", "id of cem"]]]]]);
});

it("is nothing where nobody gets anything in another way", () => {
  expect(
    reliedOn([
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people("cem")]),
    ]),
  ).toEqual([]);
});
