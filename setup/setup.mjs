import { ensureAnalyzer } from "./analyzer.mjs";
import { ensureBuild } from "./build.mjs";
import { ensureEngine } from "./engine.mjs";
import { ensureNode } from "./node-runtime.mjs";
import { ensurePackages } from "./packages.mjs";
import { createProgress } from "./progress.mjs";
import { writeSetupRecord } from "./record.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/** @typedef {"build" | "engine"} Need what a task needs besides Node and the packages */

/**
 * Brings this clone to where a task can run: installs what is missing, skips what is there.
 * @param {object} options
 * @param {ClonePaths} options.paths
 * @param {string} options.cache the per-user folder
 * @param {readonly Need[]} options.needs
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<{ nodePath: string }>}
 */
export async function setUp({ paths, cache, needs, env = process.env }) {
  const progress = createProgress({ total: needs.length + 2 });
  const node = await progress.step(
    "Node",
    (report) => ensureNode(cache, { report, env }),
    ({ installed, version }) => (installed ? `${version} installed` : undefined),
  );
  const packages = await progress.step(
    "Packages",
    (report) => ensurePackages(paths, { report, env }),
    ({ installed }) => (installed ? "installed" : undefined),
  );
  if (needs.includes("build")) {
    await progress.step(
      "Build",
      (report) => ensureBuild(paths, { report, nodePath: node.path }),
      ({ built }) => (built ? "compiled" : undefined),
    );
  }
  const engine = needs.includes("engine")
    ? await progress.step(
        "Engine",
        (report) => ensureEngine({ paths, cache, env, report }),
        ({ installed, version, source }) =>
          installed ? `${version} installed (${source})` : undefined,
      )
    : undefined;
  ensureAnalyzer(paths);
  writeSetupRecord(paths, {
    nodePath: node.path,
    nodeVersion: node.version,
    packageHash: packages.lockHash,
    pulumiHome: paths.pulumiHome,
    ...(engine && {
      enginePath: engine.path,
      engineVersion: engine.version,
      engineSource: engine.source,
    }),
  });
  return { nodePath: node.path };
}
