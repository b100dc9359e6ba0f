/** Money is reckoned exactly, and rounded once, for people. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localeOf } from "../../core/i18n/format.ts";
import { AMOUNT, costPerYear, partOf, perMonth, sumOf } from "../../core/money.ts";

const monthly = (amount: string) => ({ amount, per: "month" }) as const;
const yearly = (amount: string) => ({ amount, per: "year" }) as const;

describe("what licences cost", () => {
  it.each([
    [monthly("20.60"), 1, "247.2"],
    // 0.1 + 0.2 in binary fractions is another number.
    [monthly("0.1"), 3, "3.6"],
    [monthly("1234567.8901"), 100_000, "1481481468120"],
    [yearly("100"), 3, "300"],
    [monthly("20.60"), -2, "-494.4"],
    [yearly("0.0001"), -1, "-0.0001"],
    [yearly("0"), 5, "0"],
  ])("is exact: %o for %i", (price, count, perYear) => {
    expect(costPerYear(price, count)).toBe(perYear);
  });

  it("adds up, in both directions", () => {
    expect(sumOf(["0.1", "0.2", "-0.3"])).toBe("0");
    expect(sumOf(["9007199254740993", "-1", "0.0001"])).toBe("9007199254740992.0001");
    expect(sumOf([])).toBe("0");
  });

  it.each([
    ["247.2", "€ 20,60", "€20.60"],
    ["100", "€ 8,33", "€8.33"],
    // A twelfth of it is a hair above half a cent.
    ["0.0601", "€ 0,01", "€0.01"],
    ["0.0599", "€ 0,00", "€0.00"],
    ["14814814.8", "€ 1.234.567,90", "€1,234,567.90"],
  ])("is shown by the month, rounded once: %s a year", (perYear, dutch, english) => {
    const shown = (language: "nl" | "en") => localeOf(language).money(perMonth(perYear), "EUR");
    expect(shown("nl")).toBe(dutch);
    expect(shown("en")).toBe(english);
  });

  it("has the decimals of its currency", () => {
    expect(localeOf("en").money(perMonth("14814"), "JPY")).toMatch(/1,235$/);
  });

  it.each(["20.6", "0", "1234567.8901"])("takes %s for an amount", (amount) => {
    expect(amount).toMatch(AMOUNT);
  });

  it.each(["20,60", "-1", ".5", "1.", "1e3", "12345678", "0.00001", ""])("and not %j", (amount) => {
    expect(amount).not.toMatch(AMOUNT);
  });
});

describe("a part of an amount by days", () => {
  it.each([
    ["247.2", 365, 365, "247.2"],
    ["247.2", 0, 365, "0"],
    ["100", 1, 3, "33.3333"],
    ["0.0001", 1, 2, "0.0001"],
  ] as const)("of %s, %i of %i, is %s", (...[amount, parts, of, part]) => {
    expect(partOf(amount, parts, of)).toBe(part);
  });

  it("and what is left of it are the whole, to a ten-thousandth", () => {
    const days = fc.integer({ min: 1, max: 1096 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), days, days, (cents, one, other) => {
        const [part, of] = one < other ? [one, other] : [other, one];
        const amount = (cents / 100).toFixed(2);
        const sum = Number(sumOf([partOf(amount, part, of), partOf(amount, of - part, of)]));
        expect(Math.abs(sum - Number(amount))).toBeLessThan(0.00011);
      }),
    );
  });
});
