/** Loads `stacks/<tenant>/migration.yaml` beside the tenant file, or everything that is wrong with it. */
import { ExpectedError } from "../core/expected-error.ts";
import { checkText, fileNameOf, inFile, readBeside, refusalOf } from "../tenant-file/index.ts";
import type { Problem, Tenant, TenantPlace } from "../tenant-file/index.ts";
import { migrationSchema } from "./migration-schema.ts";
import type { Migration } from "./migration-schema.ts";
import { checkRules, secretKeys } from "./rules.ts";

const MIGRATION_FILE = "migration.yaml";

interface CheckedMigration {
  readonly migration: Migration;
  readonly warnings: readonly Problem[];
}

/** Undefined where the tenant has none. @throws ExpectedError `migration-file-invalid` */
export async function loadMigration(
  place: TenantPlace,
  tenant: Tenant,
): Promise<CheckedMigration | undefined> {
  const fileName = fileNameOf(place, MIGRATION_FILE);
  const file = await readBeside(place, MIGRATION_FILE);
  if (file === undefined) return undefined;
  const checked =
    "unreadable" in file
      ? { problems: [inFile(fileName, file.unreadable)] }
      : parseMigration(file.text, fileName, tenant);
  if ("migration" in checked) return checked;
  const { sentence, details } = refusalOf(fileName, checked.problems);
  throw new ExpectedError("migration-file-invalid", sentence, {
    hint: "Correct each at the line and column given; docs/reference/migration.md describes the format.",
    details,
  });
}

/** @param fileName is only shown. @param tenant what the file refers to */
export function parseMigration(
  text: string,
  fileName: string,
  tenant: Tenant,
): CheckedMigration | { readonly problems: readonly Problem[] } {
  const checked = checkText(text, fileName, {
    schema: migrationSchema,
    // Names and days are looked up in a file that has them all: rules run on what the schema takes.
    rules: (data, migration) => [
      ...secretKeys(data),
      ...(migration === undefined ? [] : checkRules(migration, tenant)),
    ],
  });
  return "problems" in checked ? checked : { migration: checked.value, warnings: checked.warnings };
}
