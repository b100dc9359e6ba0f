import type { CommandDefinition } from "../command.ts";
import { firstArgument, textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { withdrawDecision } from "../../operations/index.ts";

export const withdraw: CommandDefinition = {
  name: "withdraw",
  summary: "Take back a decision that was not applied yet, with the key of who made it",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    { flags: "--as <email>", description: "whose decision; also of one's deputy" },
    { flags: "--digest <digest>", description: "on which plan (default: that of the newest one)" },
    { flags: "--remark <text>", description: "why; kept in the record" },
  ],
  examples: [
    {
      line: "tenantry withdraw contoso --as anna@contoso.com --remark 'Not this week'",
      meaning: "the plan cannot be applied until somebody approves it again",
    },
  ],
  run: async (context, input) => {
    const stack = firstArgument(input);
    const email = textOption(input, "as");
    if (email === undefined) {
      throw new ExpectedError("invalid-argument", "It is not said whose decision.", {
        hint: "Name the decision maker with --as.",
      });
    }
    const withdrawn = await withdrawDecision(context, {
      stack,
      email,
      digest: textOption(input, "digest"),
      remark: textOption(input, "remark") ?? "",
    });
    const what = withdrawn.decision === "approved" ? "approval" : "refusal";
    return {
      exitCode: EXIT.done,
      text: `${withdrawn.email} took back the ${what} of ${withdrawn.digest}`,
      json: withdrawn,
    };
  },
};
