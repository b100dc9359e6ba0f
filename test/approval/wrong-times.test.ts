/** A clock that was days ahead wrote entries: what it takes to go on before those days, and that nothing is gained by it. */
import { describe, expect, it } from "vitest";
import { verifyRecord } from "../../approval/record.ts";
import { codeFor } from "./asking.ts";
import {
  acknowledgement,
  anna,
  bram,
  cas,
  clock,
  codeOf,
  facts,
  joost,
  minute,
  runner,
  Story,
  trustRoots,
} from "./support.ts";

const AHEAD = 10 * 24 * 60;
const at = (minutes: number) => ({ now: clock(minutes) });

/** Entry 2 is an approval by Anna, ten days early. */
function approvedTooEarly(): Story {
  const story = Story.registered();
  story.decide(AHEAD, { by: anna });
  return story;
}

describe("a record with a time that is to come", () => {
  it("takes no entry and counts for nothing until somebody says that it is wrong", async () => {
    const story = approvedTooEarly();
    expect(codeFor(story, at(20))).toBe("clock-behind-record");
    expect(codeOf(() => story.decide(20, { by: bram }))).toBe("time");
    story.acknowledge(20, { from: 2 });
    expect(codeFor(story, at(21))).toBe("not-yet-valid");
    story.decide(21, { by: bram });
    expect(codeFor(story, at(22))).toBe("approved");
    expect(await verifyRecord(story.bytes, { trustRoots })).toMatchObject({ ok: true });
  });

  it("an approval of it never counts, also once its day has come, and its person gives a new one", () => {
    const story = approvedTooEarly();
    story.acknowledge(20, { from: 2 });
    expect(codeFor(story, at(AHEAD + 1))).toBe("not-yet-valid");
    story.decide(21, { by: anna });
    expect(codeFor(story, at(22))).toBe("approved");
  });

  it("a refusal of it stands until the same person says otherwise", () => {
    const story = Story.registered();
    // Within what clocks may be apart, the approval is dated after the refusal's new time.
    story.decide(10, { by: anna, with: { decidedAt: minute(14) } });
    story.refuse(AHEAD, { by: anna });
    story.acknowledge(20, { from: 3 });
    expect(codeFor(story, at(21))).toBe("refused");
    story.decide(21, { by: anna });
    expect(codeFor(story, at(22))).toBe("approved");
  });

  it("what was withdrawn in it stays withdrawn, and what is approved afterwards does not", () => {
    const story = Story.registered();
    const approval = story.decide(10, { by: anna, with: { decidedAt: minute(14) } });
    story.withdraw(AHEAD, { by: anna, withdraws: approval });
    story.acknowledge(20, { from: 3 });
    expect(codeFor(story, at(21))).toBe("withdrawn");
    story.decide(21, { by: anna });
    expect(codeFor(story, at(22))).toBe("approved");
  });

  it("what was applied in it is not applied again", () => {
    const story = Story.registered();
    const approval = story.decide(10, { by: anna });
    story.apply(AHEAD, { approvals: [approval] });
    story.acknowledge(20, { from: 3 });
    expect(codeFor(story, at(21))).toBe("consumed");
  });

  it("who was taken out of charge in it, by a registration or an applied file, stays out", () => {
    const registered = Story.registered({ decisionMakers: [anna, bram, cas] });
    registered.register(AHEAD, { by: [anna], decisionMakers: [anna, bram] });
    registered.acknowledge(20, { from: 2 });
    registered.decide(21, { by: bram });
    expect(codeFor(registered, at(22))).toBe("approved");
    const plannedFacts = facts([cas], 1);
    expect(codeFor(registered, { ...at(22), plannedFacts })).toBe("authority-would-be-lost");

    const applied = Story.registered({ decisionMakers: [anna, bram, cas] });
    const approval = applied.decide(10, { by: anna });
    applied.apply(AHEAD, { approvals: [approval], with: { facts: facts([anna, bram], 2) } });
    applied.acknowledge(20, { from: 3 });
    expect(codeFor(applied, { ...at(22), plannedFacts })).toBe("authority-would-be-lost");
  });

  it("a clock that is behind still counts for nothing", () => {
    const story = approvedTooEarly();
    story.acknowledge(20, { from: 2 });
    expect(codeFor(story, at(10))).toBe("clock-behind-record");
    expect(codeOf(() => story.decide(10, { by: bram }))).toBe("time");
  });
});

describe("who says that a time is wrong", () => {
  it("may be wrong about nothing that is over, and names entries by their hash", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    expect(codeOf(() => story.acknowledge(20, { from: 2 }))).toBe("time");
    const early = approvedTooEarly();
    const wrongTimes = [{ sequence: 2, hash: "0".repeat(64) }];
    const about = (by = joost) =>
      early.add(20, (seen) => acknowledgement(seen, 20, { wrongTimes, by }));
    expect(codeOf(about)).toBe("reference");
  });

  it("is somebody of the provider who may judge this", () => {
    expect(codeOf(() => approvedTooEarly().acknowledge(20, { from: 2, by: runner }))).toBe(
      "unknown-signer",
    );
    expect(codeOf(() => approvedTooEarly().acknowledge(20, { from: 2, by: anna }))).toBe(
      "unknown-signer",
    );
  });

  it("names all of them: one that is left out keeps the record closed", () => {
    const story = approvedTooEarly();
    story.decide(AHEAD, { by: bram });
    const [, first] = story.record.statements;
    const wrongTimes = [{ sequence: 2, hash: first?.hash ?? "" }];
    expect(codeOf(() => story.add(20, (seen) => acknowledgement(seen, 20, { wrongTimes })))).toBe(
      "time",
    );
  });
});
