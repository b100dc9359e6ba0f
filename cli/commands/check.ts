import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { findingLines } from "../output/finding-lines.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject(traceOptions),
  examples: [
    { line: "tenantry check contoso", meaning: "before the first plan, and when signing in fails" },
    { line: "tenantry check contoso --json", meaning: "every night: consent can be taken back" },
  ],
  run: traced(async (context, { args: { tenant: stack } }) => {
    const { checkTenant } = await import("../../operations/index.ts");
    const check = await checkTenant(await context.operation(), { stack });
    return {
      exitCode: check.healthy ? EXIT.done : EXIT.refused,
      text: findingLines(check.findings),
      json: check,
    };
  }),
});
