import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";
import { runCommand, tail } from "./command.mjs";
import { SetupError } from "./errors.mjs";
import { readJson, sha256, writeJson } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { packageLockHash } from "./packages.mjs";
import { isPackage } from "./paths.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

const configFiles = ["tsconfig.json", "tsconfig.build.json"];
const stampName = ".build.json";

/**
 * Compiles the sources to dist/ when a source changed since the last time.
 * @param {ClonePaths} paths
 * @param {{ report: import("./progress.mjs").Report, nodePath: string }} options
 * @returns {Promise<{ built: boolean }>}
 */
export async function ensureBuild(paths, { report, nodePath }) {
  if (isBuildCurrent(paths)) return { built: false };
  return await withLock(
    join(paths.locks, "build"),
    async () => {
      const digest = sourceDigest(paths);
      if (builtDigest(paths) === digest) return { built: false };
      report("compiling TypeScript");
      await compile(paths, nodePath);
      const outputs = copyAssets(paths);
      pruneOutputs(paths, outputs);
      writeJson(join(paths.dist, stampName), { digest });
      return { built: true };
    },
    {
      onWait: (pid) => {
        report(`waiting for another set-up (process ${pid ?? "unknown"})`);
      },
    },
  );
}

/** @param {ClonePaths} paths */
export function isBuildCurrent(paths) {
  return isPackage(paths) || builtDigest(paths) === sourceDigest(paths);
}

/**
 * @param {ClonePaths} paths
 * @returns {string | undefined} of the sources that dist/ was made from
 */
function builtDigest(paths) {
  const stamp = /** @type {{ digest?: string } | undefined} */ (
    readJson(join(paths.dist, stampName))
  );
  return stamp?.digest;
}

/**
 * @param {ClonePaths} paths
 * @param {string} nodePath
 */
async function compile(paths, nodePath) {
  const compiler = join(paths.nodeModules, "typescript", "bin", "tsc");
  const result = await runCommand(nodePath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: paths.root,
  });
  if (result.code !== 0) {
    throw new SetupError("build-failed", "The sources do not compile.", {
      hint: "Fix the errors above, then run the same command again.",
      details: tail(result),
    });
  }
}

/**
 * The source folders, as the compiler's configuration lists them.
 * @param {ClonePaths} paths
 * @returns {string[]}
 */
function sourceFolders(paths) {
  const config = readJson(join(paths.root, "tsconfig.build.json"));
  return /** @type {{ include: string[] }} */ (config).include;
}

/**
 * A digest of every source's path, size and modification time, of the configuration and the lock file.
 * @param {ClonePaths} paths
 */
function sourceDigest(paths) {
  const files = listSources(paths).map((path) => {
    const { size, mtimeMs } = statSync(join(paths.root, path));
    return `${path} ${size} ${mtimeMs}`;
  });
  const config = configFiles.map((name) => readFileSync(join(paths.root, name), "utf8"));
  return sha256([...files, ...config, packageLockHash(paths)].join("\n"));
}

/**
 * Paths from the clone's top, with `/`, sorted.
 * @param {ClonePaths} paths
 */
function listSources(paths) {
  return sourceFolders(paths)
    .flatMap((folder) => listFiles(join(paths.root, folder)))
    .map((path) => relative(paths.root, path).split(sep).join("/"))
    .filter((path) => !path.endsWith(".md") && !isTenantData(path))
    .sort();
}

/**
 * What engineers edit under stacks/ is read where it lies, never from dist/.
 * @param {string} path
 */
function isTenantData(path) {
  return path.startsWith("stacks/") && [".yaml", ".yml"].includes(extname(path));
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/**
 * Copies what the compiler leaves behind (JSON, YAML, HTML, compressed data) next to the compiled files.
 * @param {ClonePaths} paths
 * @returns {Set<string>} every file that dist/ should hold
 */
function copyAssets(paths) {
  const outputs = new Set([join(paths.dist, ".tsbuildinfo"), join(paths.dist, stampName)]);
  for (const source of listSources(paths)) {
    const target = join(paths.dist, source);
    if (/\.tsx?$/.test(source)) {
      const script = target.replace(/\.tsx?$/, ".js");
      outputs.add(script).add(`${script}.map`);
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(paths.root, source), target);
    outputs.add(target);
  }
  return outputs;
}

/**
 * Removes what was compiled from sources that are gone, so that nothing finds it any more.
 * @param {ClonePaths} paths
 * @param {Set<string>} outputs
 */
function pruneOutputs(paths, outputs) {
  for (const file of listFiles(paths.dist)) {
    if (!outputs.has(file)) rmSync(file);
  }
}
