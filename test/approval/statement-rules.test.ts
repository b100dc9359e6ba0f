import { describe, expect, it } from "vitest";
import {
  anna,
  application,
  bram,
  codeOf,
  decision,
  dirk,
  lockBreak,
  minute,
  OTHER_PLAN,
  OTHER_TENANT,
  Story,
  withdrawal,
} from "./support.ts";

describe("a statement that is added to a record", () => {
  it("comes after a registration", () => {
    const story = new Story();
    expect(codeOf(() => story.decide(1, { by: anna }))).toBe("not-registered");
    expect(codeOf(() => story.add(1, (seen) => lockBreak(seen, 1)))).toBe("not-registered");
  });

  it("is about the tenant and the stack of the record", () => {
    const story = Story.registered();
    const foreign = { by: anna, with: { tenantId: OTHER_TENANT } };
    expect(codeOf(() => story.decide(1, foreign))).toBe("foreign-tenant");
    const other = { by: anna, with: { stack: "fabrikam" } };
    expect(codeOf(() => story.decide(1, other))).toBe("other-stack");
  });

  it("is there once", () => {
    const story = Story.registered();
    const seen = { sequence: 0, hash: "0".repeat(64) };
    const envelope = decision(seen, 1, { by: anna });
    story.add(1, () => envelope);
    expect(codeOf(() => story.add(2, () => envelope))).toBe("repeated");
  });

  it("names an entry of this record as the newest that its signer saw", () => {
    const story = Story.registered();
    const unseen = { sequence: 1, hash: "f6".repeat(32) };
    const ahead = { sequence: 7, hash: "f6".repeat(32) };
    expect(codeOf(() => story.add(1, () => decision(unseen, 1, { by: anna })))).toBe("reference");
    expect(codeOf(() => story.add(1, () => decision(ahead, 1, { by: anna })))).toBe("reference");
  });

  it("is dated between what its signer saw and when it is recorded, give or take five minutes", () => {
    const make = (signedAt: number, recordedAt: number) => () => {
      const story = Story.registered();
      story.decide(10, { by: bram });
      return story.add(recordedAt, (seen) => decision(seen, signedAt, { by: anna }));
    };
    expect(codeOf(make(17, 11))).toBe("time");
    expect(codeOf(make(4, 11))).toBe("time");
    expect(make(16, 11)).not.toThrow();
    expect(make(5, 11)).not.toThrow();
  });
});

describe("an application that is added", () => {
  it("names approvals of its own plan that are in the record, each once", () => {
    const story = Story.registered();
    const yes = story.decide(1, { by: anna });
    const no = story.refuse(2, { by: bram });
    const elsewhere = story.decide(3, { by: bram, plan: OTHER_PLAN });
    const apply = (...approvals: string[]) =>
      codeOf(() => story.add(4, (seen) => application(seen, 4, { approvals })));
    expect(apply(no)).toBe("reference");
    expect(apply(elsewhere)).toBe("reference");
    expect(apply("e5".repeat(32))).toBe("reference");
    expect(apply(yes, yes)).toBe("reference");
    expect(apply(yes, no)).toBe("reference");
    story.apply(4, { approvals: [yes] });
    expect(story.record.applications).toHaveLength(1);
  });
});

describe("the start of an application that is added", () => {
  const started = () => {
    const story = Story.registered();
    const approvals = [story.decide(1, { by: anna })];
    story.start(2, { approvals });
    return { story, approvals };
  };

  it("names approvals of its own plan, as an application does", () => {
    const story = Story.registered();
    const elsewhere = story.decide(1, { by: anna, plan: OTHER_PLAN });
    const start = () => story.start(2, { approvals: [elsewhere] });
    expect(codeOf(start)).toBe("reference");
  });

  it("is open until the application of its plan is there, and nothing can be applied before", () => {
    const { story, approvals } = started();
    const others = [story.decide(3, { by: bram, plan: OTHER_PLAN })];
    expect(codeOf(() => story.start(4, { approvals }))).toBe("reference");
    expect(codeOf(() => story.apply(4, { approvals: others, plan: OTHER_PLAN }))).toBe("reference");
    expect(story.record.openStart?.predicate.approvals).toEqual(approvals);
    story.apply(5, { approvals });
    expect(story.record.openStart).toBeUndefined();
    story.start(6, { approvals: others, plan: OTHER_PLAN });
    expect(story.record.openStart?.digest).toBe(OTHER_PLAN.slice("sha256:".length));
  });
});

describe("a withdrawal that is added", () => {
  it("names a decision on its plan, by oneself or by one's deputy", () => {
    const story = Story.registered({
      deputies: [{ who: dirk, for: bram, from: minute(0), until: minute(60) }],
    });
    const byAnna = story.decide(1, { by: anna });
    const byDirk = story.decide(2, { by: dirk });
    const withdraw = (options: Parameters<typeof withdrawal>[2]) => () =>
      story.add(3, (seen) => withdrawal(seen, 3, options));
    expect(codeOf(withdraw({ by: bram, withdraws: byAnna }))).toBe("reference");
    expect(codeOf(withdraw({ by: anna, withdraws: byDirk }))).toBe("reference");
    expect(codeOf(withdraw({ by: anna, withdraws: byAnna, plan: OTHER_PLAN }))).toBe("reference");
    expect(codeOf(withdraw({ by: anna, withdraws: "e5".repeat(32) }))).toBe("reference");
    expect(withdraw({ by: anna, withdraws: byAnna })).not.toThrow();
    expect(withdraw({ by: bram, withdraws: byDirk })).not.toThrow();
  });
});
