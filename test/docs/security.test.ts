/** docs/security.md against the tests that it names. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const attacks = join(root, "test", "e2e", "attacks");

/** The table's rows by the number of their attack. */
const rows = new Map(
  readFileSync(join(root, "docs", "security.md"), "utf8")
    .split("\n")
    .flatMap((line) => {
      const number = /^\| (\d+)\s*\|/.exec(line)?.[1];
      return number === undefined ? [] : [[Number(number), line] as const];
    }),
);

const titles = readdirSync(attacks).flatMap((file) =>
  [...readFileSync(join(attacks, file), "utf8").matchAll(/"(refuses [^"]+)"/g)].map(
    ([, title = ""]) => title,
  ),
);

/** Numbers at the end of titles, such as `(22, 24)`. */
const tested = new Set(
  titles.flatMap((title) =>
    [...title.matchAll(/\(([\d, ]+)\)/g)].flatMap(([, list = ""]) => list.split(",").map(Number)),
  ),
);

describe("the table of attacks", () => {
  it("has a row for each of the 34", () => {
    expect([...rows.keys()]).toEqual(Array.from({ length: 34 }, (_, index) => index + 1));
  });

  it.each([...rows])(
    "holds a test of attack %i, or says who stops it in place of this program",
    (number, row) => {
      expect(tested.has(number) || row.includes("**Pipeline**")).toBe(true);
    },
  );

  it("knows every attack that a test performs", () => {
    expect([...tested].filter((number) => !rows.has(number))).toEqual([]);
  });
});
