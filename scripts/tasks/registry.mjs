import { join } from "node:path";
import { handOver, isPackage, readSetupRecord, runDoctor, withTools } from "../../setup/index.mjs";
import { runChecks } from "./check.mjs";
import { runTests } from "./test.mjs";
import { generators, typeStripping } from "./typescript.mjs";

/**
 * @typedef {object} TaskContext
 * @property {import("../../setup/paths.mjs").ClonePaths} paths
 * @property {string[]} args what stands after the task's name
 * @property {string} nodePath the Node to run with
 */

/**
 * @typedef {object} Task
 * @property {readonly import("../../setup/setup.mjs").Need[] | "nothing"} needs "nothing": no set-up at all
 * @property {(context: TaskContext) => Promise<number>} run resolves with the exit code
 */

/** @type {Readonly<Record<string, Task>>} */
export const tasks = {
  demo: { needs: ["build", "engine"], run: cli("demo") },
  test: { needs: ["build", "engine"], run: (context) => runTests(context, ["unit", "e2e"]) },
  "test:unit": { needs: ["build"], run: (context) => runTests(context, ["unit"]) },
  "test:e2e": { needs: ["build", "engine"], run: (context) => runTests(context, ["e2e"]) },
  check: { needs: ["build"], run: runChecks },
  doctor: { needs: "nothing", run: runDoctor },
  emulator: { needs: ["build"], run: cli("emulator") },
  "emulator:clients": { needs: ["build"], run: typescript("scripts/emulator-clients/main.ts") },
  bench: { needs: ["build", "engine"], run: typescript("scripts/bench.ts") },
  torture: { needs: ["build", "engine"], run: typescript("scripts/torture.ts") },
  mutants: { needs: ["build"], run: typescript("scripts/mutants.ts") },
  build: { needs: ["build"], run: async () => 0 },
  setup: { needs: ["build", "engine"], run: sayReady },
  generate: { needs: [], run: generate },
  format: { needs: [], run: tool("prettier/bin/prettier.cjs", "--write", ".") },
};

/** @type {Task["run"]} */
async function sayReady({ paths }) {
  const { nodeVersion, engineVersion, engineSource } = readSetupRecord(paths) ?? {};
  const next = isPackage(paths) ? "npx tenantry --help" : "npm run demo";
  process.stdout.write(
    `Ready: Node ${nodeVersion}, pulumi ${engineVersion} (${engineSource}). Next: ${next}\n`,
  );
  return 0;
}

/** @param {string} name */
export function findTask(name) {
  return Object.hasOwn(tasks, name) ? tasks[name] : undefined;
}

/**
 * A command of the product.
 * @param {string} command
 * @returns {Task["run"]}
 */
function cli(command) {
  return ({ paths, args, ...context }) =>
    runNode([join(paths.dist, "cli", "main.js"), command, ...args], {
      ...{ paths, args, ...context },
      hearsOfDeath: true,
    });
}

/**
 * A tool of node_modules.
 * @param {string} script path below node_modules
 * @param {string[]} fixed
 * @returns {Task["run"]}
 */
function tool(script, ...fixed) {
  return (context) =>
    runNode([join(context.paths.nodeModules, script), ...fixed, ...context.args], context);
}

/**
 * A chore written in TypeScript.
 * @param {string} script
 * @returns {Task["run"]}
 */
function typescript(script) {
  return (context) =>
    runNode([...typeStripping(), join(context.paths.root, script), ...context.args], context);
}

/** @type {Task["run"]} */
async function generate(context) {
  for (const script of generators(context.paths.root)) {
    const code = await typescript(script)(context);
    if (code !== 0) return code;
  }
  return 0;
}

/**
 * @param {string[]} argv
 * @param {TaskContext & { hearsOfDeath?: boolean }} context
 */
function runNode(argv, { paths, nodePath, hearsOfDeath = false }) {
  return handOver(nodePath, argv, {
    hearsOfDeath,
    cwd: paths.root,
    env: withTools(process.env, { nodePath, nodeModules: paths.nodeModules }),
  });
}
