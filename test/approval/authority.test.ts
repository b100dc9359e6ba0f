import { describe, expect, it } from "vitest";
import { staysInCharge, whoMayApprove } from "../../approval/authority.ts";
import { emptyRecord } from "../../approval/record.ts";
import { anna, bram, cas, clock, dirk, facts, ines, joost, minute, Story } from "./support.ts";

function namesAt(story: Story, at: number): string[] {
  return whoMayApprove(story.record, clock(at))?.slots.map(({ name }) => name) ?? [];
}

/** Applies a tenant file with these people in minute `at`. */
function applyFacts(story: Story, at: number, applied: ReturnType<typeof facts>): void {
  const approval = story.decide(at, { by: anna });
  story.apply(at, { approvals: [approval], with: { facts: applied } });
}

describe("who may approve", () => {
  it("is nobody before the first registration", () => {
    expect(whoMayApprove(emptyRecord, clock(0))).toBeUndefined();
    expect(whoMayApprove(Story.registered().record, clock(-1))).toBeUndefined();
  });

  it("is who is registered, with deputies and the number required", () => {
    const deputies = [{ who: dirk, for: bram, from: minute(0), until: minute(60) }];
    const { record } = Story.registered({ required: 2, deputies });
    const authority = whoMayApprove(record, clock(1));
    expect(authority?.required).toBe(2);
    expect(authority?.slots.map(({ keyIds }) => keyIds)).toEqual([
      [anna.key.keyId],
      [bram.key.keyId],
    ]);
    expect(authority?.slots.map((slot) => slot.deputies.map(({ name }) => name))).toEqual([
      [],
      ["Dirk"],
    ]);
  });

  it("changes when a later registration comes into force, not when it is recorded", () => {
    const story = Story.registered();
    const next = { validFrom: minute(30) };
    story.register(10, { by: [anna], decisionMakers: [anna, cas], with: next });
    expect(namesAt(story, 29)).toEqual(["Anna", "Bram"]);
    expect(namesAt(story, 30)).toEqual(["Anna", "Cas"]);
  });

  it("is narrowed by the tenant file as last applied, and never widened by it", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas], required: 2 });
    applyFacts(story, 10, facts([anna, bram, dirk], 1));
    expect(namesAt(story, 9)).toEqual(["Anna", "Bram", "Cas"]);
    expect(namesAt(story, 10)).toEqual(["Anna", "Bram"]);
    expect(whoMayApprove(story.record, clock(10))?.required).toBe(2);
    applyFacts(story, 20, facts([anna, bram, cas], 3));
    expect(whoMayApprove(story.record, clock(20))?.required).toBe(3);
  });

  it("follows a registration that is newer than the applied tenant file", () => {
    const story = Story.registered();
    applyFacts(story, 10, facts([anna, bram], 1));
    story.register(20, { by: [bram], decisionMakers: [bram, cas] });
    expect(namesAt(story, 20)).toEqual(["Bram", "Cas"]);
  });

  it("is not narrowed by a file that was applied before a planned registration came into force", () => {
    const story = Story.registered();
    const next = { validFrom: minute(30) };
    story.register(10, { by: [anna], decisionMakers: [anna, cas], with: next });
    applyFacts(story, 20, facts([anna, bram], 1));
    expect(namesAt(story, 30)).toEqual(["Anna", "Cas"]);
  });

  it("is not changed by an apply that does not know what it left behind", () => {
    const story = Story.registered();
    const approval = story.decide(10, { by: anna });
    const unknown = {
      result: "failed" as const,
      remaining: { changes: 1, digest: `sha256:${"a1".repeat(32)}` },
      facts: null,
    };
    story.apply(11, { approvals: [approval], with: unknown });
    expect(namesAt(story, 12)).toEqual(["Anna", "Bram"]);
  });
});

describe("a tenant file that is to be applied", () => {
  it("must leave enough registered decision makers, compared without regard to capitals", () => {
    const story = new Story();
    story.register(0, { by: [ines, joost], required: 2 });
    const authority = whoMayApprove(story.record, clock(0));
    if (authority === undefined) throw new Error("nobody is registered");
    const shouting = { ...bram, email: bram.email.toUpperCase() };
    expect(staysInCharge(authority, facts([anna, shouting], 2))).toBe(true);
    expect(staysInCharge(authority, facts([anna, cas], 1))).toBe(false);
    expect(staysInCharge(authority, facts([anna, bram, cas], 3))).toBe(false);
  });
});
