import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isSystemError } from "./errors.mjs";
import { readJson } from "./files.mjs";
import { onInterrupt } from "./interrupt.mjs";

const heartbeatMs = 2_000;
/** A holder that gave no sign of life for this long is gone, wherever it ran. */
const silenceMs = 30_000;

/**
 * @typedef {{ pid: number, host: string, token: string }} Owner
 */

/**
 * Runs `work` while no other process of this user does the same. The lock is a folder; `work` gets a
 * folder inside it for half-made things, which disappears with the lock, also after a crash.
 * @template T
 * @param {string} lockFolder
 * @param {(workFolder: string) => Promise<T>} work
 * @param {{ onWait?: (holderPid: number | undefined) => void, pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(lockFolder, work, { onWait, pollMs = 500 } = {}) {
  mkdirSync(dirname(lockFolder), { recursive: true });
  const token = randomUUID();
  /** @type {string | undefined} */
  let tombstone;
  while (!tryAcquire(lockFolder, token)) {
    const owner = readOwner(lockFolder);
    if (isGone(lockFolder, owner)) {
      tombstone = bury(lockFolder, owner) ?? tombstone;
    } else {
      onWait?.(owner?.pid);
      await sleep(pollMs);
    }
  }
  const heartbeat = setInterval(() => {
    touch(lockFolder);
  }, heartbeatMs);
  heartbeat.unref();
  const release = () => {
    clearInterval(heartbeat);
    if (readOwner(lockFolder)?.token === token)
      rmSync(lockFolder, { recursive: true, force: true });
    if (tombstone) rmSync(tombstone, { recursive: true, force: true });
  };
  const forget = onInterrupt(release);
  try {
    const workFolder = join(lockFolder, "work");
    mkdirSync(workFolder);
    return await work(workFolder);
  } finally {
    forget();
    release();
  }
}

/**
 * @param {string} lockFolder
 * @param {string} token
 */
function tryAcquire(lockFolder, token) {
  try {
    mkdirSync(lockFolder);
  } catch (error) {
    if (isSystemError(error, "EEXIST")) return false;
    throw error;
  }
  writeFileSync(
    join(lockFolder, "owner.json"),
    JSON.stringify({ pid: process.pid, host: hostname(), token }),
  );
  return true;
}

/**
 * @param {string} lockFolder
 * @returns {Owner | undefined}
 */
function readOwner(lockFolder) {
  // Not there, or cut off: just being made, or just released.
  return /** @type {Owner | undefined} */ (readJson(join(lockFolder, "owner.json")));
}

/**
 * @param {string} lockFolder
 * @param {Owner | undefined} owner
 */
function isGone(lockFolder, owner) {
  try {
    if (Date.now() - statSync(lockFolder).mtimeMs > silenceMs) return true;
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return false;
    throw error;
  }
  return owner?.host === hostname() && !isAlive(owner.pid);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isSystemError(error, "ESRCH");
  }
}

/**
 * Moves a dead holder's lock aside. Its name carries the holder's token and it stays until our own lock
 * is released, so a slower process that saw the same dead holder cannot bury the lock made after it.
 * @param {string} lockFolder
 * @param {Owner | undefined} owner
 * @returns {string | undefined} the folder it lies in now; undefined when another process was first
 */
function bury(lockFolder, owner) {
  const tombstone = `${lockFolder}.dead-${owner?.token ?? "unnamed"}`;
  try {
    renameSync(lockFolder, tombstone);
    return tombstone;
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTEMPTY", "EEXIST", "EPERM")) return undefined;
    throw error;
  }
}

/** @param {string} lockFolder */
function touch(lockFolder) {
  try {
    utimesSync(lockFolder, new Date(), new Date());
  } catch (error) {
    // The folder was taken away (a suspended machine): the holder's final rename is atomic anyway.
    if (!isSystemError(error, "ENOENT")) throw error;
  }
}
