import { createHash } from "node:crypto";
import {
  createReadStream,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { isSystemError } from "./errors.mjs";

/**
 * A JSON file's value; undefined when there is no such file or it was cut off.
 * @param {string} path
 * @returns {unknown}
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Writes a file so that a reader sees the old or the new one, never half of it.
 * @param {string} path
 * @param {string} text
 * @param {{ mode?: number }} [options]
 */
export function writeWhole(path, text, { mode = 0o644 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
}

/**
 * @param {string} path
 * @param {unknown} value
 */
export function writeJson(path, value) {
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * @param {string} text
 * @returns {string} hexadecimal
 */
export function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * @param {string} path
 * @returns {Promise<string>} hexadecimal
 */
export async function sha256OfFile(path) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** @typedef {{ size: number, mtimeMs: number }} FileState */

/**
 * Size and modification time: enough to notice that a file is another one, without reading it.
 * @param {string} path
 * @returns {FileState | undefined} undefined when there is no such file
 */
export function fingerprint(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? { size: stats.size, mtimeMs: stats.mtimeMs } : undefined;
}

/**
 * Whether `path` is still the file of which `known` was taken.
 * @param {string} path
 * @param {FileState | undefined} known
 */
export function isSameFile(path, known) {
  const current = fingerprint(path);
  return current !== undefined && current.size === known?.size && current.mtimeMs === known.mtimeMs;
}
