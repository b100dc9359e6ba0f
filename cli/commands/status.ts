import { standingOfTenant } from "../standing.ts";
import type { CommandDefinition } from "../command.ts";
import { firstArgument } from "../command.ts";
import { EXIT } from "../errors.ts";
import { describeLock } from "../locks.ts";
import { traced } from "../request-trace.ts";

export const status: CommandDefinition = traced({
  name: "status",
  summary: "Read the tenant back and say what differs, what was applied last, and who holds it",
  args: [{ name: "<tenant>", description: "name of a folder in stacks/" }],
  options: [{ flags: "--exit-code", description: "end with 3 when something differs" }],
  examples: [
    { line: "tenantry status contoso", meaning: "is the tenant still what was applied?" },
    { line: "tenantry status contoso --exit-code --json", meaning: "for a nightly drift check" },
  ],
  run: async (context, input) => {
    const standing = await standingOfTenant(context, firstArgument(input));
    const { lastApply, drift, lock } = standing;
    const text = [
      lastApply === undefined
        ? "Nothing has been applied yet."
        : `Last apply: ${lastApply.finishedAt} (UTC), ${lastApply.result}, ${lastApply.digest}`,
      lock === undefined
        ? "Nobody is changing this tenant."
        : `Held by ${describeLock(lock, new Date())}.`,
      drift.length === 0
        ? `${standing.objects} objects read back; all as applied.`
        : `${standing.objects} objects read back; ${drift.length} differ:`,
      ...drift.map((line) => `  ${line}`),
    ].join("\n");
    const hasDrifted = drift.length > 0 && input.options.exitCode === true;
    return { exitCode: hasDrifted ? EXIT.changesWaiting : EXIT.done, text, json: standing };
  },
});
