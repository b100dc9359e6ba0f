import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { handOver, readJson, withTools, writeJson } from "../../setup/index.mjs";

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs projects of vitest.config.ts one after the other (the end-to-end tests need the machine for
 * themselves) and prints the sum of their results as the last line.
 * @param {import("./registry.mjs").TaskContext} context
 * @param {readonly string[]} projects
 * @returns {Promise<number>} exit code
 */
export async function runTests({ paths, args, nodePath }, projects) {
  rmSync(paths.testResults, { recursive: true, force: true });
  /** @type {Counts[]} */
  const results = [];
  /** @type {string[]} */
  const failures = [];
  for (const project of projects) {
    const output = join(paths.testResults, `${project}.json`);
    const exitCode = await handOver(
      nodePath,
      [
        join(paths.nodeModules, "vitest", "vitest.mjs"),
        ...vitestArguments(project, { output, args }),
      ],
      {
        cwd: paths.root,
        env: withTools(process.env, { nodePath, nodeModules: paths.nodeModules }),
      },
    );
    const report = /** @type {Report | undefined} */ (readJson(output));
    results.push(countResults(report, exitCode));
    failures.push(...failuresOf(report));
  }
  const total = sum(results);
  writeJson(join(paths.testResults, "total.json"), total);
  // Of a long log often only the end is kept.
  for (const failure of failures) process.stdout.write(`Failed: ${failure}\n`);
  process.stdout.write(`${totalLine(total)}\n`);
  return isGreen(total) ? 0 : 1;
}

/**
 * @param {string} project
 * @param {{ output: string, args: string[] }} options `args`: the user's own, such as a file to run
 */
function vitestArguments(project, { output, args }) {
  return [
    ...["run", "--project", project, "--reporter=default", "--reporter=json"],
    `--outputFile.json=${output}`,
    // The user's file may belong to the other project only.
    ...(args.length > 0 ? ["--passWithNoTests", ...args] : []),
  ];
}

/**
 * Of vitest's JSON report.
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {{ name: string, status: string, message: string, assertionResults: TestResult[] }[]} testResults
 */

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestResult */

/**
 * The counts of one vitest run by its JSON report. What failed without a failed test (a file that does not
 * load, an unhandled rejection, no report at all) counts as one failure each.
 * @param {Report | undefined} report
 * @param {number} exitCode of vitest
 * @returns {Counts}
 */
export function countResults(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const brokenFiles = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/**
 * A line for each failed test and for each file that did not load: its name, and the first line of what it said.
 * @param {Report | undefined} report
 * @returns {string[]}
 */
export function failuresOf(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length > 0)
      return failed.map(({ fullName, failureMessages }) => aLine(fullName, failureMessages[0]));
    return status === "failed" ? [aLine(basename(name), message)] : [];
  });
}

/**
 * @param {string} name
 * @param {string | undefined} said
 */
const aLine = (name, said = "") => `${name}: ${said.split("\n")[0] ?? ""}`.slice(0, 300);

/**
 * @param {readonly Counts[]} results
 * @returns {Counts}
 */
export function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
  };
}

/**
 * Whether everything passed and there was something to pass.
 * @param {Counts} total
 */
export function isGreen({ passed, failed }) {
  return failed === 0 && passed > 0;
}

/** @param {Counts} total */
export function totalLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
