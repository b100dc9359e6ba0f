import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge, survivorsOf } from "../../../scripts/mutants/survivors.ts";
import type { KnownSurvivor, MutationReport } from "../../../scripts/mutants/survivors.ts";

/** @param place from and to, each line:column */
function mutant(status: string, place: string, replacement = "true") {
  const [start, end] = place.split(" ").map((position) => {
    const [line, column] = position.split(":").map(Number);
    return { line, column };
  });
  return { status, replacement, location: { start, end } };
}
const report = {
  files: {
    "plan/guard.ts": {
      source: "if (a && c) {\n  stop();\n}\n  return b ||\n    d;\n",
      mutants: [
        mutant("Survived", "1:5 1:6"),
        mutant("Killed", "2:3 2:9"),
        mutant("NoCoverage", "4:10 5:6", "b &&\n d"),
      ],
    },
  },
} as MutationReport;
const [first, second] = survivorsOf(report);

test("survivors are known by their line's text, and what nothing covers is one of them", () => {
  expect([first, second]).toEqual([
    { file: "plan/guard.ts", line: "if (a && c) {", mutant: "a → true" },
    { file: "plan/guard.ts", line: "return b ||", mutant: "b || d → b && d" },
  ]);
});

test("a survivor without a reason and a reason without a survivor are both said", () => {
  const known = [first, { ...first, line: "if (c) {" }].map((one) => ({ ...one, reason: "same" }));
  expect(judge(survivorsOf(report), known as KnownSurvivor[])).toEqual({
    unknown: [second],
    gone: [known[1]],
  });
});

test("each listed survivor has a reason, a file that exists, and a line that is still in it", () => {
  const list = new URL("../../../scripts/mutants/survivors.json", import.meta.url);
  for (const { file, line, reason } of JSON.parse(readFileSync(list, "utf8")) as KnownSurvivor[]) {
    expect(reason).toMatch(/\w{3}/);
    expect(readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8")).toContain(line);
  }
});
