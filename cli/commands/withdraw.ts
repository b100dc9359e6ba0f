import { z } from "zod";
import { withdrawDecision } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { digest, email, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    as: email.describe("whose decision; also of one's deputy"),
    digest: digest.optional().describe("on which plan (default: that of the newest one)"),
    remark: text.default("").describe("why; kept in the record"),
  }),
  examples: [
    {
      line: "tenantry withdraw contoso --as anna@contoso.com --remark 'Not this week'",
      meaning: "the plan cannot be applied until somebody approves it again",
    },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { as: email, digest, remark } = options;
    const request = { stack, email, digest, remark };
    const withdrawn = await withdrawDecision(await context.operation(), request);
    const what = withdrawn.decision === "approved" ? "approval" : "refusal";
    return {
      exitCode: EXIT.done,
      text: `${withdrawn.email} took back the ${what} of ${withdrawn.digest}`,
      json: withdrawn,
    };
  },
});
