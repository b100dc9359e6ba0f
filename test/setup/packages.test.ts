import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensurePackages, isInstalled } from "../../setup/packages.mjs";
import { fakeMachine, ignoreReport } from "../scripts/support/fake-machine.ts";

const zod = { version: "4.0.0", integrity: "sha512-a" };
const lock = { packages: { "": { name: "tenantry" }, "node_modules/zod": zod } };

const installs = `
  fs.mkdirSync("node_modules", { recursive: true });
  fs.writeFileSync("node_modules/marker", "installed");`;

function cloneWith(npmBody: string) {
  const machine = fakeMachine();
  machine.write("package-lock.json", JSON.stringify(lock));
  machine.tool("npm", npmBody);
  const ensure = () => ensurePackages(machine.paths, { report: ignoreReport, env: machine.env });
  return { ...machine, ensure };
}

test("installs once, and again only when the lock file changed", async () => {
  const clone = cloneWith(installs);
  expect(await clone.ensure()).toMatchObject({ installed: true });
  expect(await clone.ensure()).toMatchObject({ installed: false });
  expect(clone.log()).toEqual(["npm ci"]);
  clone.write("package-lock.json", JSON.stringify({ packages: {} }));
  expect(await clone.ensure()).toMatchObject({ installed: true });
  expect(clone.log()).toEqual(["npm ci", "npm ci"]);
});

test("installs once when two set-ups run at the same time", async () => {
  const clone = cloneWith(
    `${installs} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);`,
  );
  const results = await Promise.all([clone.ensure(), clone.ensure()]);
  expect(results.filter(({ installed }) => installed)).toHaveLength(1);
  expect(clone.log()).toEqual(["npm ci"]);
});

test("takes packages that the user installed with npm install", async () => {
  const clone = cloneWith(installs);
  clone.write(
    "node_modules/.package-lock.json",
    JSON.stringify({ packages: { "node_modules/zod": zod } }),
  );
  expect(await clone.ensure()).toMatchObject({ installed: false });
  expect(clone.log()).toEqual([]);
});

test("refuses with npm's own words and a next command when npm fails, and tries again the next time", async () => {
  const clone = cloneWith(`console.error("npm error code E503"); process.exitCode = 1;`);
  await expect(clone.ensure()).rejects.toMatchObject({
    code: "npm-failed",
    details: "npm error code E503",
    hint: expect.stringContaining("npm ping") as string,
  });
  clone.tool("npm", installs);
  expect(await clone.ensure()).toMatchObject({ installed: true });
  expect(readFileSync(join(clone.paths.nodeModules, "marker"), "utf8")).toBe("installed");
});

test("refuses when there is no npm", async () => {
  const clone = cloneWith("");
  const env = { PATH: clone.paths.root };
  await expect(ensurePackages(clone.paths, { report: ignoreReport, env })).rejects.toMatchObject({
    code: "npm-missing",
  });
  expect(existsSync(clone.paths.nodeModules)).toBe(false);
});

test.each([
  ["the same packages", { "node_modules/zod": zod }, true],
  ["another version", { "node_modules/zod": { ...zod, version: "4.0.1" } }, false],
  ["another content", { "node_modules/zod": { ...zod, integrity: "sha512-b" } }, false],
  ["nothing", {}, false],
  [
    "one that the lock file does not name",
    { "node_modules/zod": zod, "node_modules/old": zod },
    false,
  ],
])("compares what is installed with the lock file: %s", (_title, packages, expected) => {
  expect(isInstalled(lock, { packages })).toBe(expected);
});

test("does without optional packages of other platforms", () => {
  const optional = { "node_modules/mac-only": { version: "1.0.0", optional: true } };
  expect(isInstalled({ packages: optional }, { packages: {} })).toBe(true);
  expect(isInstalled({ packages: optional }, undefined)).toBe(false);
});
