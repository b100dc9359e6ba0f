import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/registry.ts";
import { goodStack, violationsOf } from "./support/stack.ts";

const NOT_RULES = new Set([
  "index.ts",
  "known-values.ts",
  "main.ts",
  "pack.ts",
  "registry.ts",
  "rule.ts",
  "server.ts",
  "tenant-facts.ts",
]);

describe("the policy pack", () => {
  it.each(rules)("$name accepts a stack that keeps every promise", (rule) => {
    expect(violationsOf(rule, goodStack())).toEqual([]);
  });

  it("names every rule m365-<object>-<demand> and says what it checks", () => {
    for (const { name, description } of rules) {
      expect(name).toMatch(/^m365-[a-z]+(-[a-z]+)+$/);
      expect(description).toMatch(/^Checks that .+\.$/);
    }
  });

  it("lists every rule of the folder", () => {
    const files = readdirSync(new URL("../../policies", import.meta.url)).filter(
      (file) => file.endsWith(".ts") && !NOT_RULES.has(file),
    );
    expect(files.map((file) => `m365-${file.slice(0, -3)}`).sort()).toEqual(
      rules.map(({ name }) => name).sort(),
    );
  });
});
