/** Ctrl-C during commands that only look, and at a real terminal: told apart from a failure, nothing left behind. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SETUP = new URL("../../setup/index.mjs", import.meta.url).href;

let planned: TestWorkspace;

beforeAll(async () => {
  planned = TestWorkspace.create();
  await planned.succeed(["plan", "example"]);
});

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a command line and gives it Ctrl-C, as many times as asked for, once it has said `moment`. */
async function stopped(
  [command, ...args]: readonly [string, ...string[]],
  options: { readonly moment: RegExp; readonly stop: (child: ReturnType<typeof spawn>) => void },
): Promise<Ended> {
  const child = spawn(command, args, { env: { ...process.env, NO_COLOR: "1", TERM: "xterm" } });
  let output = "";
  let isSent = false;
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    if (isSent || !options.moment.test(output)) return;
    isSent = true;
    options.stop(child);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  expect(output).toMatch(options.moment);
  return { exitCode, output };
}

/** Processes of this machine that were started for the workspace and are still there. */
function leftOver({ root }: TestWorkspace): string[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      const environment = readFileSync(join("/proc", name, "environ"), "utf8");
      return environment.includes(root)
        ? [readFileSync(join("/proc", name, "cmdline"), "utf8")]
        : [];
    } catch {
      // No process, one of somebody else, or one that ended a moment ago.
      return [];
    }
  });
}

describe("a command that only looks", () => {
  it.each([
    ["plan", /Planning example with/],
    ["status", /Reading example back/],
  ])("%s says that it was interrupted, and nothing else went wrong", async (command, moment) => {
    const workspace = planned.copy();
    const before = workspace.written();
    const { exitCode, output } = await stopped(
      [process.execPath, PROGRAM, command, "example", "--workspace", workspace.root],
      { moment, stop: (child) => child.kill("SIGINT") },
    );
    expect(output).toContain("Interrupted; nothing was changed. [interrupted]");
    expect(output).not.toContain("failed]");
    expect(exitCode).toBe(2);
    expect(workspace.written().state).toEqual(before.state);
    expect((await workspace.succeed([command, "example"])).exitCode).toBe(0);
  });
});

/**
 * util-linux's `script` gives the command a terminal; what it reads is typed there. It runs the words through the
 * user's shell, and one that stays (dash) would die of the Ctrl-C itself and hide with what code the command ended.
 */
const atTerminal = (words: readonly string[]): [string, ...string[]] => [
  "script",
  "-qec",
  ["exec", process.execPath, PROGRAM, ...words].join(" "),
  "/dev/null",
];

const typeCtrlC = (child: ReturnType<typeof spawn>): void => {
  child.stdin?.write("\u0003");
};

describe.runIf(process.platform === "linux")("an apply without a terminal", () => {
  const applying = /Applying \d/;

  it("leaves at the second SIGINT, and its engine with it", async () => {
    const workspace = planned.copy();
    await workspace.succeed(["approve", "example"]);
    const { exitCode } = await stopped(
      [process.execPath, PROGRAM, "apply", "example", "--workspace", workspace.root],
      {
        moment: applying,
        stop: (child) => {
          child.kill("SIGINT");
          child.stderr?.on("data", (chunk: Buffer) => {
            if (chunk.toString().includes("Stopping:")) child.kill("SIGINT");
          });
        },
      },
    );
    expect(exitCode).toBe(130);
    await expect.poll(() => leftOver(workspace), { timeout: 10_000 }).toEqual([]);
  });

  it("ends in order when its launcher is killed, and goes on with the same approval", async () => {
    const workspace = planned.copy();
    await workspace.succeed(["approve", "example"]);
    const words = [PROGRAM, "apply", "example", "--workspace", workspace.root];
    const launcher = `
      const { handOver } = await import(${JSON.stringify(SETUP)});
      await handOver(process.execPath, ${JSON.stringify(words)}, { hearsOfDeath: true });`;
    const { output } = await stopped([process.execPath, "--input-type=module", "-e", launcher], {
      moment: applying,
      stop: (child) => child.kill("SIGKILL"),
    });
    // The command keeps the pipes, so that all of what it said is there when they close.
    expect(output).toContain("[interrupted]");
    expect(leftOver(workspace)).toEqual([]);
    const status = await workspace.succeed(["status", "example"]);
    expect(status.json).toMatchObject({ lastApply: { result: "partial" } });
    await workspace.succeed(["apply", "example"]);
  });
});

describe.runIf(process.platform === "linux")("an apply by npx", () => {
  it.each(["SIGTERM", "SIGKILL"] as const)(
    "ends in order when only npm gets %s",
    async (signal) => {
      const people = Array.from({ length: 40 }, (_, at) => ({ name: `Persoon Nummer${at}` }));
      const workspace = TestWorkspace.create({ example: aTenantFile({ people }) });
      await workspace.succeed(["plan", "example"]);
      await workspace.succeed(["approve", "example"]);
      const words = ["tenantry", "apply", "example", "--workspace", workspace.root];
      const { output } = await stopped(["npx", "--offline", ...words], {
        moment: /Applying \d/,
        stop: (child) => child.kill(signal),
      });
      expect(output).toContain("[interrupted]");
      expect(leftOver(workspace)).toEqual([]);
      await workspace.succeed(["apply", "example"]);
    },
  );
});

describe.runIf(process.platform === "linux")("at a real terminal", () => {
  it("a plan is interrupted, and no process of it is left", async () => {
    const workspace = planned.copy();
    const { exitCode, output } = await stopped(
      atTerminal(["plan", "example", "--workspace", workspace.root]),
      { moment: /Planning example with/, stop: typeCtrlC },
    );
    expect(output).toContain("[interrupted]");
    expect(exitCode).toBe(2);
    expect(leftOver(workspace)).toEqual([]);
  });

  it("an apply takes its bar away before it says anything, and gives the cursor back", async () => {
    const people = Array.from({ length: 12 }, (_, at) => ({ name: `Persoon Nummer${at}` }));
    const workspace = TestWorkspace.create({ example: aTenantFile({ people }) });
    await workspace.succeed(["plan", "example"]);
    await workspace.succeed(["approve", "example"]);
    const { exitCode, output } = await stopped(
      atTerminal(["apply", "example", "--workspace", workspace.root]),
      { moment: /Applying .* 0\/\d/, stop: typeCtrlC },
    );
    expect(output).toContain("\r\u001B[2K\u001B[?7hStopping: finishing what is in progress");
    expect(output.lastIndexOf("\u001B[?25h")).toBeGreaterThan(output.lastIndexOf("\u001B[?25l"));
    expect(output.lastIndexOf("\u001B[?7h")).toBeGreaterThan(output.lastIndexOf("\u001B[?7l"));
    expect(output).toContain("[interrupted]");
    expect(exitCode).toBe(2);
    expect(leftOver(workspace)).toEqual([]);
  });

  it("a second Ctrl-C stops immediately, with the cursor back", async () => {
    const workspace = planned.copy();
    await workspace.succeed(["approve", "example"]);
    const { exitCode, output } = await stopped(
      atTerminal(["apply", "example", "--workspace", workspace.root]),
      {
        moment: /Applying .* 0\/\d/,
        stop: (child) => {
          typeCtrlC(child);
          child.stdout?.on("data", (chunk: Buffer) => {
            if (chunk.toString().includes("Stopping:")) typeCtrlC(child);
          });
        },
      },
    );
    expect(exitCode).toBe(130);
    expect(output.lastIndexOf("\u001B[?25h")).toBeGreaterThan(output.lastIndexOf("\u001B[?25l"));
    expect(leftOver(workspace)).toEqual([]);
  });
});
