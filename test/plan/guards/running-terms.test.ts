/** No plan drops what is paid for until a day that has not come. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { calendar } from "../../../core/calendar.ts";
import { runningTermFindings } from "../../../plan/guards/running-terms.ts";
import type { Change } from "../../../plan/model/model.ts";
import { aChange, property } from "../support.ts";

beforeEach(() => {
  vi.spyOn(calendar, "today").mockReturnValue("2026-11-27");
});
afterEach(() => vi.restoreAllMocks());

const dropped = (
  terms: Readonly<Record<string, string>>,
  operation: Change["operation"] = "delete",
) =>
  runningTermFindings([
    aChange("POWER_BI_PRO", {
      type: "m365:licensing:Subscription",
      operation,
      properties: Object.entries(terms).map(([path, value]) => property(path, value, undefined)),
    }),
  ]);

it("stops the plan with the day from which it can be dropped, the term renewed (K4)", () => {
  expect(dropped({ term: "annual", start: "2024-06-01" })).toMatchObject([
    {
      code: "term-running",
      clearedBy: "declaration",
      message: {
        nl: "Power BI Pro kan pas op 1 juni 2027 vervallen: tot dan loopt de jaartermijn",
        en: "Power BI Pro cannot be dropped before 1 June 2027: its annual term runs until then",
      },
    },
  ]);
});

it.each([
  ["a monthly one", { term: "monthly" }, "delete"],
  ["one that renews today", { term: "annual", start: "2025-11-27" }, "delete"],
  ["one that is only released", { term: "annual", start: "2026-06-01" }, "forget"],
] as const)("lets %s go", (_what, terms, operation) => {
  expect(dropped(terms, operation)).toEqual([]);
});
