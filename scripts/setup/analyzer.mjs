import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "./errors.mjs";
import { writeWhole } from "./files.mjs";
import { engineVersion } from "./versions.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * Puts the plugin that runs policy packs of runtime nodejs into this clone's own Pulumi home. The engine
 * takes it from there without a warning, also with `PULUMI_IGNORE_AMBIENT_PLUGINS=true`; next to the engine
 * or on PATH it is not found, or only with a warning. Any version in the folder's name will do; it carries
 * the SDK's, which the pack runs on.
 * @param {ClonePaths} paths
 * @param {string} nodePath
 * @returns {{ path: string, written: boolean }}
 */
export function ensureAnalyzer(paths, nodePath) {
  const { path, text } = analyzerPlugin(paths, nodePath);
  if (readText(path) === text) return { path, written: false };
  writeWhole(path, text, { mode: 0o755 });
  return { path, written: true };
}

/**
 * @param {ClonePaths} paths
 * @param {string} nodePath
 */
export function isAnalyzerCurrent(paths, nodePath) {
  const { path, text } = analyzerPlugin(paths, nodePath);
  return readText(path) === text;
}

/**
 * @param {ClonePaths} paths
 * @param {string} nodePath
 * @param {string} [platform]
 */
export function analyzerPlugin(paths, nodePath, platform = process.platform) {
  const folder = join(paths.pulumiHome, "plugins", `analyzer-policy-nodejs-v${engineVersion}`);
  const runner = join(paths.root, "bin", "run-policy-pack.mjs");
  const name = "pulumi-analyzer-policy-nodejs";
  if (platform === "win32") {
    return {
      path: join(folder, `${name}.cmd`),
      text: `@"${nodePath}" "${runner}" %*\r\n`,
    };
  }
  return {
    path: join(folder, name),
    text: `#!/bin/sh\nexec ${quote(nodePath)} ${quote(runner)} "$@"\n`,
  };
}

/**
 * A word for a POSIX shell.
 * @param {string} word
 */
function quote(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}
