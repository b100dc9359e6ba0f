import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmCommand, runCommand, tail } from "./command.mjs";
import { SetupError } from "./errors.mjs";
import { readJson, sha256 } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { isPackage } from "./paths.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * Installs the packages of package-lock.json when they are not the ones that are there.
 * @param {ClonePaths} paths
 * @param {{ report: import("./progress.mjs").Report, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ lockHash: string, installed: boolean }>}
 */
export async function ensurePackages(paths, { report, env = process.env }) {
  if (isPackage(paths)) return { lockHash: "", installed: false };
  const lockHash = packageLockHash(paths);
  if (arePackagesCurrent(paths)) return { lockHash, installed: false };
  return await withLock(
    join(paths.locks, "packages"),
    async () => {
      if (arePackagesCurrent(paths)) return { lockHash, installed: false };
      report("installing what package-lock.json names");
      await installFromLock(paths.root, { env });
      writeFileSync(stampPath(paths), lockHash);
      return { lockHash, installed: true };
    },
    {
      onWait: (pid) => {
        report(`waiting for another set-up (process ${pid ?? "unknown"})`);
      },
    },
  );
}

/**
 * Whether node_modules holds what package-lock.json names: by our own stamp, else by the record that npm
 * leaves there, so that packages installed with `npm install` are not installed again.
 * @param {ClonePaths} paths
 */
export function arePackagesCurrent(paths) {
  if (isPackage(paths)) return true;
  const lockHash = packageLockHash(paths);
  if (readStamp(paths) === lockHash) return true;
  const wanted = readLock(join(paths.root, "package-lock.json"));
  const installed = readLock(join(paths.nodeModules, ".package-lock.json"));
  if (!isInstalled(wanted, installed)) return false;
  writeFileSync(stampPath(paths), lockHash);
  return true;
}

/**
 * @typedef {object} LockedPackage
 * @property {string} [name] of the clone itself
 * @property {string} [version] of all others
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} LockFile */

/** @param {string} path */
const readLock = (path) => /** @type {LockFile | undefined} */ (readJson(path));

/**
 * Whether npm's record of node_modules names every package of the lock file in the same version. What is
 * optional (another platform's binary) may be missing.
 * @param {LockFile | undefined} wanted package-lock.json
 * @param {LockFile | undefined} installed node_modules/.package-lock.json
 */
export function isInstalled(wanted, installed) {
  if (!wanted?.packages || !installed?.packages) return false;
  const there = installed.packages;
  const expected = Object.entries(wanted.packages).filter(([path]) => path !== "");
  const names = new Set(expected.map(([path]) => path));
  const hasAll = expected.every(([path, { version, integrity, optional, devOptional }]) => {
    const found = there[path];
    if (found === undefined) return optional === true || devOptional === true;
    return found.version === version && found.integrity === integrity;
  });
  return hasAll && Object.keys(there).every((path) => names.has(path));
}

/**
 * Runs `npm ci` in a folder that holds a package.json and a package-lock.json. npm checks each package
 * against the integrity that the lock file states.
 * @param {string} folder
 * @param {{ env?: NodeJS.ProcessEnv, arguments?: string[] }} [options]
 */
export async function installFromLock(folder, { env = process.env, arguments: extra = [] } = {}) {
  const npm = npmCommand({ env });
  if (npm === undefined) {
    throw new SetupError("npm-missing", "npm was not found on PATH.", {
      hint: "Install Node with npm from your system's package manager, then run the same command again.",
    });
  }
  const result = await runCommand(
    npm.command,
    [
      ...npm.prefix,
      "ci",
      "--prefix",
      folder,
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      ...extra,
    ],
    { cwd: folder, env },
  );
  if (result.code !== 0) {
    throw new SetupError(
      "npm-failed",
      `npm could not install the packages (exit code ${result.code}).`,
      {
        hint: "See whether `npm ping` reaches your package registry, then run the same command again.",
        details: tail(result),
      },
    );
  }
}

/**
 * @param {ClonePaths} paths
 * @returns {string} sha256 of package-lock.json
 */
export function packageLockHash(paths) {
  return sha256(readFileSync(join(paths.root, "package-lock.json"), "utf8"));
}

/** @param {ClonePaths} paths */
function stampPath(paths) {
  return join(paths.nodeModules, ".tenantry-lock-hash");
}

/** @param {ClonePaths} paths */
function readStamp(paths) {
  try {
    return readFileSync(stampPath(paths), "utf8");
  } catch {
    // No stamp: npm removes it together with node_modules.
    return undefined;
  }
}
