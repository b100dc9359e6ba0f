/** What must hold for the files of the repository; each rule is a function of their paths and texts. */

/**
 * @typedef {object} SourceFile
 * @property {string} path from the clone's top, with `/`
 * @property {string} text
 */

/** @typedef {(files: readonly SourceFile[]) => string[]} Rule returns one sentence for each violation */

const maximumLines = 400;

/** @type {Rule} */
export function filesStayShort(files) {
  return files
    .filter(({ path }) => isHandWritten(path))
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > maximumLines)
    .map(({ path, lines }) => `${path} has ${lines} lines, at most ${maximumLines} are allowed.`);
}

/** @param {string} path */
function isHandWritten(path) {
  return (
    /\.(ts|mts|js|mjs|cjs|md)$/.test(path) &&
    !path.includes("/generated/") &&
    // Written by scripts/generate-reference.ts.
    !path.startsWith("docs/reference/") &&
    path !== "CHANGELOG.md"
  );
}

/** Folders of one machine or one person. The character before keeps parts of URLs out. */
const machinePath =
  /(?:^|[\s"'`=(:])((?:\/(?:root|work|farm|home\/\w+|Users\/\w+)|[A-Z]:\\Users\\\w+)[/\\][\w.])/m;
const registryHost =
  /registry\.npmjs\.org|registry\.yarnpkg\.com|proxy\.golang\.org|sum\.golang\.org/;

/** @type {Rule} */
export function noMachinePaths(files) {
  return files
    .map(({ path, text }) => ({ path, found: machinePath.exec(text)?.[1] }))
    .filter(({ found }) => found !== undefined)
    .map(({ path, found }) => `${path} names a folder of one machine: ${found}…`);
}

/** @type {Rule} */
export function noRegistryHosts(files) {
  return files
    .map(({ path, text }) => ({ path, found: registryHost.exec(text)?.[0] }))
    .filter(({ found }) => found !== undefined)
    .map(
      ({ path, found }) =>
        `${path} names a package registry: ${found}. Which one to use is up to the machine.`,
    );
}

/** @type {Rule} */
export function lockFileNamesNoHosts(files) {
  const lock = files.find(({ path }) => path === "package-lock.json");
  const resolved = lock && /"resolved": "(?:https?|git)[^"]*"/.exec(lock.text)?.[0];
  return resolved
    ? [`package-lock.json holds ${resolved}; install with the .npmrc of this repository.`]
    : [];
}

/**
 * Folders in which each file is one entry of a list. Where helpers lie among the entries, `entry` tells
 * them apart.
 * @type {readonly { folder: string, lists: string[], entry?: RegExp }[]}
 */
const catalogues = [
  ...["directory", "licensing", "sharepoint", "backup"].map((workload) => ({
    folder: `provider/${workload}`,
    lists: ["provider/registry.ts"],
    entry: /defineResource\(/,
  })),
  { folder: "policies", lists: ["policies/registry.ts"], entry: /^export const \w+: Rule = /m },
  { folder: "cli/commands", lists: ["cli/registry.ts", "cli/main.ts"] },
];

/** @type {Rule} */
export function cataloguesAreComplete(files) {
  return catalogues.flatMap(({ folder, lists, entry = /(?:)/ }) => {
    const list = lists
      .map((name) => files.find(({ path }) => path === name))
      .find((found) => found !== undefined);
    return files
      .filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(".ts"))
      .filter(({ path }) => !path.slice(folder.length + 1).includes("/") && !lists.includes(path))
      .filter(
        ({ path, text }) => entry.test(text) && !list?.text.includes(importOf(path, list.path)),
      )
      .map(({ path }) => `${path} is not in any list; add it to ${list?.path ?? lists[0]}.`);
  });
}

/**
 * How `list` would import `path`.
 * @param {string} path
 * @param {string} list
 */
function importOf(path, list) {
  const folder = list.slice(0, list.lastIndexOf("/") + 1);
  return `"./${path.slice(folder.length)}"`;
}

/**
 * The engine's version is in three files that no tool keeps in step.
 * @param {string} engineVersion of setup/versions.mjs
 * @returns {Rule}
 */
export function engineVersionsAgree(engineVersion) {
  return (files) => {
    const sdk = files.find(({ path }) => path === "package.json");
    const module = files.find(({ path }) => path === "setup/engine/go.mod");
    const problems = [];
    if (sdk && dependenciesIn(sdk.text)["@pulumi/pulumi"] !== engineVersion) {
      problems.push(
        `package.json does not name @pulumi/pulumi ${engineVersion}, the engine's version.`,
      );
    }
    if (module && !module.text.includes(`github.com/pulumi/pulumi/pkg/v3 v${engineVersion} `)) {
      problems.push(`setup/engine/go.mod does not name pulumi v${engineVersion}.`);
    }
    return problems;
  };
}

/**
 * @param {string} text of package.json
 * @returns {Partial<Record<string, string>>}
 */
function dependenciesIn(text) {
  /** @type {unknown} */
  const manifest = JSON.parse(text);
  return /** @type {{ dependencies: Record<string, string> }} */ (manifest).dependencies;
}
