import type { CommandDefinition } from "../command.ts";
import { firstArgument, textOption } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { breakTenantLock, describeLock } from "../../operations/index.ts";

export const unlock: CommandDefinition = {
  name: "unlock",
  summary: "Show who holds a tenant, and break the lock of a process that is gone; recorded",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [
    { flags: "--reason <text>", description: "why it may be broken; without it nothing is broken" },
    { flags: "--as <email>", description: "person of the provider (default: who applies here)" },
  ],
  examples: [
    { line: "tenantry unlock contoso", meaning: "who holds it, and for how long" },
    {
      line: "tenantry unlock contoso --reason 'The runner was shut down'",
      meaning: "records that, then breaks the lock",
    },
  ],
  run: async (context, input) => {
    const stack = firstArgument(input);
    const broken = await breakTenantLock(context, {
      stack,
      reason: textOption(input, "reason"),
      email: textOption(input, "as"),
    });
    return {
      exitCode: EXIT.done,
      text: [
        `Broke the lock of ${describeLock(broken, new Date())}.`,
        `Go on with: tenantry apply ${stack}`,
      ].join("\n"),
      json: { broken },
    };
  },
};
