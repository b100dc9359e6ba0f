/**
 * Three years of a tenant, day by day, by a clock of the test: joiners and leavers, a term that ends with another one, a
 * reduction planned for the renewal, a renewal that nobody confirmed, a contract extended. What the product says is
 * compared with a ledger that is kept here by other means: a list of days, and sums in whole cents.
 */
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../core/calendar.ts";
import { costPerYear, partOf } from "../../core/money.ts";
import { currentTerm, refusalsOfTerms, standingOf, type Terms } from "../../core/terms.ts";
import { dueDays } from "../../tenant-file/due.ts";
import { contoso, tenantOf } from "../tenant-file/contoso.ts";

const sample = tenantOf(contoso);
const FIRST = "2026-03-01";
const DAYS = Array.from({ length: 3 * 365 + 1 }, (_, at) => addDays(FIRST, at));

/** What the file says of it, from this day on. */
type Chapters = readonly (readonly [from: string, terms: Terms])[];

const SPB = { sku: "SPB", term: "annual", partnerAtTermEnd: "stop" } as const;
/** The partner lets a term lapse unless it is told; it was told twice, and forgotten the third time. */
const PREMIUM: Chapters = [
  ["2026-03-01", { ...SPB, start: "2026-03-01", customTermEndDate: "2026-12-31", count: 9 }],
  // Joiners in the middle of the term.
  ["2026-06-10", { ...SPB, start: "2026-03-01", customTermEndDate: "2026-12-31", count: 12 }],
  // Leavers: fewer from the renewal on, which confirms it.
  [
    "2026-11-20",
    {
      ...{ ...SPB, start: "2026-03-01", customTermEndDate: "2026-12-31", count: 12 },
      ...{ atRenewal: 10, atTermEnd: "renew" },
    },
  ],
  ["2027-01-01", { ...SPB, start: "2027-01-01", count: 10 }],
  ["2027-12-01", { ...SPB, start: "2027-01-01", count: 10, atTermEnd: "renew" }],
  // Nobody wrote anything in 2028: it stops on 1 January 2029.
];
const VISIO: Chapters = [
  [
    "2026-03-01",
    { sku: "VISIOCLIENT", term: "triennial", start: "2025-02-28", count: 1, atTermEnd: "extend" },
  ],
];

const inForce = (chapters: Chapters, day: string): Terms => {
  const found = chapters.findLast(([from]) => from <= day);
  if (found === undefined) throw new Error(`Nothing on ${day}`);
  return found[1];
};

/** When each term of the ledger begins; the last one is where it has ended. */
const PREMIUM_TERMS = ["2026-03-01", "2027-01-01", "2028-01-01", "2029-01-01"];

describe("three years of one tenant", () => {
  it("have never a wrong day", () => {
    for (const day of DAYS) {
      const is = currentTerm(inForce(PREMIUM, day), day);
      const start = PREMIUM_TERMS.findLast((from) => from <= day);
      const end = PREMIUM_TERMS.find((from) => from > day);
      expect(is, day).toEqual(end === undefined ? undefined : { start, end });
      const visio = standingOf(inForce(VISIO, day), day);
      expect(visio?.end, day).toBe("2028-02-28");
      expect(visio?.phase, day).toBe(day < "2028-02-28" ? "running" : "extended");
    }
  });

  it("say of each coming end what happens then, also the renewal that nobody confirmed", () => {
    const nextOf = (day: string) => standingOf(inForce(PREMIUM, day), day)?.next;
    for (const day of DAYS) {
      const isTold =
        (day >= "2026-11-20" && day < "2027-01-01") || (day >= "2027-12-01" && day < "2028-01-01");
      expect(nextOf(day), day).toBe(isTold ? "renew" : "stop");
    }
  });

  it("never let the number fall inside a term, and always let it rise", () => {
    for (const day of DAYS) {
      const terms = inForce(PREMIUM, day);
      const isFirstDay = PREMIUM_TERMS.includes(day);
      const isOver = day >= "2029-01-01";
      const fewer = refusalsOfTerms(terms, { ...terms, count: terms.count - 1 }, { asOf: day });
      expect(fewer.length, day).toBe(isFirstDay || isOver ? 0 : 1);
      expect(refusalsOfTerms(terms, { ...terms, count: terms.count + 1 }, { asOf: day })).toEqual(
        [],
      );
    }
  });

  it("have never a wrong sum: each day of a term costs its share, and together they are the term", () => {
    const price = { amount: "20.60", per: "month" } as const;
    for (const [at, start] of PREMIUM_TERMS.slice(0, -1).entries()) {
      const end = PREMIUM_TERMS[at + 1] ?? start;
      const { count } = inForce(PREMIUM, start);
      const whole = costPerYear(price, count);
      const days = daysBetween(start, end);
      expect([306, 365, 366]).toContain(days);
      let before = Number(partOf(whole, days, days));
      expect(Math.round(before * 100)).toBe(2060 * 12 * count);
      for (let passed = 1; passed <= days; passed += 1) {
        const left = Number(partOf(whole, days - passed, days));
        expect(Math.abs(before - left - (20.6 * 12 * count) / days)).toBeLessThan(0.00011);
        before = left;
      }
      expect(before).toBe(0);
    }
  });

  it("are told by what falls due: nothing over before its day, and nothing that is over forgotten", () => {
    for (const day of DAYS.filter((_, at) => at % 3 === 0)) {
      const tenant = {
        ...sample,
        ...{ guests: [], approval: { required: 1, decisionMakers: [] } },
        // The contract was extended when it had a year to go.
        contract: { ...sample.contract, end: day < "2027-12-01" ? "2028-12-31" : "2030-12-31" },
        licensePartner: {
          name: "Verdeler",
          customerAgreement: { agreedBy: "Marieke", dateAgreed: "2026-02-01" },
          atTermEnd: "stop" as const,
        },
        subscriptions: [PREMIUM, VISIO].map((chapters) => {
          const { partnerAtTermEnd: _, ...written } = inForce(chapters, day);
          return written as NonNullable<typeof sample.subscriptions>[number];
        }),
      };
      const due = dueDays(tenant, day);
      expect(due.every((one) => one.isOver === one.day < day)).toBe(true);
      const premium = due.filter(({ text }) => /Premium (renews|stops|has)/.test(text.en));
      const end = PREMIUM_TERMS.find((from) => from > day) ?? "2029-01-01";
      expect(
        premium.map((one) => one.day),
        day,
      ).toEqual([end]);
      expect(premium[0]?.isOver, day).toBe(day > "2029-01-01");
      const contract = due.find(({ text }) => text.en.includes("contract"));
      expect(contract?.day).toBe(tenant.contract.end);
    }
  });
});
