import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../../../plan/model/model.ts";
import type { Grain } from "../../../plan/model/grain.ts";
import { catalogue, eventsOf, noDeclarations, planOf, withStep } from "../logs.ts";
import type { Event } from "../logs.ts";

const changeOf = (plan: Plan, end: string): Change => {
  const change = plan.changes.find(({ urn }) => urn.endsWith(end));
  if (change === undefined) throw new Error(`no change of ${end}`);
  return change;
};

describe("where a change starts", () => {
  it("starts each change from the object that is meant, by id and unique key", () => {
    const plan = planOf(eventsOf("every-kind"));
    expect(changeOf(plan, "User::anna").base).toEqual({
      id: "00000000-0000-4000-8000-000000000006",
      key: { userPrincipalName: "anna@contoso.com" },
    });
    expect(changeOf(plan, "User::chris").base).toEqual({
      key: { userPrincipalName: "chris@contoso.com" },
    });
  });

  it("shows a rename as one, and one of the program alone as no news", () => {
    const former = (urn: string): string => urn.replace("anna", "anne");
    const events = withStep("every-kind", "User::anna", ({ old }) => {
      if (old) old.urn = former(old.urn);
    });
    const anna = changeOf(planOf(events), "User::anna");
    expect(anna).toMatchObject({ operation: "update", formerUrn: former(anna.urn) });
    const alone = withStep("no-changes", "User::anna", ({ old }) => {
      if (old) old.urn = former(old.urn);
    });
    const { changes, structure } = planOf(alone);
    expect(changes).toEqual([]);
    expect(structure).toMatchObject([{ formerUrn: expect.stringMatching(/anne$/) as string }]);
  });

  describe("a key that becomes managed", () => {
    const events = (known: Record<string, unknown>): Event[] =>
      withStep("every-kind", "User::anna", ({ old, new: wanted }) => {
        if (wanted) wanted.inputs.city = "Delft";
        if (old) Object.assign(old.outputs, known);
      });
    const cityOf = (plan: Plan) =>
      changeOf(plan, "User::anna").properties.find(({ path }) => path === "city");
    const added = { path: "city", kind: "added", after: "Delft", secret: false };

    it("starts from what the state has of it", () => {
      expect(cityOf(planOf(events({ city: "Gouda" })))).toEqual({ ...added, before: "Gouda" });
    });

    it("starts from nothing that anybody has looked at, where the state has nothing", () => {
      expect(cityOf(planOf(events({})))).toEqual({ ...added, unread: true });
    });

    it("starts from nothing, unasked, where no service gives it back", () => {
      const grain: Grain = { ...catalogue.grain, kindOf: () => "write-only" };
      const plan = planOf(events({}), { catalogue: { ...catalogue, grain } });
      expect(cityOf(plan)).toEqual(added);
    });

    it("starts from what was read, be it nothing", () => {
      const { urn } = changeOf(planOf(events({})), "User::anna");
      const found = (inputs: Record<string, unknown>) =>
        cityOf(
          planOf(events({}), {
            declarations: { ...noDeclarations, found: new Map([[urn, inputs]]) },
          }),
        );
      expect(found({ city: "Gouda" })).toEqual({ ...added, before: "Gouda" });
      expect(found({ city: "" })).toEqual(added);
    });
  });
});
