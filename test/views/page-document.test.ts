import { describe, expect, it } from "vitest";
import type { Plan } from "../../plan/model/model.ts";
import { documentHash } from "../../views/page-document.ts";
import { decideBy } from "../../views/page-facts.ts";
import { everyKind } from "../plan/every-kind.ts";
import { PROPOSALS } from "./proposals.ts";

const FACTS = {
  asOf: "2026-11-22T09:30:00.000Z",
  requestedBy: ["jip@beheer.example"],
  reason: "Why",
};
const plan = everyKind();
const hash = documentHash(plan, FACTS);

const changed = (change: (plan: Plan) => unknown): Plan => {
  const copy = structuredClone(plan);
  change(copy);
  return copy;
};

describe("the document of a page", () => {
  it("is the same for the same plan, whichever language its page shows first", () => {
    expect(documentHash(everyKind(), { ...FACTS })).toBe(hash);
    const english = changed(({ tenant }) => (tenant.language = "en"));
    expect(documentHash(english, FACTS)).toBe(hash);
  });

  it.each<[string, Plan]>([
    [
      "a sentence in one language",
      changed(({ changes: [first] }) => Object.assign(first?.description ?? {}, { en: "Nothing" })),
    ],
    ["a name", changed(({ changes: [first] }) => Object.assign(first ?? {}, { name: "Somebody" }))],
    [
      "a finding's words",
      changed(({ findings: [first] }) => Object.assign(first?.message ?? {}, { nl: "Niets" })),
    ],
    [
      "a decision maker",
      changed(({ rules }) =>
        Object.assign(rules.applied?.decisionMakers[0] ?? {}, { name: "Eve" }),
      ),
    ],
    ["the customer", changed(({ tenant }) => (tenant.displayName = "Other B.V."))],
  ])("is another one when %s is", (_what, other) => {
    expect(documentHash(other, FACTS)).not.toBe(hash);
  });

  it.each([
    ["who asks", { ...FACTS, requestedBy: [] }],
    ["why", { ...FACTS, reason: null }],
    ["as of when", { ...FACTS, asOf: "2026-11-22T09:30:01.000Z" }],
  ])("is another one when it differs %s", (_what, facts) => {
    expect(documentHash(plan, facts)).not.toBe(hash);
  });

  it("stays the same when others change what it leaves alone", () => {
    const other = changed((one) => {
      one.unchanged = [];
      one.unmanaged = [];
      one.createdAt = "2027-01-01T00:00:00.000Z";
      for (const property of one.changes.flatMap(({ properties }) => properties)) {
        if (property.kept !== undefined) property.kept += 1;
      }
    });
    expect(documentHash(other, FACTS)).toBe(hash);
  });
});

describe("the day until which a proposal can be decided on", () => {
  const [licence, month] = [PROPOSALS["one licence more"], PROPOSALS["a month's changes"]];

  it.each([
    ["thirty days", month, "2026-11-22T09:30:00.000Z", "2026-12-22"],
    ["the last day before the partner's lock", licence, "2027-01-20T09:30:00.000Z", "2027-01-30"],
    ["today where that is over", licence, "2027-01-31T09:30:00.000Z", "2027-01-31"],
    // Half past eleven in the evening there is the next day here.
    ["a day of the customer's country", month, "2026-11-22T23:30:00.000Z", "2026-12-23"],
  ])("is %s", (_what, ...[proposal, asOf, last]) => {
    if (proposal === undefined) throw new Error("There is no such plan");
    expect(decideBy(proposal, { asOf })).toBe(last);
  });
});
