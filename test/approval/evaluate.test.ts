import { describe, expect, it } from "vitest";
import type { ApprovalRequest } from "../../approval/evaluate.ts";
import { generateKey } from "../../approval/keys.ts";
import { emptyRecord } from "../../approval/record.ts";
import { approvalsIn, ask, codeFor, reasonsIn } from "./asking.ts";
import {
  anna,
  bram,
  cas,
  clock,
  eva,
  facts,
  decision,
  ines,
  joost,
  minute,
  OTHER_PLAN,
  OTHER_TENANT,
  REST,
  Story,
  TENANT,
} from "./support.ts";

describe("a plan with enough approvals", () => {
  it("is approved, and the statements that count are named", () => {
    const story = Story.registered();
    const approval = story.decide(10, { by: anna });
    const outcome = ask(story);
    expect(outcome.approved).toBe(true);
    expect(approvalsIn(outcome)).toEqual([approval]);
  });

  it("is judged by the number that it asks for itself, where that is higher", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas] });
    story.decide(20, { by: anna });
    const plannedFacts = facts([anna, bram, cas], 2);
    expect(codeFor(story, { plannedFacts })).toBe("required-not-met");
    story.decide(30, { by: bram });
    expect(codeFor(story, { plannedFacts })).toBe("approved");
  });

  it("is approved by two different people when two are required", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas], required: 2 });
    const first = story.decide(10, { by: anna });
    const second = story.decide(11, { by: cas });
    expect(approvalsIn(ask(story))).toEqual([first, second]);
  });

  it("keeps its approval when the author is another decision maker", () => {
    const story = Story.registered();
    story.decide(10, { by: bram });
    expect(codeFor(story, { changeAuthors: [anna.email] })).toBe("approved");
  });
});

describe("a request that cannot be judged", () => {
  const approved = () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    return story;
  };

  it("refuses when the record is broken, and names the entry", () => {
    const outcome = ask(approved(), {
      verification: { ok: false, break: { sequence: 2, reason: "chain", message: "…" } },
    });
    if (outcome.approved) throw new Error("approved on a broken record");
    expect(outcome.refusal.code).toBe("record-broken");
    expect(outcome.refusal.sentence.en).toContain("#2 chain");
  });

  it("refuses when nobody is registered", () => {
    expect(codeFor(approved(), { verification: { ok: true, record: emptyRecord } })).toBe(
      "no-registration",
    );
  });

  it("refuses when the registration is not yet in force", () => {
    const story = new Story();
    story.register(0, { by: [ines, joost], with: { validFrom: minute(600) } });
    expect(codeFor(story)).toBe("no-registration");
  });

  it("refuses when the registration has expired", () => {
    const story = new Story();
    story.register(0, { by: [ines, joost], with: { validUntil: minute(60) } });
    story.decide(10, { by: anna });
    expect(codeFor(story, { now: clock(59) })).toBe("approved");
    expect(codeFor(story, { now: clock(60) })).toBe("registration-expired");
  });

  it("refuses when the author of the change is unknown", () => {
    expect(codeFor(approved(), { changeAuthors: [] })).toBe("author-unknown");
  });

  it.each<[string, Partial<ApprovalRequest>]>([
    ["a digest without its algorithm", { planDigest: "a1".repeat(32) }],
    ["an empty digest", { planDigest: "" }],
    ["a tenant id in capitals", { tenantId: TENANT.replace("1", "A").toUpperCase() }],
    ["a stack that is a path", { stack: "../contoso" }],
    ["a clock without a time", { now: new Date(NaN) }],
    ["an author that is no address", { changeAuthors: ["Ines"] }],
    ["a tenant file without decision makers", { plannedFacts: facts([], 1) }],
    [
      "a rest without a digest",
      { continuation: { application: "e5".repeat(32), remainingDigest: "" } },
    ],
  ])("refuses %s", (_name, change) => {
    expect(codeFor(approved(), change)).toBe("request-malformed");
  });

  it("refuses the record of another tenant", () => {
    expect(codeFor(approved(), { tenantId: OTHER_TENANT })).toBe("foreign-tenant");
  });

  it("refuses the record of another stack", () => {
    expect(codeFor(approved(), { stack: "fabrikam" })).toBe("other-stack");
  });

  it("refuses when the clock is behind the record, so that older rights do not come back", () => {
    expect(codeFor(approved(), { now: clock(6) })).toBe("approved");
    expect(codeFor(approved(), { now: clock(4) })).toBe("clock-behind-record");
  });

  it("goes by the newest entry when the clock is a little behind it", () => {
    const story = approved();
    const renewed = { ...anna, key: generateKey() };
    story.register(20, { by: [bram], decisionMakers: [renewed, bram] });
    expect(codeFor(story, { now: clock(17) })).toBe("key-revoked");
  });

  it("refuses a change after which too few registered people could approve anything", () => {
    const story = approved();
    expect(codeFor(story, { plannedFacts: facts([bram, eva], 1) })).toBe("approved");
    expect(codeFor(story, { plannedFacts: facts([bram, eva], 2) })).toBe("authority-would-be-lost");
    expect(codeFor(story, { plannedFacts: facts([eva], 1) })).toBe("authority-would-be-lost");
  });
});

