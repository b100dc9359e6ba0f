import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, positionOf, problemsOf, warningsOf } from "../contoso.ts";

it("refuses a day that does not exist, where it stands", () => {
  expectOneProblem(contosoWith(["end: 2028-12-31", "end: 2027-02-29"]), "^2027-02-29", {
    path: "contract.end",
    message: "Not a valid date",
    received: '"2027-02-29"',
    allowed: "a valid date, as YYYY-MM-DD",
  });
});

it("refuses a contract that ends before it starts", () => {
  expectOneProblem(contosoWith(["end: 2028-12-31", "end: 2025-12-31"]), "^2025-12-31", {
    path: "contract.end",
    allowed: "2026-01-01 or later",
  });
});

it("accepts a contract of one day", () => {
  expect(problemsOf(contosoWith(["end: 2028-12-31", "end: 2026-01-01"]))).toEqual([]);
});

it("refuses a deputy's period that runs backwards", () => {
  expectOneProblem(contosoWith(["until: 2027-01-04", "until: 2026-12-20"]), "^2026-12-20", {
    path: "approval.decisionMakers[2].until",
  });
});

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
    const same = contosoWith(["count: 9", "count: 9\n    atRenewal: 9"]);
    expectOneProblem(same, "atRenewal: ^9", { allowed: "a number other than count" });
    const monthly = contosoWith(["count: 3", "count: 3\n    atRenewal: 2"]);
    expectOneProblem(monthly, "atRenewal: ^2", {
      message: "Change a monthly subscription through its count",
    });
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
