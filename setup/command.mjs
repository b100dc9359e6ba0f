import { spawn } from "node:child_process";
import { accessSync, constants as access, statSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { onInterrupt } from "./interrupt.mjs";

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 127 when the command could not be started
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a command to its end without a shell and without input.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onErrorLine?: (line: string) => void, timeoutMs?: number }} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { cwd, env = process.env, onErrorLine, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      windowsHide: true,
    });
    const release = onInterrupt(() => child.kill());
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += String(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += String(text);
    });
    if (onErrorLine) createInterface({ input: child.stderr }).on("line", onErrorLine);
    child.on("error", (error) => {
      release();
      resolve({ code: 127, stdout, stderr: error.message });
    });
    child.on("close", (code) => {
      release();
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/**
 * Runs a command on this terminal and hands over everything, signals too; resolves with its exit code.
 * `hearsOfDeath`: a Node program that ends in order when its channel to this process closes, which also SIGKILL does.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, hearsOfDeath?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function handOver(command, args, { cwd, env = process.env, hearsOfDeath = false } = {}) {
  return new Promise((resolve, reject) => {
    const terminal = /** @type {const} */ (["inherit", "inherit", "inherit"]);
    const stdio = hearsOfDeath ? [...terminal, /** @type {const} */ ("ipc")] : [...terminal];
    const child = spawn(command, args, { cwd, env, stdio });
    // A terminal sends Ctrl-C to the child as well, and one that hears it twice leaves at once.
    const isAtTerminal = process.stdin.isTTY || process.stderr.isTTY;
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      if (signal !== "SIGINT" || !isAtTerminal) child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const release = () => {
      for (const signal of PASSED_ON) process.off(signal, passOn);
    };
    child.on("error", (error) => {
      release();
      reject(error);
    });
    child.on("close", (code, signal) => {
      release();
      resolve(code ?? 128 + (signal === null ? 1 : constants.signals[signal]));
    });
  });
}

/**
 * The first executable of this name on PATH.
 * @param {string} name without extension
 * @param {{ env?: NodeJS.ProcessEnv, platform?: string }} [machine]
 * @returns {string | undefined}
 */
export function findOnPath(name, { env = process.env, platform = process.platform } = {}) {
  const extensions = platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const folder of searchPath(env).split(delimiter)) {
    if (folder === "") continue;
    for (const extension of extensions) {
      const candidate = join(folder, name + extension);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, access.X_OK);
    return statSync(path).isFile();
  } catch {
    // Missing or not permitted: PATH is full of folders without the tool.
    return false;
  }
}

/**
 * PATH under whatever spelling the machine uses (`Path` on Windows).
 * @param {NodeJS.ProcessEnv} env
 */
function searchPath(env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH");
  return key === undefined ? "" : (env[key] ?? "");
}

/**
 * The environment of a task: its Node and the clone's tools come first on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ nodePath: string, nodeModules: string }} tools
 */
export function withTools(env, { nodePath, nodeModules }) {
  const rest = Object.fromEntries(
    Object.entries(env).filter(([name]) => name.toUpperCase() !== "PATH"),
  );
  const folders = [dirname(nodePath), join(nodeModules, ".bin"), searchPath(env)];
  return { ...rest, PATH: folders.filter((folder) => folder !== "").join(delimiter) };
}

/**
 * How to start npm without a shell: the npm that started us, else the one on PATH.
 * @param {{ env?: NodeJS.ProcessEnv, platform?: string }} [machine]
 * @returns {{ command: string, prefix: string[] } | undefined}
 */
export function npmCommand({ env = process.env, platform = process.platform } = {}) {
  const started = env.npm_execpath;
  if (started?.endsWith("npm-cli.js")) return { command: process.execPath, prefix: [started] };
  const found = findOnPath("npm", { env, platform });
  if (found === undefined) return undefined;
  // Node starts no .cmd file without a shell; the script behind it lies next to it.
  if (platform === "win32") {
    const script = join(dirname(found), "node_modules", "npm", "bin", "npm-cli.js");
    return { command: process.execPath, prefix: [script] };
  }
  return { command: found, prefix: [] };
}

/**
 * The last lines of a tool's output, for an error.
 * @param {CommandResult} result
 */
export function tail({ stdout, stderr }) {
  return `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
}
