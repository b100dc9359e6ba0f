import { z } from "zod";
import { describeLock, standingOfTenant } from "../../operations/index.ts";
import type { Standing } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { flag, tenantName } from "../shared-words.ts";
import { traced, traceOptions } from "../output/request-trace.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    exitCode: flag.describe("end with 3 when something differs"),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry status contoso", meaning: "is the tenant still what was applied?" },
    { line: "tenantry status contoso --exit-code --json", meaning: "for a nightly drift check" },
  ],
  run: traced(async (context, { args, options }) => {
    const standing = await standingOfTenant(context, args.tenant);
    const { lastApply, lock, unfinished } = standing;
    const text = [
      lastApply === undefined
        ? "Nothing has been applied yet."
        : `Last apply: ${lastApply.finishedAt} (UTC), ${lastApply.result}, ${lastApply.digest}`,
      lock === undefined
        ? "Nobody is changing this tenant."
        : `Held by ${describeLock(lock, new Date())}.`,
      ...(unfinished === undefined ? [] : [`${unfinished.what} ${unfinished.next}`]),
      ...driftLines(standing),
    ].join("\n");
    const { drift } = standing;
    const hasDrifted = drift.length > 0 && options.exitCode;
    return { exitCode: hasDrifted ? EXIT.changesWaiting : EXIT.done, text, json: standing };
  }),
});

/** After an apply that broke off, what differs is its own half-done work; the line above says what to do about it. */
function driftLines({ stack, objects, drift, unfinished }: Standing): string[] {
  const read = `${objects} objects read back`;
  if (drift.length === 0) {
    return [
      unfinished === undefined ? `${read}; all as applied.` : `${read}; all as far as applied.`,
    ];
  }
  if (unfinished !== undefined) return [`${read}; ${drift.length} differ (--json names them).`];
  return [
    `${read}; ${drift.length} differ:`,
    ...drift.map((line) => `  ${line}`),
    `Put it back with \`tenantry plan ${stack} --refresh\`, or write it into the tenant file.`,
  ];
}
