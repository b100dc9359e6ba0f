import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths } from "../../core/calendar.ts";
import { currentTerm, refusalsOfTerms, type Terms } from "../../core/terms.ts";

const annual: Terms = { sku: "SPB", term: "annual", start: "2025-02-01", count: 5 };

describe("the current term", () => {
  it.each([
    ["2025-02-01", "2025-02-01", "2026-02-01"],
    ["2026-01-31", "2025-02-01", "2026-02-01"],
    ["2026-02-01", "2026-02-01", "2027-02-01"],
    ["2026-11-26", "2026-02-01", "2027-02-01"],
    ["2034-11-26", "2034-02-01", "2035-02-01"],
    ["2024-06-01", "2025-02-01", "2026-02-01"],
  ])("on %s runs from %s until %s", (asOf, start, end) => {
    expect(currentTerm(annual, asOf)).toEqual({ start, end });
  });

  it("that started on a leap day renews on the last of February, and on the 29th again", () => {
    const leap = { term: "annual", start: "2024-02-29" } as const;
    expect(currentTerm(leap, "2025-02-27")?.end).toBe("2025-02-28");
    expect(currentTerm(leap, "2025-02-28")).toEqual({ start: "2025-02-28", end: "2026-02-28" });
    expect(currentTerm(leap, "2027-12-01")?.end).toBe("2028-02-29");
  });

  it("is none for a monthly subscription", () => {
    expect(currentTerm({ term: "monthly" }, "2026-11-26")).toBeUndefined();
  });

  it("holds its day, whatever the day and the start", () => {
    const day = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (start, asOf) => {
        const term = currentTerm({ term: "annual", start }, asOf);
        const first = addMonths(start, 12);
        expect(term).toBeDefined();
        if (term === undefined) return;
        expect(term.start <= asOf || (asOf < first && term.start === start)).toBe(true);
        expect(asOf < term.end).toBe(true);
        expect(term.end.slice(5, 7)).toBe(start.slice(5, 7));
        expect(Number(term.end.slice(0, 4)) - Number(term.start.slice(0, 4))).toBe(1);
      }),
    );
  });
});

describe("a lower number", () => {
  const asOf = "2026-11-26";

  it("is refused in a term that has renewed, with the day and what to write instead", () => {
    expect(refusalsOfTerms(annual, { ...annual, count: 3 }, { asOf })).toEqual([
      {
        property: "count",
        possibleFrom: "2027-02-01",
        message: {
          nl: "Microsoft 365 Business Premium kan pas op 1 februari 2027 van 5 naar 3: tot dan loopt de jaartermijn. Voor die dag: count: 5 met atRenewal: 3",
          en: "Microsoft 365 Business Premium cannot fall from 5 to 3 before 1 February 2027: its annual term runs until then. For that day write count: 5 and atRenewal: 3",
        },
      },
    ]);
  });

  it.each([
    ["on the day of renewal", { asOf: "2027-02-01" }],
    ["on the last day that the service says", { asOf, cancellationAllowedUntil: asOf }],
    ["before the first term has begun", { asOf: "2025-01-31" }],
  ])("is possible %s", (_when, today) => {
    expect(refusalsOfTerms(annual, { ...annual, count: 3 }, today)).toEqual([]);
  });

  it.each([
    ["the day after renewal", { asOf: "2027-02-02" }, "2028-02-01"],
    ["the day before renewal", { asOf: "2027-01-31" }, "2027-02-01"],
    [
      "the day after the service's window",
      { asOf, cancellationAllowedUntil: "2026-11-25" },
      "2027-02-01",
    ],
  ])("is not %s", (...[, today, possibleFrom]) => {
    expect(refusalsOfTerms(annual, { ...annual, count: 3 }, today)).toMatchObject([
      { property: "count", possibleFrom },
    ]);
  });

  it("is no matter of a monthly subscription, and a higher one of none", () => {
    const monthly: Terms = { sku: "SPB", term: "monthly", count: 5 };
    expect(refusalsOfTerms(monthly, { ...monthly, count: 1 }, { asOf })).toEqual([]);
    expect(refusalsOfTerms(annual, { ...annual, count: 9 }, { asOf })).toEqual([]);
    expect(refusalsOfTerms(annual, { ...annual, atRenewal: 2 }, { asOf })).toEqual([]);
  });

  it("that was to be from the renewal on can be written with the new start, and no lower one", () => {
    const agreed = { ...annual, start: "2026-02-01", atRenewal: 3 };
    const later = { asOf: "2027-03-15" };
    const renewed: Terms = { ...annual, start: "2027-02-01", count: 3 };
    expect(refusalsOfTerms(agreed, renewed, later)).toEqual([]);
    expect(refusalsOfTerms(agreed, { ...renewed, count: 2 }, later)).toHaveLength(1);
    expect(refusalsOfTerms(agreed, { ...renewed, start: "2026-02-01" }, later)).toHaveLength(1);
    expect(refusalsOfTerms({ ...agreed, atRenewal: undefined }, renewed, later)).toHaveLength(1);
    expect(refusalsOfTerms(agreed, { ...agreed, count: 3 }, { asOf })).toHaveLength(1);
  });
});

describe("other changes of a running term", () => {
  const today = { asOf: "2026-11-26" };

  it.each([
    ["another product", { sku: "SPE_E3" }, "sku"],
    ["a monthly term", { term: "monthly", start: undefined }, "term"],
    ["another start", { start: "2026-05-01" }, "start"],
    ["a start to come", { start: "2027-02-01" }, "start"],
  ])("refuse %s", (...[, part, property]) => {
    const wanted = { ...annual, ...part } as Terms;
    expect(refusalsOfTerms(annual, wanted, today)).toMatchObject([
      { property, possibleFrom: "2027-02-01" },
    ]);
    expect(refusalsOfTerms(annual, wanted, { asOf: "2027-02-01" })).toEqual([]);
  });

  it("take the start of another term of the series for the same", () => {
    expect(refusalsOfTerms(annual, { ...annual, start: "2026-02-01" }, today)).toEqual([]);
  });
});
