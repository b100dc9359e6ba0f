import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runCommand } from "../../setup/command.mjs";
import { cloneRoot } from "../../setup/paths.mjs";
import { readSetupRecord, writeSetupRecord } from "../../setup/record.mjs";
import { fakeMachine } from "./support/fake-machine.ts";

// Each test runs the real compiler, several times.
vi.setConfig({ testTimeout: 60_000 });

/** A clone with the real scripts, the real packages, and a command line that only says what it was given. */
function smallClone() {
  const machine = fakeMachine();
  const { paths, write, root } = machine;
  const copied = ["scripts", "setup", "bin", "package.json", "package-lock.json", "tsconfig.json"];
  for (const name of copied) {
    cpSync(join(cloneRoot, name), join(paths.root, name), { recursive: true });
  }
  symlinkSync(join(cloneRoot, "node_modules"), paths.nodeModules);
  write("tsconfig.build.json", `{ "extends": "./tsconfig.json", "include": ["cli"] }`);
  write("cli/main.ts", "console.log(JSON.stringify(process.argv.slice(2)));\n");
  const env = { ...machine.env, XDG_CACHE_HOME: join(root, "cache") };
  const run = (script: string, ...args: string[]) =>
    runCommand(process.execPath, [join(paths.root, script), ...args], { env });
  return { ...machine, run };
}

const record = (pulumiHome: string) => ({
  ...{ nodePath: process.execPath, nodeVersion: process.versions.node },
  ...{ packageHash: "any", pulumiHome },
});

test("sets up what a task needs, then hands the user's arguments to it", async () => {
  const { run, paths } = smallClone();
  const first = await run("scripts/run.mjs", "emulator", "--port", "0");
  expect(first).toMatchObject({ code: 0, stdout: `["emulator","--port","0"]\n` });
  expect(first.stderr).toContain("Build: compiled");
  const second = await run("scripts/run.mjs", "emulator");
  expect(second).toEqual({ code: 0, stdout: `["emulator"]\n`, stderr: "" });
  expect(readSetupRecord(paths)).toMatchObject({ nodePath: process.execPath });
});

test("refuses a task that does not exist and lists those that do", async () => {
  const { code, stderr } = await smallClone().run("scripts/run.mjs", "deploy");
  expect(code).toBe(2);
  expect(stderr).toContain("demo, test");
});

test("ends with the error, the reason and the next command when set-up fails", async () => {
  const { run, write } = smallClone();
  write("cli/main.ts", "const wrong: number = '';\nexport default wrong;\n");
  const { code, stderr } = await run("scripts/run.mjs", "build");
  expect(code).toBe(2);
  expect(stderr).toContain("error TS2322");
  expect(stderr.trim().split("\n").at(-1)).toMatch(/run the same command again/);
});

test("the command line sends a new user to set-up", async () => {
  const { code, stderr } = await smallClone().run("bin/tenantry.mjs", "plan", "contoso");
  expect(code).toBe(2);
  expect(stderr).toContain("npm run setup");
});

test("the command line does not run on other packages than the lock file names", async () => {
  const { run, paths, write } = smallClone();
  writeSetupRecord(paths, record(paths.pulumiHome));
  write("package-lock.json", `{ "packages": { "node_modules/new": { "version": "1.0.0" } } }`);
  const { code, stderr } = await run("bin/tenantry.mjs", "plan");
  expect(code).toBe(2);
  expect(stderr).toContain("packages changed");
});

test("the command line compiles what changed before it runs", async () => {
  const { run, paths, write } = smallClone();
  writeSetupRecord(paths, record(paths.pulumiHome));
  expect(await run("bin/tenantry.mjs", "plan")).toMatchObject({ code: 0, stdout: `["plan"]\n` });
  write("cli/main.ts", "console.log('changed');\n");
  expect(await run("bin/tenantry.mjs", "plan")).toMatchObject({ code: 0, stdout: "changed\n" });
  expect(await run("bin/tenantry.mjs")).toEqual({ code: 0, stdout: "changed\n", stderr: "" });
});
