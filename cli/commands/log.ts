import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, receipt, receiptOf, tenantName } from "../shared-words.ts";
import { linesOf } from "../output/record-lines.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    verify: flag.describe("verify chain and signatures; exits with 2 at the first break"),
    receipt: receipt
      .optional()
      .describe("verify, and look for the entry that `tenantry approve` printed"),
  }),
  examples: [
    { line: "tenantry log contoso", meaning: "the whole record, oldest first" },
    { line: "tenantry log contoso --verify", meaning: "is every entry valid?" },
    {
      line: "tenantry log contoso --receipt 12:<hash>",
      meaning: "is the decision of this receipt still in it?",
    },
    { line: "tenantry log contoso --json", meaning: "the statements as JSON" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { readLog, verifyLog } = await import("../../operations/index.ts");
    const operation = await context.operation();
    if (options.verify || options.receipt !== undefined) {
      const { entries, head } = await verifyLog(operation, { stack, receipt: options.receipt });
      return {
        exitCode: EXIT.done,
        text: `${entries} entries verified: chain and signatures are valid. Newest: ${receiptOf(head)}`,
        json: { entries, head },
      };
    }
    const entries = await readLog(operation, { stack });
    const text =
      entries.length === 0
        ? `Nothing is recorded for ${stack} yet.`
        : [...entries.flatMap(linesOf), "", "Check it with --verify."].join("\n");
    return { exitCode: EXIT.done, text, json: { entries } };
  },
});
