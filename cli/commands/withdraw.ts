import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { digest, email, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    as: email.describe("decision maker, also for a decision of their deputy"),
    digest: digest.optional().describe("digest of the plan (default: the latest)"),
    remark: text.default("").describe("reason, kept in the record"),
  }),
  examples: [
    {
      line: "tenantry withdraw contoso --as anna@contoso.com --remark 'Not this week'",
      meaning: "the plan cannot be applied until somebody approves it again",
    },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { withdrawDecision } = await import("../../operations/index.ts");
    const { as: email, digest, remark } = options;
    const request = { stack, email, digest, remark };
    const withdrawn = await withdrawDecision(await context.operation(), request);
    const what = withdrawn.decision === "approved" ? "approval" : "refusal";
    return {
      exitCode: EXIT.done,
      text: `${withdrawn.email} withdrew the ${what} of ${withdrawn.digest}`,
      json: withdrawn,
    };
  },
});
