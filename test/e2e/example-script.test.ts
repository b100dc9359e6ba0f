/** A program outside the repository: it plans a tenant and reads its record through operations/ alone. */
import { execFile } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { cloneRoot, temporaryFolder, TestWorkspace } from "./support/workspace.ts";

it("docs/examples/plan-and-log.mjs plans, and shows what is recorded", async () => {
  const workspace = TestWorkspace.create();
  await workspace.succeed(["plan", "example"]);
  await workspace.succeed(["approve", "example"]);
  const script = join(temporaryFolder(), "plan-and-log.mjs");
  copyFileSync(join(cloneRoot, "docs", "examples", "plan-and-log.mjs"), script);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    ...[script, cloneRoot, workspace.root, "example"],
  ]);
  expect(stdout).toMatch(/^sha256:[0-9a-f]{64}$/m);
  expect(stdout).toContain("- Anna Bakker joins as a user");
  expect(stdout).toMatch(/^#1 .* registration\n#2 .* decision$/m);
  expect(stderr).toContain('{"kind":"planning","stack":"example","again":false}');
});
