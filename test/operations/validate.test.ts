import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { validateTenants } from "../../operations/validate.ts";
import { aWorld, STACK } from "./support.ts";

it("checks every folder that holds a tenant file, and passes over what lies beside them", async () => {
  const { context } = aWorld();
  const { stacksDirectory } = context.workspace;
  writeFileSync(join(stacksDirectory, "README.md"), "About the tenants");
  writeFileSync(join(stacksDirectory, "tenant.schema.json"), "{}");
  mkdirSync(join(stacksDirectory, "empty"));
  symlinkSync("nowhere", join(stacksDirectory, "dangling"));
  mkdirSync(join(stacksDirectory, "Wrong Name"));
  writeFileSync(join(stacksDirectory, "Wrong Name", "tenant.yaml"), "version: 1\n");
  const validated = await validateTenants(context, { tenants: [] });
  expect(validated.map(({ tenant, failure }) => [tenant, failure?.code])).toEqual([
    ["Wrong Name", "tenant-name-invalid"],
    [STACK, undefined],
  ]);
});
