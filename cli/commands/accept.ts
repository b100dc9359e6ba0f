import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { entryKey, objectName, tenantName, text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    object: objectName,
    key: entryKey,
    until: z.iso.date().meta({ value: "day", description: "last day, at most a year ahead" }),
    reason: text.describe("why; the decision maker reads this"),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry accept contoso --object emma.smit@contoso.com --key jobTitle --until 2027-03-31 --reason 'Stands in for the director'",
      meaning: "writes the value found into the tenant file as accepted; plan and approve it next",
    },
  ],
  run: traced(async (context, { args: { tenant: stack }, options }) => {
    const { acceptDrift } = await import("../../operations/index.ts");
    const { object, key, until, reason } = options;
    const asked = { stack, object, key, until, reason };
    const accepted = await acceptDrift(await context.operation(), asked);
    const { file, entries } = accepted;
    return {
      exitCode: EXIT.done,
      text: [
        `Changed: ${file}`,
        `  accepted: ${object}, ${key}, until ${until}${entries.length === 1 ? "" : ` (${entries.length} entries)`}`,
        `It counts once it is approved and applied. Next: \`tenantry plan ${stack}\`.`,
      ].join("\n"),
      json: accepted,
    };
  }),
});