describe("decisions that do not count", () => {
  it("refuses when nobody decided", () => {
    expect(codeFor(Story.registered())).toBe("no-approval");
  });

  it("refuses when another plan was approved", () => {
    const story = Story.registered();
    story.decide(10, { by: anna, plan: OTHER_PLAN });
    expect(codeFor(story)).toBe("other-digest");
  });

  it("says that nothing is approved when the other approval is over, taken back or used", () => {
    const expired = Story.registered();
    expired.decide(10, { by: anna, plan: OTHER_PLAN, with: { validUntil: minute(20) } });
    expect(codeFor(expired, { now: clock(21) })).toBe("no-approval");

    const withdrawn = Story.registered();
    const yes = withdrawn.decide(10, { by: anna, plan: OTHER_PLAN });
    withdrawn.withdraw(11, { by: anna, withdraws: yes, plan: OTHER_PLAN });
    expect(codeFor(withdrawn)).toBe("no-approval");

    const used = Story.registered();
    const done = used.decide(10, { by: anna, plan: OTHER_PLAN });
    used.apply(11, { approvals: [done], plan: OTHER_PLAN });
    expect(codeFor(used)).toBe("no-approval");
  });

  it("refuses from the moment on which the approval ends", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna, with: { validUntil: minute(60) } });
    expect(codeFor(story, { now: clock(59) })).toBe("approved");
    expect(codeFor(story, { now: clock(60) })).toBe("expired");
    expect(reasonsIn(ask(story))).toEqual([[id, "expired"]]);
  });

  it("refuses an approval that is dated in the future", () => {
    const story = Story.registered();
    story.add(14, (seen) => decision(seen, 18, { by: anna }));
    expect(codeFor(story, { now: clock(10) })).toBe("not-yet-valid");
    expect(codeFor(story, { now: clock(13) })).toBe("approved");
  });

  it("refuses what the author of the change approved, however the address is written", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    expect(codeFor(story, { changeAuthors: [ines.email, "Anna@Contoso.Example"] })).toBe(
      "own-change",
    );
  });

  it("counts a person once", () => {
    const story = Story.registered({ required: 2 });
    const [first, second] = [
      story.decide(10, { by: anna }),
      story.decide(11, { by: anna, with: { remark: "nogmaals" } }),
    ];
    const outcome = ask(story);
    expect(approvalsIn(outcome)).toEqual([second]);
    expect(reasonsIn(outcome)).toEqual([[first, "superseded"]]);
    expect(codeFor(story)).toBe("required-not-met");
  });

  it("says how many approvals there are and how many are needed", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas], required: 3 });
    story.decide(10, { by: anna });
    story.decide(11, { by: bram });
    const outcome = ask(story);
    if (outcome.approved) throw new Error("approved by two of three");
    expect(outcome.refusal.sentence.en).toBe("2 of 3 approvals given.");
    expect(outcome.refusal.sentence.nl).toBe("2 van 3 goedkeuringen gegeven.");
  });

  it("refuses one approval when the safeguards ask for a second decision maker", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    const safeguards = { secondDecisionMakerNeeded: true };
    expect(codeFor(story, { safeguards })).toBe("second-decision-maker-needed");
    story.decide(11, { by: bram });
    expect(codeFor(story, { safeguards })).toBe("approved");
  });

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

    it("does not take one of the same day", () => {
      const story = alone();
      story.decide(10, { by: anna, with: valid });
      story.decide(9 + DAY, { by: anna });
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

    it("does not take it where there is somebody else", () => {
      const story = Story.registered();
      story.decide(10, { by: anna, with: valid });
      story.decide(10 + DAY, { by: anna });
      const asked = { safeguards, now: clock(20 + DAY) };
      expect(codeFor(story, asked)).toBe("second-decision-maker-needed");
    });
  });

  it("refuses a key that a later registration revoked, and takes the new key", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    const renewed = { ...anna, key: generateKey() };
    story.register(20, { by: [bram], decisionMakers: [renewed, bram] });
    expect(codeFor(story)).toBe("key-revoked");
    story.decide(30, { by: renewed });
    expect(codeFor(story)).toBe("approved");
  });

  it("refuses somebody whom the tenant file as last applied no longer names", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas] });
    const other = story.decide(10, { by: bram, plan: OTHER_PLAN });
    story.decide(11, { by: anna });
    expect(codeFor(story)).toBe("approved");
    story.apply(20, {
      plan: OTHER_PLAN,
      approvals: [other],
      with: { facts: facts([bram, cas], 1) },
    });
    expect(codeFor(story)).toBe("no-longer-decision-maker");
  });
});

