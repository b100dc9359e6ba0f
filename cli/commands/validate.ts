import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { wordedFailure } from "../output/remedy.ts";

const withWarnings = (count: number): string =>
  count === 0 ? "" : `, with ${count === 1 ? "a warning" : `${count} warnings`}`;

export const command = defineCommand({
  args: z.strictObject({
    tenant: z.array(z.string()).default([]).describe("names of folders in stacks/ (default: all)"),
  }),
  options: z.strictObject({}),
  examples: [
    { line: "tenantry validate", meaning: "checks all tenants" },
    { line: "tenantry validate contoso --json", meaning: "checks one, as JSON" },
  ],
  run: async (context, { args }) => {
    const { validateTenants } = await import("../../operations/index.ts");
    const { formatProblem } = await import("../../tenant-file/index.ts");
    const { terminal, workspace } = context;
    const checked = await validateTenants(await context.operation(), { tenants: args.tenant });
    const validated = checked.map(({ failure, ...rest }) => ({
      ...rest,
      failure: failure && wordedFailure(failure),
    }));
    const { style } = terminal;
    const lines = validated.flatMap(({ tenant, failure, warnings }) =>
      failure === undefined
        ? [
            ...warnings.map((warning) => style("yellow", formatProblem(warning))),
            style("green", `${tenant}: valid${withWarnings(warnings.length)}`),
          ]
        : [...failure.details, style("red", `${tenant}: ${failure.message}`), failure.hint],
    );
    const isValid = validated.every(({ failure }) => failure === undefined);
    return {
      exitCode: isValid ? EXIT.done : EXIT.refused,
      text: lines.join("\n") || `There are no tenant files in ${workspace.stacksDirectory}.`,
      json: {
        valid: isValid,
        tenants: validated.map(({ tenant, failure, warnings }) => ({
          tenant,
          valid: failure === undefined,
          ...(failure === undefined ? { warnings } : { error: failure }),
        })),
      },
    };
  },
});
