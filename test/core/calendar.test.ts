import { describe, expect, it } from "vitest";
import { addDays, addMonths, calendar, dayIn, startOfDay } from "../../core/calendar.ts";
import { countryCodes } from "../../tenant-file/schema/countries.ts";

describe("the calendar", () => {
  it("keeps the day of the month, or takes the last one where it does not exist", () => {
    expect(addMonths("2026-02-01", 12)).toBe("2027-02-01");
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
    expect(addMonths("2026-12-31", 0)).toBe("2026-12-31");
  });

  it("finds where a day begins in a country, also where the clocks change", () => {
    const begins = (country: string, day: string) => startOfDay(country, day).toISOString();
    expect(begins("NL", "2027-07-01")).toBe("2027-06-30T22:00:00.000Z");
    expect(begins("NL", "2027-03-28")).toBe("2027-03-27T23:00:00.000Z");
    expect(begins("NL", "2027-10-31")).toBe("2027-10-30T22:00:00.000Z");
    expect(begins("NL", "2027-11-01")).toBe("2027-10-31T23:00:00.000Z");
    expect(begins("US", "2027-07-01")).toBe("2027-07-01T04:00:00.000Z");
  });

  it("counts days over months, years and leap days", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-29", 365)).toBe("2027-03-29");
  });

  it.each([
    ["NL", "2026-03-28T23:30:00Z", "2026-03-29"],
    ["NL", "2026-03-29T21:59:59Z", "2026-03-29"],
    ["NL", "2026-03-29T22:00:00Z", "2026-03-30"],
    ["NL", "2026-10-25T22:59:59Z", "2026-10-25"],
    ["NL", "2026-10-25T23:00:00Z", "2026-10-26"],
    ["NL", "2026-12-31T23:00:00Z", "2027-01-01"],
    ["GB", "2026-12-31T23:59:59Z", "2026-12-31"],
    ["US", "2027-01-01T04:59:59Z", "2026-12-31"],
    ["ES", "2026-12-31T23:00:00Z", "2027-01-01"],
    ["CW", "2027-01-01T03:59:59Z", "2026-12-31"],
  ])("knows the day in %s at %s: %s", (country, instant, day) => {
    expect(dayIn(country, new Date(instant))).toBe(day);
  });

  it("has a time zone for every country that a file can name", () => {
    for (const country of countryCodes) {
      expect(() => dayIn(country, new Date(0)), country).not.toThrow();
    }
  });

  it("knows today as a calendar day", () => {
    expect(calendar.today()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
