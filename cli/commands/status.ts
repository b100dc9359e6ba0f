import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, tenantName } from "../shared-words.ts";
import { interruptedLine } from "../output/interrupted-apply.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { unmanagedLines } from "../output/unmanaged-lines.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    exitCode: flag.describe("exit with 3 on drift"),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry status contoso", meaning: "checks for drift, and for what nobody manages" },
    { line: "tenantry status contoso --exit-code --json", meaning: "for a nightly drift check" },
  ],
  run: traced(async (context, { args: { tenant: stack }, options }) => {
    const { driftLines } = await import("../output/drift-lines.ts");
    const { describeLock, tenantStatus } = await import("../../operations/index.ts");
    const status = await tenantStatus(await context.operation(), { stack });
    const { lastApply, lock, interruptedApply, drift, openCreations } = status;
    const text = [
      lastApply === undefined
        ? "Nothing has been applied yet."
        : `Last apply: ${lastApply.finishedAt} (UTC), ${lastApply.result}, ${lastApply.digest}`,
      lock === undefined ? "Not locked." : `Held by ${describeLock(lock)}.`,
      ...(interruptedApply === undefined ? [] : [interruptedLine(stack, interruptedApply)]),
      ...(openCreations.length === 0
        ? []
        : [
            `Being created when an apply died, and not settled: ${openCreations.join(", ")}. \`tenantry acknowledge ${stack}\` says which of them somebody has to look at.`,
          ]),
      ...driftLines(status),
      ...unmanagedLines(status.unmanaged),
    ].join("\n");
    const isWaiting = drift.length > 0 && options.exitCode;
    return { exitCode: isWaiting ? EXIT.changesWaiting : EXIT.done, text, json: status };
  }),
});
