/**
 * Prints the total of the last `npm test` as the last line of a run (npm adds lines of its own after a
 * failure); exits with 1 unless everything passed.
 */
import { join } from "node:path";
import { clonePaths, cloneRoot, readJson } from "../setup/index.mjs";
import { isGreen, totalLine } from "./tasks/test.mjs";

const total = /** @type {import("./tasks/test.mjs").Counts | undefined} */ (
  readJson(join(clonePaths(cloneRoot).testResults, "total.json"))
) ?? { passed: 0, failed: 0 };
process.stdout.write(`${totalLine(total)}\n`);
process.exitCode = isGreen(total) ? 0 : 1;
