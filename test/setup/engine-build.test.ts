import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { countModules } from "../../setup/engine-build.mjs";
import { engineVersion } from "../../setup/versions.mjs";

const goModule = join(import.meta.dirname, "../../setup/engine");

test("counts the modules of a go.sum, not the lines", () => {
  expect(countModules("a v1 h1:x\na v1/go.mod h1:y\nb v2/go.mod h1:z\n")).toBe(1);
});

test("has the engine's own checksum in go.sum", () => {
  const goSum = readFileSync(join(goModule, "go.sum"), "utf8");
  expect(goSum).toMatch(new RegExp(`^github.com/pulumi/pulumi/pkg/v3 v${engineVersion} h1:`, "m"));
});
