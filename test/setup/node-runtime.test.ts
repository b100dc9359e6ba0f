import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureNode, findNode } from "../../setup/node-runtime.mjs";
import { fakeMachine, ignoreReport, toolText } from "../scripts/support/fake-machine.ts";

const pack = {
  name: "node-test-platform",
  version: "24.21.0",
  integrity: "sha512-pinned",
  binary: "bin/node",
};
const old = {
  version: "20.20.2",
  platformKey: "test-platform",
  packages: { "test-platform": pack },
};

/** What npm does with the lock file that set-up writes: here it unpacks a Node that says `version`. */
function npmThatUnpacks(version: string): string {
  const node = toolText(`console.log(${JSON.stringify(version)});`);
  return `
    fs.copyFileSync("package-lock.json", path.join(path.dirname(process.argv[1]), "seen-lock"));
    const bin = "node_modules/node-test-platform/bin";
    fs.mkdirSync(bin, { recursive: true });
    fs.writeFileSync(bin + "/node", ${JSON.stringify(node)}, { mode: 0o755 });`;
}

function machineWith(npmBody: string) {
  const machine = fakeMachine();
  machine.tool("npm", npmBody);
  const ensure = (options = {}) =>
    ensureNode(machine.cache, { report: ignoreReport, env: machine.env, ...old, ...options });
  return { ...machine, ensure };
}

test("uses the machine's own Node when it is new enough", async () => {
  const machine = machineWith("");
  expect(await machine.ensure({ version: "22.13.0", execPath: "/own/node" })).toEqual({
    path: "/own/node",
    version: "22.13.0",
    source: "machine",
    installed: false,
  });
  expect(machine.log()).toEqual([]);
});

test("installs Node 24 into the user's cache once", async () => {
  const machine = machineWith(npmThatUnpacks("v24.21.0"));
  const first = await machine.ensure();
  expect(first).toMatchObject({ version: "24.21.0", source: "cache", installed: true });
  expect(first.path.startsWith(machine.cache)).toBe(true);
  expect(existsSync(first.path)).toBe(true);
  expect(await machine.ensure()).toMatchObject({ path: first.path, installed: false });
  expect(machine.log()).toEqual(["npm ci"]);
});

test("lets npm check the pinned integrity and choose the registry itself", async () => {
  const machine = machineWith(npmThatUnpacks("v24.21.0"));
  await machine.ensure();
  const lock = readFileSync(join(machine.root, "bin", "seen-lock"), "utf8");
  expect(lock).toContain('"integrity": "sha512-pinned"');
  expect(lock).not.toContain("http");
});

test("installs again when the binary in the cache is another one", async () => {
  const machine = machineWith(npmThatUnpacks("v24.21.0"));
  const { path } = await machine.ensure();
  writeFileSync(path, "something else");
  expect(findNode(machine.cache, old)).toBeUndefined();
  expect(await machine.ensure()).toMatchObject({ installed: true });
});

test("refuses a Node that does not run here, and keeps nothing of it", async () => {
  const machine = machineWith(npmThatUnpacks("v1.0.0"));
  await expect(machine.ensure()).rejects.toMatchObject({ code: "node-does-not-run" });
  expect(findNode(machine.cache, old)).toBeUndefined();
});

test("refuses with a next command on a platform for which npm has no Node", async () => {
  const machine = machineWith("");
  await expect(machine.ensure({ platformKey: "sunos-sparc" })).rejects.toMatchObject({
    code: "node-too-old",
    hint: expect.stringContaining("Install Node 24") as string,
  });
});
