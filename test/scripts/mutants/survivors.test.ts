import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge, survivorsOf } from "../../../scripts/mutants/survivors.ts";
import type { KnownSurvivor } from "../../../scripts/mutants/survivors.ts";

const mutant = (line: number, status: string, replacement = "true") => ({
  ...{ mutatorName: "ConditionalExpression", replacement, status },
  location: { start: { line } },
});
const report = {
  files: {
    "plan/guard.ts": {
      source: "if (a) {\n  stop();\n}\n  return b;\n",
      mutants: [mutant(1, "Survived"), mutant(2, "Killed"), mutant(4, "NoCoverage", "a &&\n b")],
    },
  },
};
const [first, second] = survivorsOf(report);

test("survivors are known by their line's text, and what nothing covers is one of them", () => {
  expect([first, second]).toEqual([
    { file: "plan/guard.ts", line: "if (a) {", mutant: "ConditionalExpression: true" },
    { file: "plan/guard.ts", line: "return b;", mutant: "ConditionalExpression: a && b" },
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
