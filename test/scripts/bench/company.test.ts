import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { company, tenantFile } from "../../../scripts/bench/company.ts";
import { loadTenant } from "../../../tenant-file/load.ts";
import { temporaryFolder } from "../support/fake-machine.ts";

test("a company of any size is a valid tenant file", async () => {
  const stacksDirectory = temporaryFolder();
  mkdirSync(join(stacksDirectory, "company"));
  writeFileSync(join(stacksDirectory, "company", "tenant.yaml"), tenantFile(company(45)));
  const tenant = await loadTenant({ stacksDirectory, tenant: "company" });
  expect(tenant.users).toHaveLength(45);
  expect(tenant.groups).toHaveLength(1 + 3 + 3);
  expect(tenant.sites).toHaveLength(10);
});
