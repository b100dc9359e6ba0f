import { join } from "node:path";
import { expect, test } from "vitest";
import { findOnPath, npmCommand, runCommand, withTools } from "../../setup/command.mjs";
import { fakeMachine } from "../scripts/support/fake-machine.ts";

test("hands back the exit code and both outputs of a command", async () => {
  const script = "console.log('out'); console.error('err'); process.exitCode = 3";
  const result = await runCommand(process.execPath, ["-e", script]);
  expect(result).toEqual({ code: 3, stdout: "out\n", stderr: "err\n" });
});

test("answers 127 for a command that does not exist", async () => {
  expect(await runCommand("no-such-command-at-all", [])).toMatchObject({ code: 127 });
});

test("passes each line of the error output on", async () => {
  const lines: string[] = [];
  await runCommand(process.execPath, ["-e", "console.error('one\\ntwo')"], {
    onErrorLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(["one", "two"]);
});

test("finds a tool on PATH and passes folders and other files by", () => {
  const machine = fakeMachine();
  machine.tool("go", "");
  machine.write("pulumi/inside", "");
  const env = { PATH: `${machine.paths.root}:${machine.env.PATH ?? ""}` };
  expect(findOnPath("go", { env })).toBe(join(machine.root, "bin", "go"));
  expect(findOnPath("pulumi", { env })).toBeUndefined();
});

test("prefers the npm that started the set-up", () => {
  const machine = fakeMachine();
  machine.tool("npm", "");
  const started = { ...machine.env, npm_execpath: "/npm/bin/npm-cli.js" };
  expect(npmCommand({ env: started })).toEqual({
    command: process.execPath,
    prefix: ["/npm/bin/npm-cli.js"],
  });
  expect(npmCommand(machine)).toEqual({ command: join(machine.root, "bin", "npm"), prefix: [] });
  expect(npmCommand({ env: { PATH: "" } })).toBeUndefined();
});

test("puts the right Node and the clone's tools first on PATH, whatever PATH is called", () => {
  const env = withTools(
    { Path: "/usr/bin", OTHER: "kept" },
    { nodePath: "/node24/bin/node", nodeModules: "/clone/node_modules" },
  );
  expect(env).toEqual({
    OTHER: "kept",
    PATH: "/node24/bin:/clone/node_modules/.bin:/usr/bin",
  });
});
