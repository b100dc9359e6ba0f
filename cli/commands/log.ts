import { z } from "zod";
import { readLog, verifyLog } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, tenantName } from "../shared-words.ts";
import { linesOf } from "../output/record-lines.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    verify: flag.describe("check chain and signatures; ends with 2 at the first break"),
  }),
  examples: [
    { line: "tenantry log contoso", meaning: "the whole record, oldest first" },
    { line: "tenantry log contoso --verify", meaning: "does every entry hold?" },
    { line: "tenantry log contoso --json", meaning: "the statements, for a program to read" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const operation = await context.operation();
    if (options.verify) {
      const { entries, head } = await verifyLog(operation, { stack });
      return {
        exitCode: EXIT.done,
        text: `${entries} entries verified: chain and signatures are valid. Newest: #${head.sequence} ${head.hash}`,
        json: { entries, head },
      };
    }
    const entries = await readLog(operation, { stack });
    const text =
      entries.length === 0
        ? `Nothing is recorded of ${stack} yet.`
        : [...entries.flatMap(linesOf), "", "Check it with --verify."].join("\n");
    return { exitCode: EXIT.done, text, json: { entries } };
  },
});
