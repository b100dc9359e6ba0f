/**
 * The engine's plugin for policy packs of runtime nodejs. `@pulumi/pulumi/cmd/run-policy-pack` also takes packs
 * written in TypeScript and for that loads two compilers and Node's inspector, which takes longer than judging a
 * plan; ours is compiled by the build. A pack that fails ends this process, and the engine stops.
 *
 * Called as `<engine's address> <pack> [-flag=value …]`; the pack writes its port to standard output. Ended
 * with SIGINT.
 */
import module from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { clonePaths, cloneRoot } from "../scripts/setup/paths.mjs";

const [, pack] = process.argv.slice(2).filter((word) => !word.startsWith("-"));
if (pack === undefined) throw new Error("Called without a policy pack");

module.enableCompileCache?.(clonePaths(cloneRoot).compileCache);
// Node writes the cache when it ends by itself, which this process never does.
process.once("SIGINT", () => {
  module.flushCompileCache?.();
  process.exit();
});

const folder = resolve(pack);
const main = module.createRequire(import.meta.url).resolve(folder);
await import(pathToFileURL(main).href);
