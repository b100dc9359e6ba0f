/** docs/reference/coverage.md against the tests that it names. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Rows of the tables under a heading each, without their heads. */
const rows = readFileSync(`${root}docs/reference/coverage.md`, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (What|-+) /.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const testsIn = (cell: string): string[] =>
  [...cell.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = ""]) => file);

describe("the table of what is covered", () => {
  it("has a row for each part of the four nouns", () => {
    expect(rows.length).toBeGreaterThanOrEqual(50);
    expect(new Set(rows.map(([what]) => what)).size).toBeGreaterThanOrEqual(rows.length - 1);
  });

  it.each(rows)(
    "says of %s that it works, by tests that exist, or that it does not yet",
    (...row) => {
      const [, state = "", tests = "", facts = ""] = row;
      expect(row).toHaveLength(4);
      expect(facts).not.toBe("");
      const named = testsIn(tests);
      if (!state.startsWith("works")) {
        expect(state).toMatch(/^not yet/);
        expect(named).toEqual([]);
        return;
      }
      expect(named.length).toBeGreaterThan(0);
      for (const file of named) {
        expect(existsSync(`${root}${file}`), file).toBe(true);
        expect(readFileSync(`${root}${file}`, "utf8")).toMatch(/\bit(\.each)?[(<]/);
      }
    },
  );
});
