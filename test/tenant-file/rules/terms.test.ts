import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, positionOf, problemsOf, warningsOf } from "../contoso.ts";

/** The annual subscription of the sample with more lines, or the monthly one. */
const annual = (lines: string): string => contosoWith(["count: 9", `count: 9\n    ${lines}`]);
const monthly = (lines: string): string => contosoWith(["count: 3", `count: 3\n    ${lines}`]);

it("refuses an annual subscription without start, and lets a monthly one do without", () => {
  expectOneProblem(contosoWith(["    start: 2026-02-01\n", ""]), "^sku: SPB", {
    path: "subscriptions[0].start",
    message: "An annual subscription needs the day on which its 12 months start",
  });
});

describe("the number at renewal", () => {
  it("may be lower, higher or none at all", () => {
    for (const atRenewal of [7, 12, 0]) {
      expect(
        problemsOf(contosoWith(["count: 9", `count: 9\n    atRenewal: ${atRenewal}`])),
      ).toEqual([]);
    }
  });

  it("is refused where it says nothing", () => {
    const same = annual("atRenewal: 9");
    expectOneProblem(same, "atRenewal: ^9", { allowed: "a number other than count" });
    expectOneProblem(monthly("atRenewal: 2"), "atRenewal: ^2", {
      message: "Change a monthly subscription through its count",
    });
  });

  it("does not contradict what happens where the term ends", () => {
    expectOneProblem(annual("atRenewal: 0\n    atTermEnd: renew"), "atRenewal: ^0", {
      message: "This contradicts atTermEnd: renew",
    });
    expectOneProblem(annual("atRenewal: 6\n    atTermEnd: stop"), "atRenewal: ^6", {});
    expect(problemsOf(annual("atRenewal: 7\n    atTermEnd: renew"))).toEqual([]);
  });

  it("is warned of where more people hold the licence now", () => {
    const text = contosoWith(["count: 9", "count: 9\n    atRenewal: 6"]);
    expect(warningsOf(text)).toMatchObject([
      {
        ...positionOf(text, "atRenewal: ^6"),
        allowed: expect.stringMatching(/^at least 9/) as string,
      },
    ]);
  });
});

describe("a term", () => {
  it("of three years needs its start too", () => {
    const text = contosoWith(["term: annual\n    start: 2026-02-01\n", "term: triennial\n"]);
    expectOneProblem(text, "^sku: SPB", {
      message: "A triennial subscription needs the day on which its 36 months start",
    });
  });

  it("is not paid for longer than it lasts", () => {
    expectOneProblem(annual("billingCycle: triennial"), "billingCycle: ^triennial", {
      allowed: "annual, or shorter",
    });
    expect(problemsOf(annual("billingCycle: monthly"))).toEqual([]);
    expectOneProblem(monthly("billingCycle: annual"), "billingCycle: ^annual", {});
  });

  it("ends its first time within its length", () => {
    expect(problemsOf(annual("customTermEndDate: 2026-12-31"))).toEqual([]);
    expect(problemsOf(annual("customTermEndDate: 2027-01-31"))).toEqual([]);
    expectOneProblem(annual("customTermEndDate: 2027-02-01"), "customTermEndDate: ^2027", {
      allowed: "2026-02-01 to 2027-01-31",
    });
    expectOneProblem(annual("customTermEndDate: 2026-01-31"), "customTermEndDate: ^2026", {});
  });

  it("that is monthly has no end of its own", () => {
    expectOneProblem(monthly("atTermEnd: stop"), "atTermEnd: ^stop", {});
  });
});
