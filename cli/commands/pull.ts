import { z } from "zod";
import { isolated } from "../../core/visible-text.ts";
import type { Pulled } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { entryKey, objectName, tenantName } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    object: objectName.optional(),
    key: entryKey.optional(),
    ...traceOptions,
  }),
  examples: [
    { line: "tenantry pull contoso", meaning: "takes all drift over into the tenant file" },
    {
      line: "tenantry pull contoso --object emma.smit@contoso.com --key jobTitle",
      meaning: "takes over one value",
    },
  ],
  run: traced(async (context, { args: { tenant: stack }, options: { object, key } }) => {
    const { pullDrift } = await import("../../operations/index.ts");
    const pulled = await pullDrift(await context.operation(), { stack, object, key });
    return { exitCode: EXIT.done, text: linesOf(pulled).join("\n"), json: pulled };
  }),
});

function linesOf({ stack, file, done, left }: Pulled): string[] {
  if (done.length + left.length === 0) return ["Nothing differs from what was applied."];
  return [
    ...(done.length === 0 ? ["The tenant file stays as it is."] : [`Changed: ${file}`]),
    ...done.map(({ name, key, change }) => `  ${isolated(`${name}, ${key}: ${worded(change)}`)}`),
    ...(left.length === 0 ? [] : ["Not taken over:"]),
    ...left.map(({ object, key, why }) =>
      isolated(`  ${key === "" ? object : `${object}, ${key}`}: ${why}`),
    ),
    ...(done.length === 0
      ? []
      : [
          `Next: \`tenantry plan ${stack}\`; the tenant has it already, so nothing is written there.`,
        ]),
  ];
}

function worded(change: Pulled["done"][number]["change"]): string {
  switch (change.kind) {
    case "set":
      return text(change.value);
    case "clear":
    case "leave-out":
      return "emptied";
    case "add":
      return `with ${text(change.element)}`;
    case "take-out":
      return `without ${change.element}`;
    case "replace":
      return text(change.by);
  }
}

const text = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
