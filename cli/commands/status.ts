import { z } from "zod";
import { defineCommand } from "../command.ts";
import { flag, tenantName } from "../shared-words.ts";
import { statusLines } from "../output/status-lines.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { watchedJson, watchLines } from "../output/watch-lines.ts";
import { exitOf, exitOfAll } from "../watch-exit.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName.optional() }),
  options: z.strictObject({
    exitCode: flag.describe(
      "exit with 3 on drift, on a risk, when something should have ended, when the backup is not proven, when nothing asks for a second step, and when the synchronisation from on premises has stalled",
    ),
    last: flag.describe("only when each was last read completely; reads no tenant"),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry status contoso", meaning: "checks for drift, and for what nobody manages" },
    {
      line: "tenantry status --exit-code --json",
      meaning:
        "for the night: all tenants, one after the other; 4: one could not be read for 26 hours",
    },
    { line: "tenantry status --last", meaning: "whether every tenant is still being looked at" },
  ],
  run: traced(async (context, { args: { tenant }, options }) => {
    const { tenantStatus, watchTenants } = await import("../../operations/index.ts");
    const operation = await context.operation();
    if (tenant !== undefined && !options.last) {
      const status = await tenantStatus(operation, { stack: tenant });
      const text = (await statusLines(status)).join("\n");
      return { exitCode: exitOf([status], options), text, json: status };
    }
    const watched = await watchTenants(operation, { tenant, look: !options.last });
    return {
      exitCode: exitOfAll(watched, options),
      text: watchLines(watched).join("\n"),
      json: { tenants: watchedJson(watched) },
    };
  }),
});
