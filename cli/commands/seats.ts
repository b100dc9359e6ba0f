import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName.optional() }),
  options: z.strictObject({}),
  examples: [
    {
      line: "tenantry seats > seats.csv",
      meaning: "licences and managed seats of all tenants, for invoices",
    },
  ],
  run: async (context, { args: { tenant } }) => {
    const { seatCounts } = await import("../../operations/index.ts");
    const seats = await seatCounts(await context.operation(), { tenant });
    // Names of folders, part numbers, our own words: nothing in them has to be escaped.
    const lines = seats.map(({ stack, kind, what, count }) => [stack, kind, what, count].join(","));
    return {
      exitCode: EXIT.done,
      text: ["tenant,kind,what,count", ...lines].join("\n"),
      json: { seats },
    };
  },
});
