/** The product as a provider has it: packed by npm, pinned by a repository that `init` wrote. No network. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const CLONE = fileURLToPath(new URL("../../", import.meta.url));

it("validates a customer in a repository of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-packed-"));
  const run = (cwd: string, file: string, ...words: string[]): string =>
    execFileSync(process.execPath, [file, ...words], { cwd, encoding: "utf8", stdio: "pipe" });
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    ...{ cwd: CLONE, encoding: "utf8", stdio: "pipe" },
  });
  const tarball = packed.trim().split("\n").at(-1) ?? "";
  const program = join(CLONE, "bin", "tenantry.mjs");
  run(folder, program, "init", "ours", "--package", tarball);

  // What `npm install` does, from the packages that are here.
  const ours = join(folder, "ours");
  const modules = join(ours, "node_modules");
  mkdirSync(join(modules, "tenantry"), { recursive: true });
  const into = ["-C", join(modules, "tenantry"), "--strip-components", "1"];
  execFileSync("tar", ["-xzf", join(folder, tarball), ...into]);
  const theirs = join(CLONE, "node_modules");
  for (const name of readdirSync(theirs).filter((one) => !one.startsWith("."))) {
    symlinkSync(join(theirs, name), join(modules, name));
  }

  const installed = join(modules, "tenantry");
  expect(run(ours, join(installed, "scripts", "run.mjs"), "setup")).toContain("Ready");
  cpSync(join(installed, "stacks", "contoso"), join(ours, "stacks", "contoso"), {
    recursive: true,
  });
  const tenantry = join(installed, "bin", "tenantry.mjs");
  expect(JSON.parse(run(ours, tenantry, "validate", "--json"))).toMatchObject({
    tenants: [{ tenant: "contoso", valid: true }],
  });
  expect(run(ours, tenantry, "plan", "contoso", "--language", "en")).toContain("Contoso");
});
