import { decide } from "../../operations/index.ts";
import type { CommandDefinition } from "../command.ts";
import { firstArgument, flag, textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

export const approve: CommandDefinition = {
  name: "approve",
  summary: "Sign the newest plan, as a decision maker whose key is on this machine",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    { flags: "--as <email>", description: "which decision maker (default: the first one)" },
    { flags: "--digest <digest>", description: "which plan (default: the newest)" },
    { flags: "--refuse", description: "say no: the plan cannot be applied" },
    { flags: "--remark <text>", description: "why; kept in the record" },
  ],
  examples: [
    { line: "tenantry approve contoso", meaning: "says yes to the plan that was shown last" },
    { line: "tenantry approve contoso --refuse --remark 'Not Piet'", meaning: "says no" },
  ],
  run: async (context, input) => {
    const stack = firstArgument(input);
    const remark = textOption(input, "remark");
    const decided = await decide(context, {
      stack,
      email: textOption(input, "as"),
      digest: textOption(input, "digest"),
      decision: flag(input, "refuse") ? "refused" : "approved",
      remark: remark ?? "",
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
};
