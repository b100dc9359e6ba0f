import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cloneRoot } from "../../../setup/paths.mjs";
import { findTask, tasks } from "../../../scripts/tasks/registry.mjs";

test("every task is a command of package.json, and the other way round", () => {
  const text = readFileSync(join(cloneRoot, "package.json"), "utf8");
  // npm itself runs this one, before it packs.
  const { prepack, ...scripts } = (JSON.parse(text) as { scripts: Record<string, string> }).scripts;
  expect(prepack).toBe("node scripts/run.mjs build");
  const expected = Object.keys(tasks).map((name) => [name, `node scripts/run.mjs ${name}`]);
  expect(scripts).toEqual(Object.fromEntries(expected));
});

test("knows no task that is only a property of every object", () => {
  expect(findTask("constructor")).toBeUndefined();
  expect(findTask("demo")).toBeDefined();
});
