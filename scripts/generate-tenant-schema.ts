/**
 * Writes stacks/tenant.schema.json, which editors use for completion and checks while typing.
 * With --check it writes nothing and exits with 1 when the file is not what the schema says.
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { tenantJsonSchema } from "../tenant-file/index.ts";

const target = fileURLToPath(new URL("../stacks/tenant.schema.json", import.meta.url));
const wanted = await format(JSON.stringify(tenantJsonSchema()), {
  ...(await resolveConfig(target)),
  parser: "json",
});

if (!process.argv.includes("--check")) {
  await writeFile(target, wanted);
} else if ((await readFile(target, "utf8")) !== wanted) {
  process.stderr.write(`${target} is not fresh. Run: node scripts/generate-tenant-schema.ts\n`);
  process.exitCode = 1;
}
