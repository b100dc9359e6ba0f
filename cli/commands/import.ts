import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import type { ImportedTenant, ImportRequest } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { inventoryLines } from "../output/inventory-lines.ts";
import { traced, traceOptions } from "../output/request-trace.ts";
import { initialDomain, managedBy, newFolder, providerDomain, tenantId } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({ name: newFolder }),
  options: z.strictObject({
    tenantId: tenantId.optional(),
    initialDomain: initialDomain.optional(),
    managedBy: managedBy.optional(),
    providerDomain: providerDomain.optional(),
    backupOperator: z.string().optional().meta({
      value: "name",
      description: "who runs the backup; with --backup-country, the file gets the section backup",
    }),
    backupCountry: z
      .string()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, "two letters")
      .optional()
      .meta({ value: "code", description: "country in which the backup lies, such as NL" }),
    ...traceOptions,
  }),
  examples: [
    {
      line: "tenantry import contoso --tenant-id 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7 --initial-domain contoso.onmicrosoft.com --managed-by 'Voorbeeld Beheer' --provider-domain beheer.example",
      meaning: "reads the tenant, writes stacks/contoso/tenant.yaml, and ends with an empty plan",
    },
    {
      line: "tenantry import contoso --tenant-id 7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7 --initial-domain contoso.onmicrosoft.com --managed-by 'Voorbeeld Beheer' --provider-domain beheer.example --backup-operator 'Kluis Back-updiensten' --backup-country NL",
      meaning: "the same, with the backup that the vendor has of it (backupUrl in tenantry.yaml)",
    },
    {
      line: "tenantry import contoso",
      meaning: "the same again, after the file was corrected; the file stays as it is",
    },
  ],
  run: traced(async (context, { args: { name: stack }, options }) => {
    const { importTenant } = await import("../../operations/index.ts");
    const { tenantId, initialDomain, managedBy: name, providerDomain } = options;
    const isComplete =
      tenantId !== undefined &&
      initialDomain !== undefined &&
      name !== undefined &&
      providerDomain !== undefined;
    const imported = await importTenant(await context.operation(), {
      stack,
      details: isComplete
        ? { tenantId, initialDomain, managedBy: { name, domains: [providerDomain] } }
        : undefined,
      backupOperator: backupOperatorOf(options),
    });
    return {
      exitCode: imported.changes === 0 ? EXIT.done : EXIT.changesWaiting,
      text: linesOf(imported).join("\n"),
      json: imported,
    };
  }),
});

/** Both or none: half of it would leave the section out without a word. */
function backupOperatorOf({
  backupOperator: operator,
  backupCountry: country,
}: {
  readonly backupOperator?: string | undefined;
  readonly backupCountry?: string | undefined;
}): ImportRequest["backupOperator"] {
  if (operator !== undefined && country !== undefined) return { operator, country };
  if (operator === undefined && country === undefined) return undefined;
  throw new ExpectedError("invalid-option", "One of two options of the backup is missing.", {
    hint: "Give both --backup-operator and --backup-country, or neither.",
  });
}

function linesOf(imported: ImportedTenant): string[] {
  const { stack, file, isFileNew, changes } = imported;
  return [
    isFileNew ? `Written: ${file}` : `${file} was there already and stays as it is.`,
    ...inventoryLines(imported),
    "",
    changes === 0
      ? `The first plan is empty: the file says what the tenant has. Next: \`tenantry plan ${stack}\`.`
      : `The first plan has ${changes} changes: \`tenantry plan ${stack}\` shows them.`,
  ];
}
