import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { runCommand } from "./command.mjs";
import { SetupError } from "./errors.mjs";
import { fingerprint, isSameFile, readJson, writeJson } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { installFromLock } from "./packages.mjs";
import { isAtLeast, minimumNodeVersion, nodePackages } from "./versions.mjs";

/**
 * @typedef {object} NodeRuntime
 * @property {string} path absolute path of the binary
 * @property {string} version without `v`
 * @property {"machine" | "cache"} source
 * @property {boolean} installed whether it was installed just now
 */

/**
 * @typedef {object} NodeMachine
 * @property {string} [version] of the Node that runs set-up
 * @property {string} [execPath]
 * @property {string} [platformKey] `platform-arch`
 * @property {Readonly<Record<string, import("./versions.mjs").NodePackage>>} [packages]
 */

/**
 * The Node for everything after set-up: the machine's own when it is new enough, else Node 24 from npm in
 * the per-user cache.
 * @param {string} cache
 * @param {{ report: import("./progress.mjs").Report, env?: NodeJS.ProcessEnv } & NodeMachine} options
 * @returns {Promise<NodeRuntime>}
 */
export async function ensureNode(cache, { report, env = process.env, ...machine }) {
  const found = findNode(cache, machine);
  if (found) return found;
  const { pack, key } = packageFor(machine);
  const home = nodeHome(cache, { pack, key });
  return await withLock(
    `${home}.lock`,
    async (workFolder) => {
      const made = findNode(cache, machine);
      if (made) return made;
      report(
        `installing Node ${pack.version} for this user, the machine has ${ownVersion(machine)}`,
      );
      await install(pack, { workFolder, home, env });
      const path = nodeBinary(home, pack);
      return { path, version: pack.version, source: "cache", installed: true };
    },
    {
      onWait: (pid) => {
        report(`waiting for another set-up (process ${pid ?? "unknown"})`);
      },
    },
  );
}

/**
 * The Node to use when nothing has to be installed for it.
 * @param {string} cache
 * @param {NodeMachine} [machine]
 * @returns {NodeRuntime | undefined}
 */
export function findNode(cache, machine = {}) {
  const version = ownVersion(machine);
  if (isAtLeast(version, minimumNodeVersion)) {
    return {
      path: machine.execPath ?? process.execPath,
      version,
      source: "machine",
      installed: false,
    };
  }
  const key = platformKey(machine);
  const pack = (machine.packages ?? nodePackages)[key];
  if (pack === undefined) return undefined;
  const home = nodeHome(cache, { pack, key });
  const path = nodeBinary(home, pack);
  const record =
    /** @type {{ integrity: string, file: import("./files.mjs").FileState } | undefined} */ (
      readJson(join(home, "ready.json"))
    );
  if (record?.integrity !== pack.integrity || !isSameFile(path, record.file)) return undefined;
  return { path, version: pack.version, source: "cache", installed: false };
}

/**
 * @param {import("./versions.mjs").NodePackage} pack
 * @param {{ workFolder: string, home: string, env: NodeJS.ProcessEnv }} folders
 */
async function install(pack, { workFolder, home, env }) {
  const folder = join(workFolder, "node");
  mkdirSync(folder);
  const root = {
    name: "tenantry-node",
    version: "0.0.0",
    dependencies: { [pack.name]: pack.version },
  };
  writeJson(join(folder, "package.json"), { ...root, private: true });
  writeJson(join(folder, "package-lock.json"), {
    ...{ name: root.name, version: root.version },
    lockfileVersion: 3,
    packages: {
      "": root,
      [`node_modules/${pack.name}`]: { version: pack.version, integrity: pack.integrity },
    },
  });
  await installFromLock(folder, { env, arguments: ["--ignore-scripts"] });
  const binary = nodeBinary(folder, pack);
  const { code, stdout, stderr } = await runCommand(binary, ["--version"]);
  if (code !== 0 || stdout.trim() !== `v${pack.version}`) {
    throw new SetupError(
      "node-does-not-run",
      `Node ${pack.version} from npm does not run on this machine.`,
      {
        hint: installNodeHint,
        details: stderr,
      },
    );
  }
  writeJson(join(folder, "ready.json"), { integrity: pack.integrity, file: fingerprint(binary) });
  rmSync(home, { recursive: true, force: true });
  mkdirSync(dirname(home), { recursive: true });
  renameSync(folder, home);
}

const installNodeHint =
  "Install Node 24 with your system's package manager, then run the same command again.";

/** @param {NodeMachine} machine */
function packageFor(machine) {
  const key = platformKey(machine);
  const pack = (machine.packages ?? nodePackages)[key];
  if (pack === undefined) {
    throw new SetupError(
      "node-too-old",
      `Node ${ownVersion(machine)} is older than ${minimumNodeVersion}, and npm has no Node for ${key}.`,
      { hint: installNodeHint },
    );
  }
  return { pack, key };
}

/**
 * @param {string} cache
 * @param {{ pack: import("./versions.mjs").NodePackage, key: string }} node
 */
function nodeHome(cache, { pack, key }) {
  return join(cache, `node-${pack.version}-${key}`);
}

/**
 * @param {string} home
 * @param {import("./versions.mjs").NodePackage} pack
 */
function nodeBinary(home, pack) {
  return join(home, "node_modules", pack.name, pack.binary);
}

/** @param {NodeMachine} machine */
function ownVersion({ version = process.versions.node }) {
  return version;
}

/** @param {NodeMachine} machine */
function platformKey({ platformKey: key = `${process.platform}-${process.arch}` }) {
  return key;
}
