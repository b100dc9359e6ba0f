import process from "node:process";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, tenantName, text } from "../shared-words.ts";

/** What Microsoft allows; a tenant's policy may allow less. */
const [FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES] = [10, 43_200, 60];

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    user: email.optional().describe("user of the tenant file; required"),
    receiver: text.optional().describe("who reads the pass on this screen; required, recorded"),
    minutes: z.coerce
      .number()
      .int()
      .min(FEWEST_MINUTES)
      .max(MOST_MINUTES)
      .default(USUAL_MINUTES)
      .meta({ value: "number", description: "for how long it can be used, once" }),
  }),
  examples: [
    {
      line: "tenantry access-pass contoso --user tom.kuipers@contoso.com --receiver 'Sanne Bakker'",
      meaning: "makes a pass for his first sign-in and shows it once, at a terminal",
    },
  ],
  run: async (context, { args: { tenant: stack }, options: { user, receiver, minutes } }) => {
    if (user === undefined || receiver === undefined) {
      throw new ExpectedError("invalid-option", "A pass is for somebody, and somebody reads it.", {
        hint: "Give --user and --receiver.",
      });
    }
    // A pipe or a program would keep it.
    if (!process.stdout.isTTY) {
      throw new ExpectedError("terminal-needed", "A pass is shown at a terminal only.", {
        hint: "Run the command in a terminal, without redirecting what it says.",
      });
    }
    const { accessPass } = await import("../../operations/index.ts");
    const asked = { stack, user, receiver, lifetimeInMinutes: minutes };
    const { pass, ...given } = await accessPass(await context.operation(), asked);
    return {
      exitCode: EXIT.done,
      text: [
        `For ${user}, once, within ${minutes} minutes:`,
        "",
        `  ${pass}`,
        "",
        "It is shown here only, and kept nowhere. A new one takes its place.",
      ].join("\n"),
      json: { given },
    };
  },
});
