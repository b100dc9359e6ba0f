/** What the state protects against removal is touched only after a plan that does nothing but lift the protection. */
import { expect, it } from "vitest";
import { findingsOf } from "../../../plan/guards/findings.ts";
import type { Change } from "../../../plan/model/model.ts";
import { noDeclarations, planOf, withStep } from "../logs.ts";
import { aChange, JUDGED, property } from "../support.ts";

const { guards: facts, rules } = noDeclarations;
const judged = (change: Partial<Change>) =>
  findingsOf(
    { ...JUDGED, changes: [aChange("Dora", { operation: "update", ...change })] },
    { facts, rules },
  );
const lifted = { optionChanges: [property("protect", true, false)] };
const retitled = { properties: [property("jobTitle", "Clerk", "Buyer")] };

it.each<[what: string, change: Partial<Change>]>([
  ["replaced", { ...lifted, operation: "replace" }],
  ["changed", { ...lifted, ...retitled }],
  ["renamed", { ...lifted, formerUrn: "urn:pulumi:contoso::tenantry::x:y:Z::Theodora" }],
])("what loses its protection is not %s in the same plan", (_what, change) => {
  expect(judged(change)).toEqual([
    {
      ...{ code: "protection-lifted", source: "safeguard", clearedBy: "declaration" },
      urns: [expect.stringMatching(/::Dora$/)],
      message: {
        nl: "De bescherming van Dora vervalt in hetzelfde voorstel waarin er meer aan verandert",
        en: "Dora loses its protection in the same plan that changes it",
      },
    },
  ]);
});

it.each<[what: string, change: Partial<Change>]>([
  ["the first step, which only lifts it", lifted],
  ["the second step, once it is lifted", { ...retitled, operation: "replace" }],
  ["a protection that begins", { ...retitled, optionChanges: [property("protect", false, true)] }],
])("%s passes", (_what, change) => {
  expect(judged(change)).toEqual([]);
});

it("holds for what the engine plans: a group that is replaced while its protection goes", () => {
  const replaced = (isProtected: boolean): string[] =>
    planOf(
      withStep("every-kind", "Group::finance", ({ old }) => {
        if (old) old.protect = isProtected;
      }),
    )
      .findings.filter(({ code }) => code === "protection-lifted")
      .flatMap(({ urns }) => urns)
      .filter((urn) => urn.endsWith("Group::finance"));
  expect(replaced(true)).toHaveLength(1);
  expect(replaced(false)).toEqual([]);
});
