import { describe, expect, it } from "vitest";
import { secondYesFrom } from "../../approval/evaluate.ts";
import { generateKey } from "../../approval/keys.ts";
import { approvalsIn, ask, codeFor } from "./asking.ts";
import { anna, clock, decision, dirk, facts, minute, Story } from "./support.ts";

describe("where there is one decision maker and the safeguards ask for a second", () => {
  const DAY = 24 * 60;
  const safeguards = { secondDecisionMakerNeeded: true };
  /** Longer than the day that has to pass. */
  const valid = { validUntil: minute(3 * DAY) };
  const alone = (): Story => Story.registered({ decisionMakers: [anna] });
  const code = (story: Story, at: number): string =>
    codeFor(story, { safeguards, now: clock(at), plannedFacts: facts([anna], 1) });

  it("takes their second yes of a day later", () => {
    const story = alone();
    const first = story.decide(10, { by: anna, with: valid });
    const second = story.decide(10 + DAY, { by: anna });
    const asked = { safeguards, now: clock(20 + DAY), plannedFacts: facts([anna], 1) };
    expect(approvalsIn(ask(story, asked))).toEqual([second, first]);
    expect(ask(story, asked).approved).toBe(true);
  });

  it("says from when on that is possible, and has no approval before the first one", () => {
    const story = alone();
    expect(code(story, 5)).toBe("no-approval");
    story.decide(10, { by: anna, with: valid });
    expect(ask(story).approvals.map(secondYesFrom)).toEqual([minute(10 + DAY)]);
  });

  it("does not take one of the same day", () => {
    const story = alone();
    story.decide(10, { by: anna, with: valid });
    story.decide(9 + DAY, { by: anna });
    expect(code(story, 20 + DAY)).toBe("second-decision-maker-needed");
  });

  it.each([
    ["signed", { signed: 10, recorded: 15 }, 10 + DAY],
    ["recorded", { signed: 14, recorded: 10 }, 12 + DAY],
  ])("does not take two that were %s a day apart, and not both", (_what, first, second) => {
    const story = alone();
    story.add(first.recorded, (seen) => decision(seen, first.signed, { by: anna, with: valid }));
    story.decide(second, { by: anna });
    expect(code(story, 20 + DAY)).toBe("second-decision-maker-needed");
  });

  it("does not take a yes from before a no", () => {
    const story = alone();
    story.decide(10, { by: anna, with: valid });
    story.decide(20, { by: anna, with: { decision: "refused" } });
    story.decide(30 + DAY, { by: anna });
    expect(code(story, 40 + DAY)).toBe("second-decision-maker-needed");
  });

  it("does not take a yes with a key that was revoked since", () => {
    const story = alone();
    story.decide(10, { by: anna, with: valid });
    const renewed = { ...anna, key: generateKey() };
    story.register(20, { by: [anna], decisionMakers: [renewed] });
    story.decide(30 + DAY, { by: renewed });
    expect(code(story, 40 + DAY)).toBe("second-decision-maker-needed");
  });

  it("does not take a yes that was taken back, or is over", () => {
    const withdrawn = alone();
    const first = withdrawn.decide(10, { by: anna, with: valid });
    withdrawn.withdraw(20, { by: anna, withdraws: first });
    withdrawn.decide(30 + DAY, { by: anna });
    expect(code(withdrawn, 40 + DAY)).toBe("second-decision-maker-needed");

    const over = alone();
    over.decide(10, { by: anna });
    over.decide(10 + DAY, { by: anna });
    expect(code(over, 20 + DAY)).toBe("second-decision-maker-needed");
  });

  it("takes a deputy's yes for the deputy's own second one only", () => {
    const period = { who: dirk, for: anna, from: minute(0), until: minute(3 * DAY) };
    const story = Story.registered({ decisionMakers: [anna], deputies: [period] });
    story.decide(10, { by: dirk, with: valid });
    story.decide(20, { by: dirk, with: valid });
    story.decide(30 + DAY, { by: anna });
    expect(code(story, 40 + DAY)).toBe("second-decision-maker-needed");
  });

  it("does not take it where there is somebody else", () => {
    const story = Story.registered();
    story.decide(10, { by: anna, with: valid });
    story.decide(10 + DAY, { by: anna });
    const asked = { safeguards, now: clock(20 + DAY) };
    expect(codeFor(story, asked)).toBe("second-decision-maker-needed");
  });
});
