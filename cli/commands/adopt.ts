import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { isolated } from "../../core/visible-text.ts";
import { LISTED } from "../../core/nouns.ts";
import type { AdoptedObjects, AdoptRequest } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { tenantName } from "../shared-words.ts";

/** Of objects, and not of what was bought. */
const SECTIONS = LISTED.filter(({ removedAs }) => removedAs !== undefined).map(
  ({ listedIn }) => listedIn,
);

export const command = defineCommand({
  args: z.strictObject({ tenant: tenantName }),
  options: z.strictObject({
    object: z.string().optional().meta({
      value: "name",
      description: "user principal name, guest's address, group name or site address",
    }),
    section: z
      .enum(SECTIONS)
      .optional()
      .meta({ value: "section", description: "everything of this section" }),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry adopt contoso --object eva.mulder@contoso.com",
      meaning: "writes an account that was made by hand into the tenant file, as it is",
    },
    { line: "tenantry adopt contoso --section guests", meaning: "all guests of the tenant" },
  ],
  run: traced(async (context, { args: { tenant: stack }, options }) => {
    const { adoptObjects } = await import("../../operations/index.ts");
    const adopted = await adoptObjects(await context.operation(), { stack, what: asked(options) });
    return { exitCode: EXIT.done, text: linesOf(adopted).join("\n"), json: adopted };
  }),
});

function asked({
  object,
  section,
}: {
  readonly object?: string | undefined;
  readonly section?: (typeof SECTIONS)[number] | undefined;
}): AdoptRequest["what"] {
  if (object !== undefined && section === undefined) return { object };
  if (section !== undefined && object === undefined) return { section };
  throw new ExpectedError("invalid-option", "Either an object or a section is taken over.", {
    hint: "Give --object or --section, and not both.",
  });
}

function linesOf({ stack, file, added, left }: AdoptedObjects): string[] {
  return [
    added.length === 0 ? "The tenant file stays as it is." : `Changed: ${file}`,
    ...added.map(({ section, name, without }) =>
      isolated(
        `  ${section}: ${name}${without.length === 0 ? "" : ` (without ${without.join(", ")}, which name others than the file has)`}`,
      ),
    ),
    ...(left.length === 0 ? [] : ["Not taken over:"]),
    ...left.map(({ name, why }) => isolated(`  ${name}: ${why}`)),
    ...(added.length === 0
      ? []
      : [
          `Next: \`tenantry plan ${stack} --refresh\`; once it is applied, take \`adopt\` out again.`,
        ]),
  ];
}
