import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { findOnPath, runCommand } from "./command.mjs";
import { buildEngine } from "./engine-build.mjs";
import { downloadEngine } from "./engine-download.mjs";
import { SetupError, messageOf } from "./errors.mjs";
import { fingerprint, isSameFile, readJson, sha256OfFile, writeJson } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { engineVersion } from "./versions.mjs";

/** @typedef {import("./files.mjs").FileState} FileState */
/** @typedef {import("./paths.mjs").ClonePaths} ClonePaths */

/**
 * @typedef {object} Engine
 * @property {string} path absolute path of the `pulumi` binary
 * @property {string} version without `v`
 * @property {"TENANTRY_PULUMI" | "PATH" | "download" | "module build"} source how it was obtained
 * @property {boolean} installed whether it was installed just now
 */

/**
 * @typedef {object} EngineMachine
 * @property {ClonePaths} paths
 * @property {string} cache the per-user folder
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [platformKey] `platform-arch`
 */

/**
 * The engine to use, in this order: `TENANTRY_PULUMI`, `pulumi` on PATH in a suitable version, the
 * per-user cache, the vendor's archive, a build from its Go module.
 * @param {EngineMachine & { report: import("./progress.mjs").Report, download?: typeof downloadEngine }} options
 * @returns {Promise<Engine>}
 */
export async function ensureEngine({ report, download = downloadEngine, ...machine }) {
  const found = await findEngine(machine);
  if (found) return found;
  const { cache, env, paths, platformKey = currentPlatform } = machine;
  const home = engineHome(cache, platformKey);
  return await withLock(
    `${home}.lock`,
    async (workFolder) => {
      const made = findCachedEngine(cache, platformKey);
      if (made) return made;
      /** @type {string[]} */
      const failures = [];
      /** @type {[Engine["source"], () => Promise<string>][]} */
      const ways = [
        ["download", () => download({ cache, workFolder, platformKey, report })],
        [
          "module build",
          () => buildEngine({ moduleFolder: paths.engineModule, workFolder, env, report }),
        ],
      ];
      for (const [source, obtain] of ways) {
        try {
          return await install(await obtain(), { home, source, paths });
        } catch (error) {
          if (error instanceof SetupError && error.code === "engine-altered") throw error;
          failures.push(`${source}: ${describe(error)}`);
        }
      }
      throw new SetupError(
        "engine-unavailable",
        `Pulumi's engine ${engineVersion} could not be obtained.`,
        {
          hint:
            "Do one of these, then run the same command again: install Go 1.25 or newer (set-up then builds the engine), " +
            `put pulumi ${engineVersion} on PATH, or set TENANTRY_PULUMI to the path of its binary.`,
          details: failures.join("\n"),
        },
      );
    },
    {
      onWait: (pid) => {
        report(`waiting for another set-up (process ${pid ?? "unknown"})`);
      },
    },
  );
}

const currentPlatform = `${process.platform}-${process.arch}`;

/**
 * The engine to use when nothing has to be installed for it.
 * @param {EngineMachine} machine
 * @returns {Promise<Engine | undefined>}
 */
export async function findEngine({ paths, cache, env, platformKey = currentPlatform }) {
  const explicit = env.TENANTRY_PULUMI;
  if (explicit) return await explicitEngine(explicit, paths);
  const onPath = findOnPath("pulumi", { env });
  if (onPath) {
    const version = await versionOf(onPath, paths);
    if (isSuitable(version)) return { path: onPath, version, source: "PATH", installed: false };
  }
  return findCachedEngine(cache, platformKey);
}

/**
 * Only patch versions may differ: the SDK in package.json and the engine are released and tested together,
 * and what a plan contains must not depend on the machine that made it.
 * @param {string | undefined} version
 * @returns {version is string}
 */
export function isSuitable(version) {
  const minor = engineVersion.split(".").slice(0, 2).join(".");
  return version !== undefined && version.startsWith(`${minor}.`) && !version.includes("-");
}

/**
 * @param {string} path
 * @param {ClonePaths} paths
 * @returns {Promise<Engine>}
 */
