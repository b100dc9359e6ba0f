import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import type { TenantDue } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { withWordedFailure, wordedFailure } from "../output/remedy.ts";
import { file, flag, tenantName, wholeNumber } from "../shared-words.ts";

const MOST_DAYS = 3660;

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName.optional() }),
  options: z.strictObject({
    days: wholeNumber(MOST_DAYS)
      .default(90)
      .meta({ value: "number", description: "how far ahead; what is over is always listed" }),
    calendar: file.optional().meta({
      value: "file",
      description: "also write the days as a calendar (iCalendar), in each customer's language",
    }),
    exitCode: flag.describe("exit with 3 when the last day of something is over"),
  }),
  examples: [
    { line: "tenantry due", meaning: "what ends or renews at all tenants in the next 90 days" },
    {
      line: "tenantry due contoso --days 365 --calendar contoso.ics",
      meaning: "a year of one tenant, also as a calendar",
    },
  ],
  run: async (context, { args: { tenant }, options }) => {
    const { whatFallsDue } = await import("../../operations/index.ts");
    const { days, calendar } = options;
    const tenants = await whatFallsDue(await context.operation(), { tenant, days });
    const written = calendar === undefined ? undefined : resolve(calendar);
    if (written !== undefined) {
      const { dueCalendar } = await import("../output/due-calendar.ts");
      await writeFile(written, dueCalendar(tenants));
    }
    const isOver = tenants.some(({ due }) => due.some((one) => one.isOver));
    const isUnread = tenants.some(({ failure }) => failure !== undefined);
    const lines = [
      ...tenants.flatMap(linesOf),
      ...(written === undefined ? [] : [`Calendar: ${written}`]),
    ];
    return {
      exitCode: isUnread
        ? EXIT.refused
        : isOver && options.exitCode
          ? EXIT.changesWaiting
          : EXIT.done,
      text: lines.join("\n") || `Nothing falls due in the next ${days} days.`,
      json: {
        tenants: tenants.map(withWordedFailure),
        calendar: written ?? null,
      },
    };
  },
});

function linesOf({ stack, due, failure }: TenantDue): string[] {
  if (failure !== undefined) return [`${stack}: ${wordedFailure(failure).message}`];
  return due.map(
    ({ day, text, isOver }) =>
      `${day}  ${stack}: ${text.en}${isOver ? " (over, and still in the file)" : ""}`,
  );
}
