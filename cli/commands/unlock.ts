import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { email, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    reason: text.optional().describe("why the lock may be broken; required to break it"),
    as: email.optional().describe("engineer of the provider (default: the applier)"),
  }),
  examples: [
    { line: "tenantry unlock contoso", meaning: "shows who holds the lock, and for how long" },
    {
      line: "tenantry unlock contoso --reason 'The runner was shut down'",
      meaning: "records the reason, then breaks the lock",
    },
  ],
  run: async (context, { args: { tenant: stack }, options }) => {
    const { breakTenantLock, describeLock } = await import("../../operations/index.ts");
    const { reason, as: email } = options;
    const broken = await breakTenantLock(await context.operation(), { stack, reason, email });
    return {
      exitCode: EXIT.done,
      text: [
        `Broke the lock of ${describeLock(broken)}.`,
        `Continue with: tenantry apply ${stack}`,
      ].join("\n"),
      json: { broken },
    };
  },
});