describe("an approval that was used", () => {
  const left = { result: "partial" as const, remaining: { changes: 2, digest: REST } };

  it("is good for one apply that succeeds", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    story.apply(20, { approvals: [id] });
    expect(codeFor(story)).toBe("consumed");
    story.decide(30, { by: anna });
    expect(codeFor(story)).toBe("approved");
  });

  it("goes on after a failure only when what would be applied is what was left", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    const broke = story.apply(20, { approvals: [id], with: left });
    expect(codeFor(story)).toBe("remainder-not-stated");
    const rest = (remainingDigest: string, application = broke) => ({
      continuation: { application, remainingDigest },
    });
    expect(codeFor(story, rest(OTHER_PLAN))).toBe("remainder-differs");
    expect(codeFor(story, rest(REST, id))).toBe("remainder-differs");
    expect(codeFor(story, rest(REST))).toBe("approved");

    story.apply(40, { approvals: [id], with: { facts: facts([anna, bram], 1) } });
    expect(codeFor(story, rest(REST))).toBe("remainder-differs");
    expect(codeFor(story)).toBe("consumed");
  });

  it("does not count while an apply on it was started and its end is not recorded", () => {
    const story = Story.registered();
    const approvals = [story.decide(10, { by: anna })];
    story.start(20, { approvals });
    expect(codeFor(story)).toBe("remainder-not-stated");
    const application = story.apply(30, { approvals, with: left });
    const continuation = { application, remainingDigest: REST };
    expect(codeFor(story, { continuation })).toBe("approved");
    story.start(40, { approvals });
    expect(codeFor(story, { continuation })).toBe("remainder-not-stated");
  });

  it("does not go on after an apply of which the rest is unknown", () => {
    const story = Story.registered();
    const approvals = [story.decide(10, { by: anna })];
    const unknown = { result: "failed" as const, remaining: null, requests: null };
    const application = story.apply(20, { approvals, with: unknown });
    const continuation = { application, remainingDigest: REST };
    expect(codeFor(story, { continuation })).toBe("remainder-differs");
    expect(codeFor(story)).toBe("remainder-not-stated");
  });

  it("resumes from the last failure, not from an earlier one", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    const first = story.apply(20, { approvals: [id], with: left });
    const less = { result: "failed" as const, remaining: { changes: 1, digest: OTHER_PLAN } };
    const second = story.apply(25, { approvals: [id], with: less });
    const rest = (application: string, remainingDigest: string) =>
      codeFor(story, { continuation: { application, remainingDigest } });
    expect(rest(first, REST)).toBe("remainder-differs");
    expect(rest(second, REST)).toBe("remainder-differs");
    expect(rest(second, OTHER_PLAN)).toBe("approved");
  });

  it("continues only with those on whose approval the last apply rested", () => {
    const story = Story.registered();
    const byAnna = story.decide(10, { by: anna });
    story.apply(20, { approvals: [byAnna], with: left });
    const byBram = story.decide(21, { by: bram });
    const application = story.apply(25, { approvals: [byBram], with: left });
    const outcome = ask(story, { continuation: { application, remainingDigest: REST } });
    expect(approvalsIn(outcome)).toEqual([byBram]);
  });

  it("refuses a rest of an apply that never was", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    const continuation = { application: "e5".repeat(32), remainingDigest: REST };
    expect(codeFor(story, { continuation })).toBe("remainder-differs");
  });

  it("stays stoppable in between", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    const broke = story.apply(20, { approvals: [id], with: left });
    story.refuse(21, { by: bram });
    const continuation = { application: broke, remainingDigest: REST };
    expect(codeFor(story, { continuation })).toBe("refused");
  });
});
