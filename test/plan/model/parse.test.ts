import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../plan/model/parse.ts";
import type { Plan } from "../../../plan/model/model.ts";
import { everyKind } from "../every-kind.ts";

function tampered(change: (plan: Plan) => unknown): unknown {
  const plan = everyKind();
  return change(plan) ?? plan;
}

describe("reading a stored plan", () => {
  it("takes a plan as it was stored", () => {
    expect(parsePlan(JSON.parse(JSON.stringify(everyKind())))).toEqual(everyKind());
  });

  it.each<[string, (plan: Plan) => unknown]>([
    ["counts that hide a removal", (plan) => void (plan.counts.delete = 0)],
    ["changes in another order", (plan) => void plan.changes.reverse()],
    ["a change that stands twice", (plan) => void plan.changes.unshift(plan.changes[0] as never)],
    ["a property that no plan has", (plan) => ({ ...plan, force: true })],
    ["a format that no version had", (plan) => ({ ...plan, format: "plan" })],
    ["a base that is no digest", (plan) => ({ ...plan, base: "sha256:" })],
    ["text instead of a plan", () => "plan"],
  ])("refuses %s", (_what, change) => {
    expect(() => parsePlan(tampered(change))).toThrow(
      expect.objectContaining({ code: "not-a-plan" }),
    );
  });

  it.each([
    ["tenantry.plan/v2", "an older version"],
    ["tenantry.plan/v99", "a newer version"],
  ])("says of %s that it is of %s", (format, age) => {
    expect(() => parsePlan({ format })).toThrow(
      expect.objectContaining({
        code: "plan-other-version",
        message: expect.stringContaining(`made by ${age} of Tenantry (${format}`) as string,
      }),
    );
  });
});
