import { describe, expect, it } from "vitest";
import { isWorkingDay } from "../../migration/working-days.ts";

describe("working days", () => {
  it.each([
    ["NL", "2026-04-06", "Easter Monday"],
    ["NL", "2026-05-14", "Ascension"],
    ["NL", "2026-05-25", "Whit Monday"],
    ["NL", "2027-03-29", "Easter Monday"],
    ["NL", "2026-04-27", "King's Day"],
    ["NL", "2030-05-05", "Liberation Day, and a Sunday"],
    ["NL", "2025-05-05", "Liberation Day every five years"],
    ["NL", "2028-12-26", "the second day of Christmas"],
    ["BE", "2026-07-21", "the national day of Belgium"],
    ["BE", "2024-11-11", "Armistice Day"],
    ["DE", "2027-01-23", "a Saturday"],
  ])("%s does not work on %s, %s", (country, day) => {
    expect(isWorkingDay(country, day)).toBe(false);
  });

  it.each([
    ["NL", "2026-05-05"],
    ["NL", "2026-07-21"],
    ["NL", "2026-04-28"],
    ["BE", "2026-04-27"],
    ["BE", "2025-12-26"],
    ["DE", "2027-01-22"],
  ])("%s works on %s", (country, day) => {
    expect(isWorkingDay(country, day)).toBe(true);
  });

  it("keeps King's Day off Sundays: the day before", () => {
    expect(["2025-04-26", "2031-04-26"].map((day) => isWorkingDay("NL", day))).toEqual([
      false,
      false,
    ]);
    expect(isWorkingDay("NL", "2031-04-28")).toBe(true);
  });
});
