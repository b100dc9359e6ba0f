/**
 * Prints how long the tests took, as the table of docs/testing.md: a row for each project and each folder. Reads the JSON
 * reports of vitest that it is given, or those of the last `npm test`. Seconds are the sum over the files of a row; several
 * files run at the same time.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import process from "node:process";
import { clonePaths, cloneRoot, readJson } from "../setup/index.mjs";

/** @typedef {{ name: string, startTime: number, endTime: number, assertionResults: unknown[] }} TestFile */

const { testResults } = clonePaths(cloneRoot);
const ofLastRun = existsSync(testResults) ? readdirSync(testResults) : [];
const reports =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ofLastRun.filter((name) => name !== "total.json").map((name) => join(testResults, name));

const lines = reports.flatMap((report) => {
  const { testResults: files } = /** @type {{ testResults: TestFile[] }} */ (readJson(report));
  const project = basename(report, ".json");
  const folders = [...Map.groupBy(files, folderOf)].map(([folder, own]) => rowOf(folder, own));
  return [rowOf(`**${project}**`, files), ...folders.sort((a, b) => b.seconds - a.seconds)];
});
process.stdout.write(
  [
    "| tests | files | tests in them | seconds | slowest file |",
    "| --- | --: | --: | --: | --- |",
    ...lines.map(({ cells }) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n"),
);

/**
 * Two folders below test/ at most.
 * @param {TestFile} file
 */
function folderOf({ name }) {
  return dirname(relative(cloneRoot, name)).split("/").slice(0, 3).join("/");
}

/** @param {TestFile} file */
function secondsOf({ startTime, endTime }) {
  return (endTime - startTime) / 1000;
}

/**
 * @param {string} title
 * @param {readonly TestFile[]} files
 */
function rowOf(title, files) {
  const seconds = files.reduce((sum, file) => sum + secondsOf(file), 0);
  const tests = files.reduce((sum, { assertionResults }) => sum + assertionResults.length, 0);
  const [slowest] = files.toSorted((a, b) => secondsOf(b) - secondsOf(a));
  const worst = slowest && `\`${basename(slowest.name)}\` (${secondsOf(slowest).toFixed(1)} s)`;
  return { seconds, cells: [title, files.length, tests, seconds.toFixed(1), worst ?? ""] };
}
