import { describe, expect, it } from "vitest";
import { tenantHasBackup } from "../../policies/tenant-has-backup.ts";
import { backup, goodStack, stackWithout, violationsOf } from "./support/stack.ts";

describe("m365-tenant-has-backup", () => {
  it("refuses a tenant without backup", () => {
    expect(violationsOf(tenantHasBackup, stackWithout("m365:backup:Policy"))).toEqual([
      "The tenant has no backup. Add the section `backup` to the tenant file",
    ]);
  });

  it("refuses two policies that could each leave the other to it", () => {
    const second = { ...backup(), name: "second" };
    expect(violationsOf(tenantHasBackup, [...goodStack(), second])).toHaveLength(1);
  });
});
