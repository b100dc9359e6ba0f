import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, runCommand, tail } from "./command.mjs";
import { SetupError } from "./errors.mjs";
import { engineVersion } from "./versions.mjs";

const mainPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Go checks every module against setup/engine/go.sum and may not change it. */
const buildFlags = [
  "-mod=readonly",
  "-trimpath",
  "-ldflags",
  `-s -w -X ${versionVariable}=v${engineVersion}`,
];

/**
 * Builds the engine from its Go module. Go keeps every compiled package in its own cache, so an interrupted
 * build resumes where it was.
 * @param {{ moduleFolder: string, workFolder: string, env: NodeJS.ProcessEnv, report: import("./progress.mjs").Report }} options
 * @returns {Promise<string>} path of the binary, below `workFolder`
 */
export async function buildEngine({ moduleFolder, workFolder, env, report }) {
  const go = findOnPath("go", { env });
  if (go === undefined) throw new Error("Go was not found on PATH");
  const options = {
    cwd: moduleFolder,
    // As the vendor's own release builds do: no C compiler needed, no shared libraries bound. A go.work
    // file in a folder above must not take part.
    env: { ...env, CGO_ENABLED: "0", GOWORK: "off" },
  };
  const packageCount = await countPackagesToCompile(go, { ...options, moduleFolder, report });
  const folder = join(workFolder, "build");
  mkdirSync(folder, { recursive: true });
  const binary = join(folder, process.platform === "win32" ? "pulumi.exe" : "pulumi");
  report("building from its Go module");
  let compiled = 0;
  const result = await runCommand(go, ["build", "-v", ...buildFlags, "-o", binary, mainPackage], {
    ...options,
    onErrorLine: () => {
      compiled += 1;
      report(
        `building from its Go module, package ${Math.min(compiled, packageCount)} of ${packageCount}`,
      );
    },
  });
  if (result.code !== 0) throw goFailed("go build", result);
  return binary;
}

/**
 * Downloads the modules and counts the packages that Go's cache does not hold yet.
 * @param {string} go
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, moduleFolder: string, report: import("./progress.mjs").Report }} options
 */
async function countPackagesToCompile(go, { cwd, env, moduleFolder, report }) {
  const moduleCount = countModules(readFileSync(join(moduleFolder, "go.sum"), "utf8"));
  report("preparing to build from its Go module");
  let downloaded = 0;
  const result = await runCommand(
    go,
    ["list", ...buildFlags, "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}", mainPackage],
    {
      cwd,
      env,
      onErrorLine: (line) => {
        if (!line.startsWith("go: downloading ")) return;
        downloaded += 1;
        report(`downloading Go modules, ${downloaded} of at most ${moduleCount}`);
      },
    },
  );
  if (result.code !== 0) throw goFailed("go list", result);
  return result.stdout.split("\n").filter((line) => line !== "").length;
}

/**
 * How many modules a go.sum holds the content of (the other lines are for go.mod files alone).
 * @param {string} goSum
 */
export function countModules(goSum) {
  return goSum.split("\n").filter((line) => line !== "" && !line.includes("/go.mod ")).length;
}

/**
 * @param {string} command
 * @param {import("./command.mjs").CommandResult} result
 */
function goFailed(command, result) {
  const reason = /go\.mod requires go >= |go: download go\d/.test(result.stderr)
    ? "this Go is too old and cannot fetch a newer one"
    : `\`${command}\` failed with exit code ${result.code}`;
  return new SetupError("go-failed", reason, {
    hint: "Install Go 1.25 or newer.",
    details: tail({ ...result, stdout: "" }),
  });
}
