import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "./errors.mjs";
import { writeWhole } from "./files.mjs";
import { engineVersion } from "./versions.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * Puts the plugin that the engine starts for policy packs of runtime nodejs into this clone's own Pulumi home.
 * The engine takes it from there without a warning, also with `PULUMI_IGNORE_AMBIENT_PLUGINS=true`; next to the
 * engine or on PATH it is not found, or only with a warning. Any version in the folder's name will do.
 *
 * The command that runs the engine serves the policies itself and names its port (engine/automation.ts); the plugin only
 * says it on. Without a port it says nothing that is one, and the engine stops.
 * @param {ClonePaths} paths
 * @returns {{ path: string, written: boolean }}
 */
export function ensureAnalyzer(paths) {
  const { path, text } = analyzerPlugin(paths);
  if (readText(path) === text) return { path, written: false };
  writeWhole(path, text, { mode: 0o755 });
  return { path, written: true };
}

/** @param {ClonePaths} paths */
export function isAnalyzerCurrent(paths) {
  const { path, text } = analyzerPlugin(paths);
  return readText(path) === text;
}

/**
 * @param {ClonePaths} paths
 * @param {string} [platform]
 */
export function analyzerPlugin(paths, platform = process.platform) {
  const folder = join(paths.pulumiHome, "plugins", `analyzer-policy-nodejs-v${engineVersion}`);
  const name = "pulumi-analyzer-policy-nodejs";
  if (platform === "win32") {
    return { path: join(folder, `${name}.cmd`), text: "@echo %TENANTRY_POLICY_PORT%\r\n" };
  }
  // Stays until the engine closes its input or stops it; without another program, which would come from PATH.
  const wait = "while read -r line; do :; done";
  return {
    path: join(folder, name),
    text: `#!/bin/sh\nprintf '%s\\n' "$TENANTRY_POLICY_PORT"\n${wait}\n`,
  };
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
