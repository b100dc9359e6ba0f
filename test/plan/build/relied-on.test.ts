import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { outcomeOf } from "../../../plan/build/consequences.ts";
import type { Declared } from "../../../plan/build/consequences.ts";
import { startsOf } from "../../../plan/build/relied-on.ts";
import type { ResourceStep } from "../../../plan/build/steps.ts";
import { grain } from "../../../provider/index.ts";

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
function reliedOn(...others: Declared[]) {
  const all = [
    declared(groupLicense, "office", [SPB]),
    declared(groupMembership, "office", [people("ann", "bob"), people("bob")]),
    ...others,
  ];
  const steps = all.map(({ urn, type, before = {} }): ResourceStep => {
    const state = { id: `id of ${urn}`, inputs: before, outputs: {} };
    return { urn, type, operation: "same", before: state, after: state } as never;
  });
  return startsOf(outcomeOf(all).reliedOn, { steps, grain }).map(({ urn, properties }) => [
    urn.split("::").slice(2).join(" "),
    properties.map(({ path, elements = [] }) => [path, elements.map(({ key }) => key)]),
  ]);
}

it("is the other group through which somebody keeps a product: the product and their place in it", () => {
  expect(
    reliedOn(
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people("ann", "cem")]),
    ),
  ).toEqual([
    ["m365:licensing:GroupLicense sales", [["licenses", ["SPB"]]]],
    ["m365:directory:GroupMembership sales", [["members", ["id of ann"]]]],
  ]);
});

it("is what a group gives to whoever joins it", () => {
  expect(
    reliedOn(
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people(), people("dora")]),
    ),
  ).toEqual([["m365:licensing:GroupLicense sales", [["licenses", ["SPB"]]]]]);
});

it("is nothing where nobody gets anything in another way", () => {
  expect(
    reliedOn(
      declared(groupLicense, "sales", [SPB]),
      declared(groupMembership, "sales", [people("cem")]),
    ),
  ).toEqual([]);
});
