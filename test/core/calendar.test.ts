import { describe, expect, it } from "vitest";
import { addDays, addMonths, calendar } from "../../core/calendar.ts";

describe("the calendar", () => {
  it("keeps the day of the month, or takes the last one where it does not exist", () => {
    expect(addMonths("2026-02-01", 12)).toBe("2027-02-01");
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
    expect(addMonths("2026-12-31", 0)).toBe("2026-12-31");
  });

  it("counts days over months, years and leap days", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-29", 365)).toBe("2027-03-29");
  });

  it("knows today as a calendar day", () => {
    expect(calendar.today()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
