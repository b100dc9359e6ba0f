/** Brings a clone to where a task can run; plain JavaScript without dependencies. */
export { ensureAnalyzer } from "./analyzer.mjs";
export { ensureBuild } from "./build.mjs";
export { handOver, runCommand, withTools } from "./command.mjs";
export { runDoctor } from "./doctor.mjs";
export { SetupError } from "./errors.mjs";
export { readJson, writeJson } from "./files.mjs";
export { arePackagesCurrent, installFromLock } from "./packages.mjs";
export { cacheFolder, clonePaths, cloneRoot, isPackage } from "./paths.mjs";
export { formatDuration } from "./progress.mjs";
export { readSetupRecord } from "./record.mjs";
export { setUp } from "./setup.mjs";
export { engineVersion, isAtLeast, minimumNodeVersion } from "./versions.mjs";
