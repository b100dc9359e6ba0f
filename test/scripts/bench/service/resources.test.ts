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
  // One group of everybody, 21 departments and 21 projects of 20 people each.
  expect(fewestWrites(company(420))).toBe(420 + 420 + 43 + (21 + 21 + 21));
});
