import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../scripts/setup/command.mjs";
import { cloneRoot } from "../../scripts/setup/paths.mjs";
import { temporaryFolder } from "../scripts/support/fake-machine.ts";

const runner = join(cloneRoot, "bin", "run-policy-pack.mjs");

function makePack(main: string): string {
  const folder = join(temporaryFolder(), "a pack");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "main": "rules.js" }');
  writeFileSync(join(folder, "rules.js"), main);
  return folder;
}

test("runs the pack that lies in the folder from which the engine calls it", async () => {
  const cwd = makePack("process.stdout.write(`41234 ${process.cwd()}`);");
  const result = await runCommand(
    process.execPath,
    [runner, "127.0.0.1:1", ".", "-typescript=false"],
    { cwd },
  );
  expect(result).toMatchObject({ code: 0, stdout: `41234 ${cwd}` });
});

test("ends with an error when the pack fails, so that the engine does not go on without it", async () => {
  const cwd = makePack("setTimeout(() => { throw new Error('a rule is broken'); });");
  const result = await runCommand(process.execPath, [runner, "127.0.0.1:1", "."], { cwd });
  expect(result.code).not.toBe(0);
  expect(result.stderr).toContain("a rule is broken");
});

test("ends with an error when the engine names no pack", async () => {
  const result = await runCommand(process.execPath, [runner, "127.0.0.1:1"], {});
  expect(result.code).not.toBe(0);
  expect(result.stderr).toContain("Called without a policy pack");
});
