import { expect, test } from "vitest";
import { company } from "../../../../scripts/bench/company.ts";
import { fewestWrites, resourcesOf } from "../../../../scripts/bench/service/resources.ts";

test("every resource comes after what it needs", () => {
  const seen = new Set<string>();
  for (const { name, after } of resourcesOf(company(40))) {
    expect(after.filter((other) => !seen.has(other))).toEqual([]);
    seen.add(name);
  }
  expect(seen.size).toBe(1 + 40 + 5 + 40 + 5);
});

test("members count in twenties among the fewest writes", () => {
  expect(fewestWrites(company(40))).toBe(40 + 40 + 5 + (2 + 1 + 1 + 1 + 1));
});
