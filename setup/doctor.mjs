import { existsSync } from "node:fs";
import { isAnalyzerCurrent } from "./analyzer.mjs";
import { isBuildCurrent } from "./build.mjs";
import { findOnPath, npmCommand, runCommand } from "./command.mjs";
import { findEngine, isCacheIntact } from "./engine.mjs";
import { messageOf, SetupError } from "./errors.mjs";
import { findNode } from "./node-runtime.mjs";
import { arePackagesCurrent } from "./packages.mjs";
import { cacheFolder } from "./paths.mjs";
import { engineVersion, minimumNodeVersion } from "./versions.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * @typedef {object} Finding
 * @property {string} name
 * @property {"ok" | "missing" | "not needed"} state "missing": something to do; "not needed": works without
 * @property {string} found what was found, and where
 * @property {string} [advice] what to do
 */

/** @typedef {{ paths: ClonePaths, cache: string, env: NodeJS.ProcessEnv }} Machine */

const runSetup = "`npm run demo` installs it.";

/**
 * Says what was found where, and what to do about what is missing. Changes nothing.
 * @param {{ paths: ClonePaths, args: string[] }} context
 * @returns {Promise<number>} exit code: 2 when something is missing
 */
export async function runDoctor({ paths, args }) {
  const findings = await examine({ paths, cache: cacheFolder(), env: process.env });
  const healthy = findings.every(({ state }) => state !== "missing");
  process.stdout.write(
    args.includes("--json")
      ? `${JSON.stringify({ healthy, findings }, null, 2)}\n`
      : render(findings, healthy),
  );
  return healthy ? 0 : 2;
}

/**
 * @param {Machine} machine
 * @returns {Promise<Finding[]>}
 */
export async function examine(machine) {
  const engine = await examineEngine(machine);
  return [
    examineNode(machine),
    await examineTool("npm", {
      command: npmCommand(machine),
      advice: "Install npm; it comes with Node.",
    }),
    await examineTool("git", {
      command: pathCommand("git", machine),
      advice: "Install git from your system.",
    }),
    examinePackages(machine),
    examineBuild(machine),
    engine,
    await examineGo(machine, engine),
    examineAnalyzer(machine),
    examineChromium(machine),
  ];
}

/** @param {Machine} machine @returns {Finding} */
function examineNode({ cache }) {
  const node = findNode(cache);
  const own = `${process.versions.node} at ${process.execPath}`;
  if (node?.source === "machine") return { name: "Node", state: "ok", found: own };
  const tooOld = `the machine has ${own}, ${minimumNodeVersion} is needed`;
  if (node)
    return { name: "Node", state: "ok", found: `${node.version} at ${node.path} (${tooOld})` };
  return { name: "Node", state: "missing", found: tooOld, advice: runSetup };
}

/**
 * @param {string} name
 * @param {{ command: { command: string, prefix: string[] } | undefined, advice: string, args?: string[], cwd?: string }} tool
 * @returns {Promise<Finding>}
 */
async function examineTool(name, { command, advice, args = ["--version"], cwd }) {
  if (command === undefined) return { name, state: "missing", found: "not on PATH", advice };
  const { code, stdout } = await runCommand(command.command, [...command.prefix, ...args], {
    timeoutMs: 20_000,
    ...(cwd && { cwd }),
  });
  const where = command.prefix[0] ?? command.command;
  if (code !== 0) return { name, state: "missing", found: `${where} does not run`, advice };
  return { name, state: "ok", found: `${stdout.trim()} at ${where}` };
}

/** @param {Machine} machine @returns {Finding} */
function examinePackages({ paths }) {
  const current = existsSync(paths.nodeModules) && arePackagesCurrent(paths);
  if (current) return { name: "Packages", state: "ok", found: paths.nodeModules };
  const found = existsSync(paths.nodeModules)
    ? "does not match package-lock.json"
    : "not installed";
  return { name: "Packages", state: "missing", found, advice: runSetup };
}

/** @param {Machine} machine @returns {Finding} */
function examineBuild({ paths }) {
  if (isBuildCurrent(paths)) return { name: "Build", state: "ok", found: paths.dist };
  const found = existsSync(paths.dist) ? "older than the sources" : "not built";
  return { name: "Build", state: "missing", found, advice: "`npm run build` compiles it." };
}

/** @param {Machine} machine @returns {Promise<Finding>} */
async function examineEngine(machine) {
  const name = "Engine";
  try {
    const engine = await findEngine(machine);
    if (engine === undefined) {
      return {
        name,
        state: "missing",
        found: `no pulumi ${engineVersion} on PATH or in ${machine.cache}`,
        advice: runSetup,
      };
    }
    const { path, version, source } = engine;
    const isCached = source === "download" || source === "module build";
    if (isCached && !(await isCacheIntact(path))) {
      const advice = "Delete that file, then run `npm run demo`.";
      return {
        name,
        state: "missing",
        found: `${path} does not have the checksum it was installed with`,
        advice,
      };
    }
    return { name, state: "ok", found: `pulumi ${version} at ${path} (${source})` };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { name, state: "missing", found: messageOf(error), advice: error.hint };
  }
}

/**
 * @param {Machine} machine
 * @param {Finding} engine
 * @returns {Promise<Finding>}
 */
async function examineGo(machine, engine) {
  const finding = await examineTool("Go", {
    command: pathCommand("go", machine),
    args: ["version"],
    cwd: machine.paths.engineModule,
    advice: "Install Go 1.25 or newer if the engine cannot be downloaded here.",
  });
  if (finding.state === "ok" || engine.state !== "ok") return finding;
  const { name, found } = finding;
  return { name, state: "not needed", found: `${found}, the engine is there` };
}

/** @param {Machine} machine @returns {Finding} */
function examineAnalyzer({ paths }) {
  const current = isAnalyzerCurrent(paths);
  const name = "Policy plugin";
  if (current) return { name, state: "ok", found: paths.pulumiHome };
  return { name, state: "missing", found: `not in ${paths.pulumiHome}`, advice: runSetup };
}

/** @param {Machine} machine @returns {Finding} */
function examineChromium({ env }) {
  const path = ["chromium", "chromium-browser", "google-chrome"]
    .map((name) => findOnPath(name, { env }))
    .find((found) => found !== undefined);
  if (path) return { name: "Chromium", state: "ok", found: path };
  return {
    name: "Chromium",
    state: "not needed",
    found: "not on PATH; only tests of HTML pages use it",
  };
}

/**
 * @param {string} name
 * @param {Machine} machine
 */
function pathCommand(name, { env }) {
  const command = findOnPath(name, { env });
  return command === undefined ? undefined : { command, prefix: [] };
}

/**
 * @param {readonly Finding[]} findings
 * @param {boolean} healthy
 */
function render(findings, healthy) {
  const marks = { ok: "✓", missing: "✗", "not needed": "-" };
  const lines = findings.flatMap(({ name, state, found, advice }) => [
    `${marks[state]} ${name.padEnd(14)} ${found}`,
    ...(advice && state === "missing" ? [`  ${" ".repeat(14)} ${advice}`] : []),
  ]);
  const verdict = healthy
    ? "Everything needed is installed."
    : "Something is missing; the lines with ✗ say what to do.";
  return [...lines, "", verdict, ""].join("\n");
}
