import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FILE_NAME, loadTenant } from "../../tenant-file/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { expectedFailure } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";

interface Checked {
  readonly tenant: string;
  readonly failure: Failure | undefined;
}

/** Also those that no command would take, under a wrong name or behind a link: they are meant to be tenants. */
const foldersWithTenantFile = (stacksDirectory: string): string[] =>
  readdirSync(stacksDirectory)
    .filter((name) => isThere(join(stacksDirectory, name, FILE_NAME)))
    .sort();

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

export const command = defineCommand({
  args: z.strictObject({
    tenant: z.array(z.string()).default([]).describe("names of folders in stacks/ (default: all)"),
  }),
  options: z.strictObject({}),
  examples: [
    { line: "tenantry validate", meaning: "checks all tenants" },
    { line: "tenantry validate contoso --json", meaning: "checks one, for a program to read" },
  ],
  run: async ({ workspace, terminal }, { args }) => {
    const { stacksDirectory } = workspace;
    const names = args.tenant.length > 0 ? args.tenant : foldersWithTenantFile(stacksDirectory);
    const checked: Checked[] = [];
    for (const tenant of names) {
      try {
        await loadTenant({ stacksDirectory, tenant });
        checked.push({ tenant, failure: undefined });
      } catch (error) {
        const failure = expectedFailure(error);
        if (failure === undefined) throw error;
        checked.push({ tenant, failure });
      }
    }
    const { style } = terminal;
    const lines = checked.flatMap(({ tenant, failure }) =>
      failure === undefined
        ? [style("green", `${tenant}: valid`)]
        : [...failure.details, style("red", `${tenant}: ${failure.message}`), failure.hint],
    );
    const isValid = checked.every(({ failure }) => failure === undefined);
    return {
      exitCode: isValid ? EXIT.done : EXIT.refused,
      text: lines.join("\n") || `There are no tenant files in ${stacksDirectory}.`,
      json: {
        valid: isValid,
        tenants: checked.map(({ tenant, failure }) => ({
          tenant,
          valid: failure === undefined,
          ...(failure === undefined ? {} : { error: failure }),
        })),
      },
    };
  },
});
