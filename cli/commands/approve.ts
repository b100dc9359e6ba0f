import { z } from "zod";
import { decide } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { digest, email, flag, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    as: email.optional().describe("which decision maker (default: the first one)"),
    digest: digest.optional().describe("which plan (default: the newest)"),
    refuse: flag.describe("say no: the plan cannot be applied"),
    remark: text.default("").describe("why; kept in the record"),
  }),
  examples: [
    { line: "tenantry approve contoso", meaning: "says yes to the plan that was shown last" },
    { line: "tenantry approve contoso --refuse --remark 'Not Piet'", meaning: "says no" },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const decided = await decide(context, {
      stack,
      email: options.as,
      digest: options.digest,
      decision: options.refuse ? "refused" : "approved",
      remark: options.remark,
    });
    const verb = decided.decision === "approved" ? "Approved" : "Refused";
    const next =
      decided.decision === "approved"
        ? [`Apply it with: tenantry apply ${stack} (and --refresh, if it was planned with that)`]
        : [];
    return {
      exitCode: EXIT.done,
      text: [
        `${verb} by ${decided.email}: ${decided.digest}`,
        `Valid until ${decided.validUntil} (UTC).`,
        ...next,
      ].join("\n"),
      json: decided,
    };
  },
});
