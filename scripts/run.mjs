/**
 * The one entrance for every command of package.json: brings the clone to where the task can run, then runs
 * it under the right Node. Plain JavaScript without dependencies, because it runs before anything is
 * installed, on Node 20 and newer.
 */
import { cacheFolder, clonePaths, cloneRoot, setUp, SetupError } from "../setup/index.mjs";
import { findTask, tasks } from "./tasks/registry.mjs";

/** @param {string[]} argv */
async function main([name = "", ...args]) {
  const task = findTask(name);
  if (task === undefined) {
    process.stderr.write(`There is no task "${name}". Tasks: ${Object.keys(tasks).join(", ")}.\n`);
    return 2;
  }
  const paths = clonePaths(cloneRoot);
  const cache = cacheFolder();
  if (task.needs === "nothing") return await task.run({ paths, args, nodePath: process.execPath });
  const { nodePath } = await setUp({ paths, cache, needs: task.needs });
  return await task.run({ paths, args, nodePath });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  const { message, hint, details } = error;
  process.stderr.write(`\n${details ? `${details}\n\n` : ""}${message}\n${hint}\n`);
  process.exitCode = 2;
}
