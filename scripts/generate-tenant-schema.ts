/**
 * Writes stacks/tenant.schema.json and stacks/migration.schema.json, which editors use for completion and checks while
 * typing. With --check it writes nothing and exits with 1 when a file is not what its schema says.
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { migrationJsonSchema } from "../migration/index.ts";
import { tenantJsonSchema } from "../tenant-file/index.ts";

const schemas = { tenant: tenantJsonSchema, migration: migrationJsonSchema };

for (const [name, jsonSchema] of Object.entries(schemas)) {
  const target = fileURLToPath(new URL(`../stacks/${name}.schema.json`, import.meta.url));
  const wanted = await format(JSON.stringify(jsonSchema()), {
    ...(await resolveConfig(target)),
    parser: "json",
  });
  if (!process.argv.includes("--check")) {
    await writeFile(target, wanted);
  } else if ((await readFile(target, "utf8")) !== wanted) {
    process.stderr.write(`${target} is not fresh. Run: node scripts/generate-tenant-schema.ts\n`);
    process.exitCode = 1;
  }
}