async function explicitEngine(path, paths) {
  const version = isAbsolute(path) && fingerprint(path) ? await versionOf(path, paths) : undefined;
  const found = version === undefined ? "no working pulumi there" : `it has version ${version}`;
  if (!isSuitable(version)) {
    throw new SetupError(
      "engine-unsuitable",
      `TENANTRY_PULUMI names no suitable engine: ${found}.`,
      { hint: `Set it to the absolute path of a pulumi ${engineVersion} binary, or unset it.` },
    );
  }
  return { path, version, source: "TENANTRY_PULUMI", installed: false };
}

/**
 * What a binary that we did not install answers, remembered as long as the file is the same.
 * @param {string} path
 * @param {ClonePaths} paths
 * @returns {Promise<string | undefined>}
 */
async function versionOf(path, paths) {
  const probeFile = join(paths.data, "engine-on-path.json");
  const known = /** @type {{ path: string, version: string, file: FileState } | undefined} */ (
    readJson(probeFile)
  );
  if (known?.path === path && isSameFile(path, known.file)) return known.version;
  const version = await askVersion(path, paths);
  if (version !== undefined) writeJson(probeFile, { path, version, file: fingerprint(path) });
  return version;
}

/**
 * @param {string} path
 * @param {ClonePaths} paths
 * @returns {Promise<string | undefined>}
 */
async function askVersion(path, { pulumiHome }) {
  const { code, stdout } = await runCommand(path, ["version"], {
    // Even `pulumi version` writes a log: into this clone's Pulumi home, not the user's.
    env: { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 30_000,
  });
  return code === 0 ? /^v?(\d+\.\d+\.\d+\S*)$/.exec(stdout.trim())?.[1] : undefined;
}

/**
 * @param {string} cache
 * @param {string} platformKey
 * @returns {Engine | undefined}
 */
function findCachedEngine(cache, platformKey) {
  const home = engineHome(cache, platformKey);
  const record = readRecord(home);
  const path = engineBinary(home, platformKey);
  if (record?.version !== engineVersion || !isSameFile(path, record.file)) return undefined;
  return { path, version: record.version, source: record.source, installed: false };
}

/**
 * What was written down when an engine came into the cache.
 * @param {string} home
 */
function readRecord(home) {
  return /** @type {{ version: string, source: Engine["source"], sha256: string, file: FileState } | undefined} */ (
    readJson(join(home, "engine.json"))
  );
}

/**
 * Whether the cached engine still has the checksum that was written down when it was installed.
 * @param {string} enginePath
 */
export async function isCacheIntact(enginePath) {
  const record = readRecord(dirname(enginePath));
  return record?.sha256 === (await sha256OfFile(enginePath));
}

/**
 * Moves a binary that was just made into the cache, with its checksum.
 * @param {string} binary lies in the lock's work folder
 * @param {{ home: string, source: Engine["source"], paths: ClonePaths }} target
 * @returns {Promise<Engine>}
 */
async function install(binary, { home, source, paths }) {
  const version = await askVersion(binary, paths);
  if (version !== engineVersion) {
    throw new Error(
      `the binary says it is version ${version ?? "unknown"} instead of ${engineVersion}`,
    );
  }
  const folder = join(dirname(binary), "installed");
  const name = engineBinary("", currentPlatform);
  mkdirSync(folder);
  renameSync(binary, join(folder, name));
  writeJson(join(folder, "engine.json"), {
    version,
    source,
    sha256: await sha256OfFile(join(folder, name)),
    file: fingerprint(join(folder, name)),
  });
  rmSync(home, { recursive: true, force: true });
  renameSync(folder, home);
  return { path: join(home, name), version, source, installed: true };
}

/**
 * @param {string} cache
 * @param {string} platformKey
 */
function engineHome(cache, platformKey) {
  return join(cache, `engine-${engineVersion}-${platformKey}`);
}

/**
 * @param {string} home
 * @param {string} platformKey
 */
function engineBinary(home, platformKey) {
  return join(home, platformKey.startsWith("win32") ? "pulumi.exe" : "pulumi");
}

/** @param {unknown} error */
function describe(error) {
  const details = error instanceof SetupError && error.details ? `\n${error.details}` : "";
  return messageOf(error) + details;
}
