import { expect, it } from "vitest";
import type { Json } from "../../core/json.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { NOUNS } from "../../core/nouns.ts";
import { comingBack, plannedSteps } from "../../engine/planned-steps.ts";
import type { Change } from "../../plan/index.ts";
import { aChange, aPlan, property } from "../plan/support.ts";

const SPB = { sku: "SPB", disabledPlans: [] };
const EXCHANGE = { sku: "EXCHANGESTANDARD", disabledPlans: [] };
const TEAMS = { sku: "Microsoft_Teams_Premium", disabledPlans: [] };
const { type } = NOUNS.userLicense;

it("has the changes of lists that are there, whole, and no others", () => {
  const anna = aChange("anna", {
    ...{ type, operation: "update" },
    properties: [property("licenses", [SPB, TEAMS], [EXCHANGE, TEAMS])],
  });
  const bob = aChange("bob", { type, operation: "delete" });
  const others = [
    aChange("carl", { type, operation: "create" }),
    aChange("dora", { type, operation: "forget" }),
    aChange("erin", { operation: "delete" }),
  ];
  const before: Record<string, Json> = { userId: "1", licenses: [SPB, TEAMS] };
  const changes = [anna, bob, ...others];
  const recorded = new Map(changes.map(({ urn }) => [urn, before]));
  expect(plannedSteps({ plan: aPlan(changes), recorded, created: new Map() })).toEqual([
    { type, id: "id of anna", before, after: { userId: "1", licenses: [TEAMS, EXCHANGE] } },
    { type, id: "id of bob", before, after: undefined },
  ]);
});

it("has of a list that comes into the state what it adds, where its owner is known", () => {
  const [carl, dora] = ["carl", "dora"].map((name) =>
    aChange(name, { type, operation: "create" }),
  ) as [Change, Change];
  const made = (userId: string) => ({ userId, licenses: [SPB] });
  const created = new Map([
    [carl.urn, made("3")],
    [dora.urn, made(UNKNOWN)],
  ]);
  expect(plannedSteps({ plan: aPlan([carl, dora]), recorded: new Map(), created })).toEqual([
    { type, id: "3", before: { userId: "3", licenses: [] }, after: made("3") },
  ]);
});

it("has a mailbox that becomes a shared one, which was a person's", () => {
  const { type: typed } = NOUNS.userMailboxType;
  const carl = aChange("carl", { type: typed, operation: "create" });
  const after = { userId: "3", type: "shared", withoutLicense: true };
  const created = new Map([[carl.urn, after]]);
  expect(plannedSteps({ plan: aPlan([carl]), recorded: new Map(), created })).toMatchObject([
    { type: typed, before: { type: "regular", withoutLicense: false }, after },
  ]);
});

it("brings lists back with what they belong to, where both are created", () => {
  const list = (name: string, operation: "create" | "update") =>
    aChange(`${name}-licenses`, { type, operation });
  const carl = aChange("carl", { recycleBin: "restore" });
  const changes = [carl, aChange("dora", { recycleBin: "leave" }), list("dora", "create")];
  const lists = [list("carl", "create"), list("erin", "create")];
  expect([...comingBack({ changes: [...changes, ...lists] })]).toEqual([carl.urn, lists[0]?.urn]);
  expect([...comingBack({ changes: [carl, list("carl", "update")] })]).toEqual([carl.urn]);
});
