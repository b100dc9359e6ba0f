import { join } from "node:path";
import { expect, test } from "vitest";
import { generators, typeStripping } from "../../../scripts/tasks/typescript.mjs";
import { fakeMachine } from "../support/fake-machine.ts";

test("finds the generators that can check their output, sorted", () => {
  const { write, paths } = fakeMachine();
  const checks = `process.argv.includes("--check")`;
  for (const name of ["generate-b.ts", "generate-a.ts", "bench.ts", "generate.mjs"]) {
    write(join("scripts", name), checks);
  }
  write("scripts/generate-from-vendor.ts", "const [input] = process.argv.slice(2);");
  expect(generators(paths.root)).toEqual(["scripts/generate-a.ts", "scripts/generate-b.ts"]);
});

test.each([
  // Replaced by Node 24.
  ["20.20.2", []],
  ["22.13.0", ["--experimental-strip-types"]],
  ["22.18.0", []],
  ["24.0.0", []],
])("gives Node %s what it needs to run TypeScript: %o", (version, expected) => {
  expect(typeStripping(version)).toEqual(expected);
});
