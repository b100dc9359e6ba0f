import { expect, it } from "vitest";
import { dueCalendar } from "../../../cli/output/due-calendar.ts";

const stops = {
  day: "2027-01-31",
  text: { nl: "Exchange, Plan 1; stopt", en: "Exchange, Plan 1; stops" },
  isOver: false,
};
const ofTenant = { stack: "contoso", language: "nl", due: [stops], failure: undefined } as const;

it("is whole days, in the customer's language, the same each time", () => {
  const calendar = dueCalendar([ofTenant]);
  const lines = calendar.split("\r\n");
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines).toContain("DTSTART;VALUE=DATE:20270131");
  expect(lines).toContain(String.raw`SUMMARY:contoso: Exchange\, Plan 1\; stopt`);
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
  expect(dueCalendar([ofTenant])).toBe(calendar);
});
