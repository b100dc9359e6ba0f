import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, dayIn } from "../../core/calendar.ts";
import {
  currentTerm,
  lastChangeDay,
  refusalsOfTerms,
  standingOf,
  TERM_MONTHS,
  type Terms,
} from "../../core/terms.ts";

const DAY = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

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
    fc.assert(
      fc.property(
        DAY,
        DAY,
        fc.constantFrom("annual" as const, "triennial" as const),
        (start, asOf, term) => {
          const is = currentTerm({ term, start }, asOf);
          const first = addMonths(start, TERM_MONTHS[term]);
          expect(is).toBeDefined();
          if (is === undefined) return;
          expect(is.start <= asOf || (asOf < first && is.start === start)).toBe(true);
          expect(asOf < is.end).toBe(true);
          expect(is.end.slice(5, 7)).toBe(start.slice(5, 7));
          const years = Number(is.end.slice(0, 4)) - Number(is.start.slice(0, 4));
          expect(years).toBe(TERM_MONTHS[term] / 12);
        },
      ),
    );
  });

  it("that ends with another subscription is followed by whole ones, each from where the last ended", () => {
    const first = fc.integer({ min: 0, max: 364 });
    fc.assert(
      fc.property(DAY, first, DAY, (start, length, asOf) => {
        const customTermEndDate = addDays(start, length);
        const is = currentTerm({ term: "annual", start, customTermEndDate }, asOf);
        const renewal = addDays(customTermEndDate, 1);
        if (asOf < renewal) expect(is).toEqual({ start, end: renewal });
        else expect(is).toEqual(currentTerm({ term: "annual", start: renewal }, asOf));
      }),
    );
  });
});

describe("what happens where a term ends", () => {
  const series = { term: "annual", start: "2026-02-01" } as const;

  it.each([
    ["is not known where nobody says so", {}, undefined],
    ["is what the partner does", { partnerAtTermEnd: "stop" }, "stop"],
    ["is what was agreed for this term", { partnerAtTermEnd: "stop", atTermEnd: "renew" }, "renew"],
    ["is the end where notice was given", { partnerAtTermEnd: "renew", atRenewal: 0 }, "stop"],
  ] as const)("%s", (_what, part, next) => {
    const standing = standingOf({ ...series, ...part }, "2027-01-31");
    expect(standing).toMatchObject({ phase: "running", end: "2027-02-01", isNamed: true });
    expect(standing?.next).toBe(next);
  });

  it("was said of one term: a partner that has to be told each time is told each time", () => {
    const told = { ...series, partnerAtTermEnd: "stop", atTermEnd: "renew" } as const;
    expect(standingOf(told, "2027-02-01")).toMatchObject({ phase: "running", next: "stop" });
    expect(standingOf(told, "2028-02-01")).toMatchObject({ phase: "ended", end: "2028-02-01" });
  });

  it.each([
    ["stop", "ended"],
    ["extend", "extended"],
  ] as const)(
    "%s: from that day on nothing commits, however long ago it was",
    (atTermEnd, phase) => {
      fc.assert(
        fc.property(DAY, (asOf) => {
          const standing = standingOf({ ...series, atTermEnd }, asOf);
          expect(standing?.end).toBe("2027-02-01");
          expect(standing?.phase).toBe(asOf < "2027-02-01" ? "running" : phase);
          const is = currentTerm({ ...series, atTermEnd }, asOf);
          expect(is === undefined).toBe(asOf >= "2027-02-01");
        }),
      );
    },
  );
});

describe("the last day for a change before a renewal", () => {
  it.each([
    ["NL", "2027-02-01", "2027-01-30"],
    ["GB", "2027-02-01", "2027-01-30"],
    ["US", "2027-02-01", "2027-01-29"],
    ["NZ", "2027-02-01", "2027-01-30"],
    // The clocks are put forward and back in the night before.
    ["NL", "2027-03-29", "2027-03-27"],
    ["NL", "2027-11-01", "2027-10-30"],
  ])("in %s for %s is %s", (country, end, last) => {
    expect(lastChangeDay(end, country)).toBe(last);
  });

  it("is whole, and the next one is not", () => {
    fc.assert(
      fc.property(DAY, fc.constantFrom("NL", "US", "NZ", "GB", "IN"), (end, country) => {
        const locked = Date.parse(`${end}T00:00:00Z`) - 86_400_000;
        const last = lastChangeDay(end, country);
        expect(dayIn(country, new Date(locked)) > last).toBe(true);
        expect(dayIn(country, new Date(locked))).toBe(addDays(last, 1));
      }),
    );
  });
});

describe("another number for the renewal", () => {
  const running: Terms = { ...annual, start: "2026-02-01" };

  it("is refused in the partner's last 24 hours, with when it is possible again (coming case 22)", () => {
    const less = { ...running, atRenewal: 3 };
    expect(refusalsOfTerms(running, less, { asOf: "2027-01-30" })).toEqual([]);
    expect(refusalsOfTerms(running, less, { asOf: "2027-01-31" })).toEqual([
      {
        property: "atRenewal",
        possibleFrom: "2027-02-01",
        message: {
          nl: "Voor de verlenging van Microsoft 365 Business Premium op 1 februari 2027 kon dit tot en met 30 januari 2027: de licentiepartner neemt in de laatste 24 uur (UTC) niets meer aan. Na de verlenging kan het tot de dag die de partner noemt (cancellationAllowedUntil), en dan pas op 1 februari 2028",
          en: "For the renewal of Microsoft 365 Business Premium on 1 February 2027 this was possible until 30 January 2027: the licence partner takes nothing in the last 24 hours (UTC). After the renewal it is possible until the day that the partner names (cancellationAllowedUntil), and then not before 1 February 2028",
        },
      },
    ]);
    expect(
      refusalsOfTerms({ ...running, atRenewal: 3 }, running, { asOf: "2027-01-31" }),
    ).toHaveLength(1);
  });

  it("is said of the term that runs, not of one that is over", () => {
    const asOf = "2027-06-01";
    const refused = [
      {
        property: "atRenewal",
        message: { en: expect.stringContaining("start: 2027-02-01") as string },
      },
    ];
    expect(refusalsOfTerms(running, { ...running, atRenewal: 3 }, { asOf })).toMatchObject(refused);
    expect(refusalsOfTerms(running, { ...running, atTermEnd: "stop" }, { asOf })).toMatchObject([
      { property: "atTermEnd" },
    ]);
    const renewed = { ...running, start: "2027-02-01", atRenewal: 3 };
    expect(refusalsOfTerms(running, renewed, { asOf })).toEqual([]);
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
    const named = { ...annual, start: "2026-02-01" };
    expect(refusalsOfTerms(named, { ...named, atRenewal: 2 }, { asOf })).toEqual([]);
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
