import { describe, expect, it } from "vitest";
import { generateKey } from "../../approval/keys.ts";
import { codeFor, sentenceFor } from "./asking.ts";
import { anna, bram, decision, dirk, eva, minute, OTHER_PLAN, Story } from "./support.ts";

describe("a newer word", () => {
  it("of the same person replaces the older one, in both directions", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    story.refuse(11, { by: anna });
    expect(codeFor(story)).toBe("refused");
    story.decide(12, { by: anna });
    expect(codeFor(story)).toBe("approved");
  });

  it("is the one that was signed later, although an older one is added afterwards", () => {
    const story = Story.registered();
    story.refuse(12, { by: anna });
    story.add(13, (seen) => decision(seen, 11, { by: anna }));
    expect(codeFor(story)).toBe("refused");
  });

  it("is the refusal when both were signed at the same time, whichever was added last", () => {
    const yesLast = Story.registered();
    yesLast.refuse(12, { by: anna });
    yesLast.decide(12, { by: anna });
    expect(codeFor(yesLast)).toBe("refused");
    const noLast = Story.registered();
    noLast.decide(12, { by: anna });
    noLast.refuse(12, { by: anna });
    expect(codeFor(noLast)).toBe("refused");
  });

  it("that refuses stops the plan, although enough others approve", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    story.refuse(11, { by: bram });
    expect(sentenceFor(story)).toBe("bram@contoso.example refused this plan.");
    story.refuse(12, { by: anna });
    expect(sentenceFor(story)).toBe(
      "anna@contoso.example, bram@contoso.example refused this plan.",
    );
  });

  it("that refuses holds after its validity has passed", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    story.refuse(11, { by: bram, with: { validUntil: minute(20) } });
    expect(codeFor(story)).toBe("refused");
  });

  it("that refuses stops the plan also when the author of the change says it", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    story.refuse(11, { by: bram });
    expect(codeFor(story, { changeAuthors: [bram.email] })).toBe("refused");
  });
});

describe("a withdrawal", () => {
  it("takes the approval back, and an approval after it counts again", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    story.withdraw(20, { by: anna, withdraws: id });
    expect(codeFor(story)).toBe("withdrawn");
    story.decide(30, { by: anna });
    expect(codeFor(story)).toBe("approved");
  });

  it("of an older approval does not leave a newer one standing, nor revive one", () => {
    const story = Story.registered();
    const older = story.decide(10, { by: anna });
    story.decide(11, { by: anna });
    story.withdraw(20, { by: anna, withdraws: older });
    expect(codeFor(story)).toBe("withdrawn");
  });

  it("takes back what was approved until then, and nothing of another plan or person", () => {
    const story = Story.registered();
    story.decide(10, { by: anna });
    const other = story.decide(11, { by: anna, plan: OTHER_PLAN });
    story.withdraw(20, { by: anna, withdraws: other, plan: OTHER_PLAN });
    expect(codeFor(story)).toBe("approved");
    const same = story.decide(21, { by: anna });
    story.withdraw(21, { by: anna, withdraws: same });
    expect(codeFor(story)).toBe("withdrawn");
    story.add(22, (seen) => decision(seen, 20, { by: bram }));
    expect(codeFor(story)).toBe("approved");
  });

  it("of a refusal lets the others go on", () => {
    const story = Story.registered();
    const no = story.refuse(10, { by: anna });
    story.decide(11, { by: bram });
    expect(codeFor(story)).toBe("refused");
    story.withdraw(12, { by: anna, withdraws: no });
    expect(codeFor(story)).toBe("approved");
  });

  it("with a revoked key takes back an approval but lifts no refusal", () => {
    const renewed = { ...anna, key: generateKey() };
    const refused = Story.registered();
    refused.decide(10, { by: bram });
    const no = refused.refuse(11, { by: anna });
    refused.register(12, { by: [bram], decisionMakers: [renewed, bram] });
    const again = refused.refuse(13, { by: renewed });
    refused.withdraw(14, { by: anna, withdraws: no });
    expect(codeFor(refused)).toBe("refused");
    refused.withdraw(15, { by: renewed, withdraws: again });
    expect(codeFor(refused)).toBe("approved");

    const approved = Story.registered();
    approved.register(10, { by: [bram], decisionMakers: [renewed, bram] });
    const yes = approved.decide(11, { by: renewed });
    approved.withdraw(14, { by: anna, withdraws: yes });
    expect(codeFor(approved)).toBe("withdrawn");
  });

  it("is not what is told of an approval with a key that was revoked since", () => {
    const story = Story.registered();
    const id = story.decide(10, { by: anna });
    story.withdraw(11, { by: anna, withdraws: id });
    const renewed = { ...anna, key: generateKey() };
    story.register(12, { by: [bram], decisionMakers: [renewed, bram] });
    expect(codeFor(story)).toBe("key-revoked");
  });
});

