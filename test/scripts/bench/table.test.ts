import { expect, test } from "vitest";
import { table } from "../../../scripts/bench/table.ts";

test("a time is good when it is at most the aim, a ratio when it is at least that", () => {
  const text = table([
    { what: "plan", value: 2.5, unit: "s", aim: 3 },
    { what: "ratio", value: 2.5, unit: "times", aim: 3 },
    { what: "memory", value: 512, unit: "MB" },
  ]);
  expect(text.split("\n")).toEqual([
    "  plan        2.50 s  aim met: ≤ 3 s",
    "  ratio   2.50 times  aim missed: ≥ 3 times",
    "  memory      512 MB",
  ]);
});
