import { availableParallelism } from "node:os";
import { join } from "node:path";
import { formatDuration, runCommand, withTools } from "../../setup/index.mjs";
import { generators, typeStripping } from "./typescript.mjs";

/** @typedef {{ title: string, argv: string[] }} Check */

/**
 * The quick checks before a push: all of them, two at a time; only what fails shows its output.
 * @param {import("./registry.mjs").TaskContext} context
 * @returns {Promise<number>} exit code
 */
export async function runChecks({ paths, nodePath }) {
  const env = withTools(
    { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    { nodePath, nodeModules: paths.nodeModules },
  );
  const startedAt = Date.now();
  const waiting = listChecks(paths);
  /** @type {string[]} */
  const failed = [];

  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = Date.now();
      const { code, stdout, stderr } = await runCommand(nodePath, check.argv, {
        cwd: paths.root,
        env,
      });
      const duration = formatDuration(Date.now() - began);
      process.stdout.write(`${code === 0 ? "✓" : "✗"} ${check.title} (${duration})\n`);
      if (code === 0) continue;
      failed.push(check.title);
      process.stdout.write(`${`${stdout}\n${stderr}`.trim()}\n\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));

  const verdict = failed.length === 0 ? "All checks passed" : `Failed: ${failed.join(", ")}`;
  process.stdout.write(`${verdict} (${formatDuration(Date.now() - startedAt)})\n`);
  return failed.length === 0 ? 0 : 1;
}

/**
 * Longest first, so that no long one is left for the end.
 * @param {import("../../setup/paths.mjs").ClonePaths} paths
 * @returns {Check[]}
 */
function listChecks({ root, nodeModules }) {
  /** @param {string} script */
  const tool = (script) => join(nodeModules, script);
  return [
    {
      title: "unit tests",
      argv: [tool("vitest/vitest.mjs"), "run", "--project", "unit", "--reporter=dot"],
    },
    { title: "lint", argv: [tool("eslint/bin/eslint.js"), "--max-warnings=0", "."] },
    {
      title: "types",
      argv: [tool("typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.json", ...typesCache],
    },
    {
      title: "format",
      argv: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", ...formatCache, "."],
    },
    {
      title: "import rules",
      argv: [tool("dependency-cruiser/bin/dependency-cruise.mjs"), ...importRules],
    },
    { title: "unused files and exports", argv: [tool("knip/bin/knip.js"), "--no-progress"] },
    { title: "files", argv: [join(root, "scripts/check-files.mjs")] },
    ...generators(root).map((script) => ({
      title: `${script} is fresh`,
      argv: [...typeStripping(), join(root, script), "--check"],
    })),
  ];
}

/** Both tools notice by themselves what their cache does not cover; type-aware lint could not. */
const typesCache = ["--incremental", "--tsBuildInfoFile", ".tenantry/check/types.tsbuildinfo"];
const formatCache = [
  "--cache",
  "--cache-location=.tenantry/check/format",
  "--cache-strategy=content",
];

const importRules = [
  ...["--config", ".dependency-cruiser.cjs", "--output-type", "err-long"],
  ...[
    "bin",
    "setup",
    "stacks",
    "tenant-file",
    "migration",
    "components",
    "policies",
    "provider",
    "services",
  ],
  ...["plan", "approval", "views", "engine", "state", "operations", "server", "workspace", "core"],
  ...["emulator", "cli", "scripts"],
];
