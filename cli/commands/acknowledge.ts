import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    reason: text.optional().describe("what you looked at and found; required to record it"),
  }),
  examples: [
    { line: "tenantry acknowledge contoso", meaning: "shows what somebody has to look at" },
    {
      line: "tenantry acknowledge contoso --reason 'Ines removed the account by hand'",
      meaning: "records that it was looked at",
    },
  ],
  run: async (context, { args: { tenant: stack }, options: { reason } }) => {
    const { acknowledge } = await import("../../operations/index.ts");
    const acknowledged = await acknowledge(await context.operation(), { stack, reason });
    const { entries, creations } = acknowledged;
    return {
      exitCode: EXIT.done,
      text: [
        ...entries.map((entry) => `The time of entry ${entry} no longer counts.`),
        ...creations.map((name) => `${name} is no longer asked about.`),
      ].join("\n"),
      json: { acknowledged },
    };
  },
});
