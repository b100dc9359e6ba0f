import { expect, test } from "vitest";
import { countResults, failuresOf, isGreen, sum, totalLine } from "../../../scripts/tasks/test.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  name: "/clone/test/one.test.ts",
  message: status === "failed" ? "does not load\n  at one.test.ts" : "",
  assertionResults: tests.map((each) => ({
    status: each,
    fullName: `a test that ${each}`,
    failureMessages: each === "failed" ? ["AssertionError: 1 is not 2\n  at one.test.ts"] : [],
  })),
});
const report = (passed: number, failed: number, ...testResults: ReturnType<typeof file>[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults,
});

test("counts what vitest reports", () => {
  const mixed = report(2, 1, file("passed", "passed"), file("failed", "passed", "failed"));
  expect(countResults(mixed, 1)).toEqual({ passed: 2, failed: 1 });
});

test("counts a file that does not load as one more failure", () => {
  const broken = report(1, 1, file("failed", "passed", "failed"), file("failed"));
  expect(countResults(broken, 1)).toEqual({ passed: 1, failed: 2 });
});

test("counts a run that failed without a failed test, or left no report, as a failure", () => {
  expect(countResults(report(3, 0, file("passed", "passed")), 1)).toEqual({ passed: 3, failed: 1 });
  expect(countResults(undefined, 1)).toEqual({ passed: 0, failed: 1 });
});

test("does not count skipped tests as passed", () => {
  expect(countResults(report(0, 0, file("passed", "pending")), 0)).toEqual({
    passed: 0,
    failed: 0,
  });
});

test("sums all runs into the last line", () => {
  const total = sum([
    { passed: 3, failed: 0 },
    { passed: 4, failed: 2 },
  ]);
  expect(totalLine(total)).toBe("7 passed, 2 failed");
});

test("is green only when something ran and nothing failed", () => {
  expect(isGreen({ passed: 1, failed: 0 })).toBe(true);
  expect(isGreen({ passed: 1, failed: 1 })).toBe(false);
  expect(isGreen({ passed: 0, failed: 0 })).toBe(false);
});

test("names what failed, a line each, with the first line of why", () => {
  const broken = report(1, 1, file("failed", "passed", "failed"), file("failed"), file("passed"));
  expect(failuresOf(broken)).toEqual([
    "a test that failed: AssertionError: 1 is not 2",
    "one.test.ts: does not load",
  ]);
  expect(failuresOf(undefined)).toEqual([]);
});
