import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { checkTenant, FILE_NAME, formatProblem, readIdentities } from "../../tenant-file/index.ts";
import type { Problem } from "../../tenant-file/index.ts";
import type { CommandDefinition } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { expectedFailure } from "../../core/expected-error.ts";
import type { Failure } from "../../core/expected-error.ts";

interface Checked {
  readonly tenant: string;
  readonly failure: Failure | undefined;
  readonly warnings: readonly Problem[];
}

/** Also those that no command would take, under a wrong name or behind a link: they are meant to be tenants. */
const foldersWithTenantFile = (stacksDirectory: string): string[] =>
  readdirSync(stacksDirectory)
    .filter((name) => isThere(join(stacksDirectory, name, FILE_NAME)))
    .sort();

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const withWarnings = (count: number): string =>
  count === 0 ? "" : `, with ${count === 1 ? "a warning" : `${count} warnings`}`;

export const validate: CommandDefinition = {
  name: "validate",
  summary: "Check tenant files: every problem at once, with file, line and column",
  args: [{ name: "[tenant...]", description: "names of folders in stacks/ (default: all)" }],
  options: [],
  examples: [
    { line: "tenantry validate", meaning: "checks all tenants" },
    { line: "tenantry validate contoso --json", meaning: "checks one, for a program to read" },
  ],
  run: async ({ workspace, terminal }, { args }) => {
    const { stacksDirectory } = workspace;
    const names = args.length > 0 ? args : foldersWithTenantFile(stacksDirectory);
    const identities = await readIdentities(stacksDirectory);
    const checked: Checked[] = [];
    for (const tenant of names) {
      try {
        const { warnings } = await checkTenant({ stacksDirectory, tenant }, identities);
        checked.push({ tenant, failure: undefined, warnings });
      } catch (error) {
        const failure = expectedFailure(error);
        if (failure === undefined) throw error;
        checked.push({ tenant, failure, warnings: [] });
      }
    }
    const { style } = terminal;
    const lines = checked.flatMap(({ tenant, failure, warnings }) =>
      failure === undefined
        ? [
            ...warnings.map((warning) => style("yellow", formatProblem(warning))),
            style("green", `${tenant}: valid${withWarnings(warnings.length)}`),
          ]
        : [...failure.details, style("red", `${tenant}: ${failure.message}`), failure.hint],
    );
    const isValid = checked.every(({ failure }) => failure === undefined);
    return {
      exitCode: isValid ? EXIT.done : EXIT.refused,
      text: lines.join("\n") || `There are no tenant files in ${stacksDirectory}.`,
      json: {
        valid: isValid,
        tenants: checked.map(({ tenant, failure, warnings }) => ({
          tenant,
          valid: failure === undefined,
          ...(failure === undefined ? { warnings } : { error: failure }),
        })),
      },
    };
  },
};
