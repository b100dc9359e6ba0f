import { describe, expect, it } from "vitest";
import type { ApprovalRequest } from "../../approval/evaluate.ts";
import { generateKey } from "../../approval/keys.ts";
import { emptyRecord } from "../../approval/record.ts";
import { approvalsIn, ask, codeFor, sentenceFor } from "./asking.ts";
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
    expect(outcome.approvals).toEqual([]);
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

  it.each<[string, keyof ApprovalRequest, Partial<ApprovalRequest>]>([
    ["a digest without its algorithm", "planDigest", { planDigest: "a1".repeat(32) }],
    ["an empty digest", "planDigest", { planDigest: "" }],
    ["a tenant id in capitals", "tenantId", { tenantId: TENANT.replace("1", "A").toUpperCase() }],
    ["a stack that is a path", "stack", { stack: "../contoso" }],
    ["a clock without a time", "now", { now: new Date(NaN) }],
    ["an author that is no address", "changeAuthors", { changeAuthors: ["Ines"] }],
    ["a tenant file without decision makers", "plannedFacts", { plannedFacts: facts([], 1) }],
    [
      "a rest without a digest",
      "continuation",
      { continuation: { application: "e5".repeat(32), remainingDigest: "" } },
    ],
  ])("refuses %s, and names it", (_name, member, change) => {
    expect(codeFor(approved(), change)).toBe("request-malformed");
    expect(sentenceFor(approved(), change)).toBe(
      `The request to check the approval is incomplete or invalid: ${member}.`,
    );
  });

  it("refuses the record of another tenant", () => {
    expect(codeFor(approved(), { tenantId: OTHER_TENANT })).toBe("foreign-tenant");
  });

  it("refuses the record of another stack", () => {
    expect(codeFor(approved(), { stack: "fabrikam" })).toBe("other-stack");
  });

  it("refuses when the clock is behind the record, so that older rights do not come back", () => {
    const story = approved();
    story.decide(20, { by: bram });
    expect(codeFor(story, { now: clock(15) })).toBe("approved");
    expect(codeFor(story, { now: clock(14) })).toBe("clock-behind-record");
  });

  it("goes by who is in charge now, where that began after the newest entry", () => {
    const story = Story.registered();
    const next = { validFrom: minute(30) };
    story.register(10, { by: [anna], decisionMakers: [anna, cas], with: next });
    story.decide(20, { by: cas });
    expect(codeFor(story, { now: clock(29) })).toBe("key-revoked");
    expect(codeFor(story, { now: clock(30) })).toBe("approved");
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

/** An apply that did a part of its plan. */
const left = { result: "partial" as const, remaining: { changes: 2, digest: REST } };

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
    expect(codeFor(expired, { now: clock(19) })).toBe("other-digest");
    expect(codeFor(expired, { now: clock(20) })).toBe("no-approval");

    const withdrawn = Story.registered();
    const yes = withdrawn.decide(10, { by: anna, plan: OTHER_PLAN });
    withdrawn.withdraw(11, { by: anna, withdraws: yes, plan: OTHER_PLAN });
    expect(codeFor(withdrawn)).toBe("no-approval");

    const used = Story.registered();
    const done = used.decide(10, { by: anna, plan: OTHER_PLAN });
    used.apply(11, { approvals: [done], plan: OTHER_PLAN, with: left });
    expect(codeFor(used)).toBe("other-digest");
    used.apply(12, { approvals: [done], plan: OTHER_PLAN });
    expect(codeFor(used)).toBe("no-approval");
  });

  it("says that nothing is approved when the other plan was refused, or approved by others", () => {
    const refused = Story.registered();
    refused.refuse(10, { by: anna, plan: OTHER_PLAN });
    expect(codeFor(refused)).toBe("no-approval");

    const replaced = Story.registered();
    replaced.decide(10, { by: anna, plan: OTHER_PLAN });
    replaced.register(20, { by: [anna], decisionMakers: [bram, cas] });
    expect(codeFor(replaced)).toBe("no-approval");
  });

  it("refuses from the moment on which the approval ends", () => {
    const story = Story.registered();
    story.decide(10, { by: anna, with: { validUntil: minute(60) } });
    expect(codeFor(story, { now: clock(59) })).toBe("approved");
    expect(codeFor(story, { now: clock(60) })).toBe("expired");
    expect(sentenceFor(story)).toBe("The approval of anna@contoso.example has expired.");
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
    story.decide(10, { by: anna });
    const second = story.decide(11, { by: anna, with: { remark: "nogmaals" } });
    expect(approvalsIn(ask(story))).toEqual([second]);
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
    const first = story.decide(10, { by: anna });
    const safeguards = { secondDecisionMakerNeeded: true };
    expect(codeFor(story, { safeguards })).toBe("second-decision-maker-needed");
    expect(approvalsIn(ask(story, { safeguards }))).toEqual([first]);
    story.decide(11, { by: bram });
    expect(codeFor(story, { safeguards })).toBe("approved");
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
    const continuation = { application, remainingDigest: REST };
    expect(approvalsIn(ask(story, { continuation }))).toEqual([byBram]);
    // What speaks against Bram is no reason to take Anna's.
    expect(codeFor(story, { continuation, changeAuthors: [bram.email] })).toBe("remainder-differs");
  });

  it("goes on after an apply of another plan in between", () => {
    const story = Story.registered();
    const approvals = [story.decide(10, { by: anna })];
    const other = [story.decide(11, { by: anna, plan: OTHER_PLAN })];
    const application = story.apply(20, { approvals, with: left });
    story.apply(30, { approvals: other, plan: OTHER_PLAN });
    const continuation = { application, remainingDigest: REST };
    expect(codeFor(story, { continuation })).toBe("approved");
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
