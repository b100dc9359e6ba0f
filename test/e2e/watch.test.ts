/** The night: all tenants, one after the other, and whether somebody still looks. */
import { renameSync } from "node:fs";
import { expect, it } from "vitest";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const OTHER = {
  tenantId: "6f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f",
  displayName: "Other",
};

/** Another tenant has other domains. */
const other = aTenantFile(OTHER).replaceAll("example.", "other.");

it("goes through all tenants; who was never read completely, or lost its folder, ends it with 4", async () => {
  const workspace = TestWorkspace.create({ example: aTenantFile(), other });
  for (const command of ["plan", "approve", "apply"]) await workspace.succeed([command, "example"]);
  const before = await workspace.text(["status", "--last"]);
  expect(before.exitCode).toBe(4);
  expect(before.stdout).toContain("example: never looked at");

  const night = await workspace.run(["status"]);
  expect(night).toMatchObject({
    exitCode: 0,
    json: {
      tenants: [
        { stack: "example", isOverdue: false, status: { drift: [] } },
        { stack: "other", isOverdue: false, status: { objects: 0 } },
      ],
    },
  });
  expect((await workspace.text(["status"])).stdout).toMatch(/^example: \d+ objects, no drift$/m);
  expect((await workspace.run(["status", "--last"])).exitCode).toBe(0);

  renameSync(workspace.path("stacks", "other"), workspace.path("stacks", "renamed"));
  const gone = await workspace.text(["status", "--last"]);
  expect(gone.exitCode).toBe(4);
  expect(gone.stdout).toContain("other: was worked with here and has no folder in stacks/");
  expect(gone.stdout).toContain("renamed: never looked at");
  const one = await workspace.run(["status", "example", "--last"]);
  expect(one).toMatchObject({ exitCode: 0, json: { tenants: [{ stack: "example" }] } });
});
