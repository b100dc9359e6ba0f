import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The clone that this file lies in. */
export const cloneRoot = join(fileURLToPath(import.meta.url), "../..");

/**
 * Where everything of one clone lies.
 * @param {string} root
 */
export function clonePaths(root) {
  const data = join(root, ".tenantry");
  return {
    root,
    data,
    dist: join(root, "dist"),
    nodeModules: join(root, "node_modules"),
    engineModule: join(root, "setup", "engine"),
    locks: join(data, "locks"),
    compileCache: join(data, "compile-cache"),
    pulumiHome: join(data, "pulumi"),
    setupRecord: join(data, "setup.json"),
    testResults: join(data, "test-results"),
  };
}

/** @typedef {ReturnType<typeof clonePaths>} ClonePaths */

/**
 * Whether npm installed this as a package of a provider's repository: compiled, with its packages beside it. npm
 * leaves package-lock.json out of every package.
 * @param {ClonePaths} paths
 */
export const isPackage = ({ root }) => !existsSync(join(root, "package-lock.json"));

/**
 * The per-user folder for what all clones share: Node and the engine.
 * @param {{ env?: NodeJS.ProcessEnv, platform?: string, home?: string }} [machine]
 */
export function cacheFolder({
  env = process.env,
  platform = process.platform,
  home = homedir(),
} = {}) {
  if (platform === "win32") {
    return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "tenantry");
  }
  if (platform === "darwin") return join(home, "Library", "Caches", "tenantry");
  // Empty is the same as not set (XDG Base Directory Specification).
  const chosen = env.XDG_CACHE_HOME ?? "";
  return join(chosen === "" ? join(home, ".cache") : chosen, "tenantry");
}
