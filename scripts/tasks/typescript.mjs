import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isAtLeast } from "../../setup/index.mjs";

/**
 * The scripts that write generated files from what lies in this repository; with `--check` they only
 * compare. Those that read a vendor's file from elsewhere know no `--check` and are run by hand.
 * @param {string} root
 * @returns {string[]} paths from the clone's top
 */
export function generators(root) {
  return readdirSync(join(root, "scripts"))
    .filter((name) => /^generate-.+\.ts$/.test(name))
    .sort()
    .map((name) => `scripts/${name}`)
    .filter((path) => readFileSync(join(root, path), "utf8").includes('"--check"'));
}

/**
 * What lets Node run TypeScript: nothing from 22.18 on.
 * @param {string} [version] of the machine's Node; an older one is replaced by Node 24
 */
export function typeStripping(version = process.versions.node) {
  const needsFlag = isAtLeast(version, "22.13.0") && !isAtLeast(version, "22.18.0");
  return needsFlag ? ["--experimental-strip-types"] : [];
}
