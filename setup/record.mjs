import { readJson, writeJson } from "./files.mjs";

/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * What set-up found or made, for the commands: `.tenantry/setup.json`. The engine's fields are missing until
 * a task needed the engine.
 * @typedef {object} SetupRecord
 * @property {1} formatVersion
 * @property {string} nodePath absolute
 * @property {string} nodeVersion without `v`
 * @property {string} packageHash sha256 of package-lock.json when the packages were installed; empty where npm did that
 * @property {string} pulumiHome absolute; PULUMI_HOME of every engine run
 * @property {string} [enginePath] absolute
 * @property {string} [engineVersion] without `v`
 * @property {string} [engineSource] how the engine was obtained
 */

/**
 * @param {ClonePaths} paths
 * @returns {SetupRecord | undefined} undefined before the first set-up, or after one of another format
 */
export function readSetupRecord(paths) {
  const record = /** @type {SetupRecord | undefined} */ (readJson(paths.setupRecord));
  return record?.formatVersion === 1 ? record : undefined;
}

/**
 * Writes what changed; keeps the engine's fields of an earlier set-up.
 * @param {ClonePaths} paths
 * @param {Omit<SetupRecord, "formatVersion">} changes
 */
export function writeSetupRecord(paths, changes) {
  const before = readSetupRecord(paths);
  const record = { ...before, formatVersion: 1, ...changes };
  if (JSON.stringify(before) !== JSON.stringify(record)) writeJson(paths.setupRecord, record);
}
