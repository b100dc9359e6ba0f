import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
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

/** Hands over to a child that says which signal it heard, and ends with 7. */
const launcher = (): string => {
  const child = `
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.on(name, () => { console.log(name); process.exit(7); });
    }
    setTimeout(() => {}, 20_000);
    console.log("ready");`;
  const module = pathToFileURL(join(import.meta.dirname, "..", "..", "setup", "command.mjs")).href;
  return `
    const { handOver } = await import(${JSON.stringify(module)});
    process.exitCode = await handOver(process.execPath, ["-e", ${JSON.stringify(child)}]);`;
};

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "passes %s on to the program that it handed over to, and ends with its code",
  async (signal) => {
    const started = spawn(process.execPath, ["--input-type=module", "-e", launcher()], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    started.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (text.includes("ready")) started.kill(signal);
    });
    const [code] = (await once(started, "close")) as [number | null];
    expect({ said, code }).toEqual({ said: `ready\n${signal}\n`, code: 7 });
  },
);