describe("a deputy", () => {
  const period = { who: dirk, for: anna, from: minute(5), until: minute(30) };
  const withDeputy = (required = 1) => Story.registered({ required, deputies: [period] });

  it("approves in the place of the decision maker within the period", () => {
    const story = withDeputy();
    story.decide(10, { by: dirk });
    expect(codeFor(story)).toBe("approved");
  });

  it("does not count before and after the period, nor when only signed or only recorded in it", () => {
    const first = withDeputy();
    first.decide(5, { by: dirk });
    expect(codeFor(first)).toBe("approved");
    for (const at of [4, 30]) {
      const story = withDeputy();
      story.decide(at, { by: dirk });
      expect(codeFor(story)).toBe("deputy-outside-period");
    }
    const early = withDeputy();
    early.add(6, (seen) => decision(seen, 4, { by: dirk }));
    expect(codeFor(early)).toBe("deputy-outside-period");
    const late = withDeputy();
    late.add(31, (seen) => decision(seen, 29, { by: dirk }));
    expect(codeFor(late)).toBe("deputy-outside-period");
  });

  it("speaks in no other place, and no longer with a key that was revoked", () => {
    const other = { who: eva, for: bram, from: minute(40), until: minute(60) };
    const story = Story.registered({ deputies: [period, other] });
    story.decide(45, { by: dirk });
    expect(codeFor(story)).toBe("deputy-outside-period");

    const revoked = withDeputy();
    revoked.decide(10, { by: dirk });
    const renewed = { ...period, who: { ...dirk, key: generateKey() } };
    revoked.register(20, { by: [anna], deputies: [renewed] });
    expect(codeFor(revoked)).toBe("key-revoked");
  });

  it("counts instead of the decision maker, not on top", () => {
    const story = withDeputy(2);
    story.decide(10, { by: dirk });
    story.decide(11, { by: anna });
    expect(codeFor(story)).toBe("required-not-met");
    story.decide(12, { by: bram });
    expect(codeFor(story)).toBe("approved");
  });

  it("cannot lift the decision maker's refusal, while the decision maker can lift the deputy's", () => {
    const own = withDeputy();
    own.refuse(10, { by: anna });
    own.decide(11, { by: dirk });
    expect(codeFor(own)).toBe("refused");

    const lifted = withDeputy();
    lifted.refuse(10, { by: dirk });
    expect(codeFor(lifted)).toBe("refused");
    lifted.decide(10, { by: anna });
    expect(codeFor(lifted)).toBe("refused");
    lifted.decide(11, { by: anna });
    expect(codeFor(lifted)).toBe("approved");
  });

  it("who refuses after the decision maker's approval stops the plan", () => {
    const story = withDeputy();
    story.decide(10, { by: anna });
    story.refuse(11, { by: dirk });
    expect(codeFor(story)).toBe("refused");
  });

  it("has the refusal lifted only by an approval that counts", () => {
    const story = withDeputy();
    story.refuse(10, { by: dirk });
    story.decide(11, { by: anna });
    story.decide(12, { by: bram });
    expect(codeFor(story, { changeAuthors: [anna.email] })).toBe("refused");
  });

  it("cannot approve what the decision maker in that place wrote, nor what the deputy wrote", () => {
    const story = withDeputy();
    story.decide(10, { by: dirk });
    expect(codeFor(story, { changeAuthors: [anna.email] })).toBe("own-change");
    expect(codeFor(story, { changeAuthors: [dirk.email] })).toBe("own-change");
  });

  it("loses the approval when the decision maker withdraws it", () => {
    const story = withDeputy();
    const id = story.decide(10, { by: dirk });
    story.withdraw(11, { by: anna, withdraws: id });
    expect(codeFor(story)).toBe("withdrawn");
  });

  it("takes back their own word, as the decision maker does theirs", () => {
    const own = withDeputy();
    const yes = own.decide(10, { by: dirk });
    own.withdraw(11, { by: dirk, withdraws: yes });
    expect(codeFor(own)).toBe("withdrawn");

    for (const by of [anna, dirk]) {
      const refused = withDeputy();
      refused.decide(10, { by: bram });
      const no = refused.refuse(11, { by });
      refused.withdraw(12, { by, withdraws: no });
      expect(codeFor(refused)).toBe("approved");
    }
  });

  it("does not keep the plan approved when the decision maker withdraws in person", () => {
    const story = withDeputy();
    story.decide(10, { by: dirk });
    const own = story.decide(11, { by: anna });
    story.withdraw(12, { by: anna, withdraws: own });
    expect(codeFor(story)).toBe("withdrawn");
  });
});
