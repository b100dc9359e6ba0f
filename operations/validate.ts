/** Checking tenant files, with the migration file and the report of a backup beside them: every problem at once. */
import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expectedFailure } from "../core/expected-error.ts";
import type { Failure } from "../core/expected-error.ts";
import { loadMigration } from "../migration/index.ts";
import { checkTenant, FILE_NAME, loadBackupReport, readIdentities } from "../tenant-file/index.ts";
import type { Problem } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";

export interface ValidateRequest {
  /** Names of folders; empty: every folder that holds a tenant file. */
  readonly tenants: readonly string[];
}

export interface ValidatedTenant {
  readonly tenant: string;
  readonly failure: Failure | undefined;
  /** Of a file that is valid. */
  readonly warnings: readonly Problem[];
}

export async function validateTenants(
  { workspace: { stacksDirectory } }: Pick<OperationContext, "workspace">,
  { tenants }: ValidateRequest,
): Promise<readonly ValidatedTenant[]> {
  const names = tenants.length > 0 ? tenants : foldersWithTenantFile(stacksDirectory);
  const identities = await readIdentities(stacksDirectory);
  const validated: ValidatedTenant[] = [];
  for (const tenant of names) {
    try {
      const place = { stacksDirectory, tenant };
      const checked = await checkTenant(place, identities);
      const migration = await loadMigration(place, checked.tenant);
      await loadBackupReport(place, checked.tenant);
      const warnings = [...checked.warnings, ...(migration?.warnings ?? [])];
      validated.push({ tenant, failure: undefined, warnings });
    } catch (error) {
      const failure = expectedFailure(error);
      if (failure === undefined) throw error;
      validated.push({ tenant, failure, warnings: [] });
    }
  }
  return validated;
}

/** Also those that no operation would take, under a wrong name or behind a link: they are meant to be tenants. */
export const foldersWithTenantFile = (stacksDirectory: string): string[] =>
  readdirSync(stacksDirectory)
    .filter((name) => isFolder(join(stacksDirectory, name)))
    .filter((name) => isThere(join(stacksDirectory, name, FILE_NAME)))
    .sort();

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A link to nowhere is there too. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
