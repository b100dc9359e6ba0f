#!/usr/bin/env node
/**
 * The command line in a clone: `npx tenantry …`. Starts the compiled program in this process when this Node
 * is new enough, else under the Node that set-up found.
 */
import { existsSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  arePackagesCurrent,
  clonePaths,
  cloneRoot,
  ensureAnalyzer,
  ensureBuild,
  handOver,
  isAtLeast,
  minimumNodeVersion,
  readSetupRecord,
  SetupError,
} from "../setup/index.mjs";

const paths = clonePaths(cloneRoot);
const program = join(paths.dist, "cli", "main.js");

/** Compiles what changed since the last time; everything that takes long is left to set-up. */
async function prepare() {
  const record = readSetupRecord(paths);
  const node = isAtLeast(process.versions.node, minimumNodeVersion)
    ? process.execPath
    : record?.nodePath;
  if (
    record === undefined ||
    node === undefined ||
    !existsSync(node) ||
    !arePackagesCurrent(paths)
  ) {
    throw new SetupError(
      "not-set-up",
      "Tenantry is not set up in this clone, or its packages changed.",
      {
        hint: "Run `npm run setup`, then the same command again; `npm run doctor` says what is missing.",
      },
    );
  }
  await ensureBuild(paths, {
    nodePath: node,
    report: (state) => process.stderr.write(`The sources changed: ${state}\n`),
  });
  // Belongs to the sources as the build does, and an older one does not serve the newer build.
  ensureAnalyzer(paths);
  return node;
}

try {
  const node = await prepare();
  if (node === process.execPath) {
    module.enableCompileCache(paths.compileCache);
    await import(pathToFileURL(program).href);
  } else {
    const words = [program, ...process.argv.slice(2)];
    process.exitCode = await handOver(node, words, { hearsOfDeath: true });
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  const { message, hint, details } = error;
  process.stderr.write(`${details ? `${details}\n\n` : ""}${message}\n${hint}\n`);
  process.exitCode = 2;
}
