import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clonePaths } from "../../setup/paths.mjs";
import { readSetupRecord, writeSetupRecord } from "../../setup/record.mjs";
import { temporaryFolder } from "../scripts/support/fake-machine.ts";

const basics = { nodePath: "/node", nodeVersion: "24.0.0", packageHash: "a", pulumiHome: "/home" };
const engine = { enginePath: "/pulumi", engineVersion: "3.250.0", engineSource: "PATH" };

test("keeps the engine of an earlier set-up when a task did not need it", () => {
  const paths = clonePaths(temporaryFolder());
  expect(readSetupRecord(paths)).toBeUndefined();
  writeSetupRecord(paths, { ...basics, ...engine });
  writeSetupRecord(paths, { ...basics, packageHash: "b" });
  expect(readSetupRecord(paths)).toEqual({
    formatVersion: 1,
    ...basics,
    ...engine,
    packageHash: "b",
  });
});

test.each([`{ "formatVersion": 2 }`, `{ "formatVer`])("takes no other format: %s", (text) => {
  const paths = clonePaths(temporaryFolder());
  writeSetupRecord(paths, basics);
  writeFileSync(paths.setupRecord, text);
  expect(readSetupRecord(paths)).toBeUndefined();
});
