import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  analyzerPlugin,
  ensureAnalyzer,
  isAnalyzerCurrent,
} from "../../../scripts/setup/analyzer.mjs";
import { runCommand } from "../../../scripts/setup/command.mjs";
import { clonePaths } from "../../../scripts/setup/paths.mjs";
import { temporaryFolder } from "../support/fake-machine.ts";

test.skipIf(process.platform === "win32")(
  "runs the clone's policy runner with the engine's arguments, from folders with blanks and quotes too",
  async () => {
    const folder = join(temporaryFolder(), "it's a folder");
    const paths = clonePaths(join(folder, "clone"));
    const node = join(folder, "node");
    mkdirSync(join(paths.root, "bin"), { recursive: true });
    symlinkSync(process.execPath, node);
    writeFileSync(
      join(paths.root, "bin/run-policy-pack.mjs"),
      "console.log(JSON.stringify(process.argv.slice(2)));",
    );
    const { path } = ensureAnalyzer(paths, node);
    const result = await runCommand(path, ["127.0.0.1:1", "a pack"]);
    expect(JSON.parse(result.stdout)).toEqual(["127.0.0.1:1", "a pack"]);
  },
);

test("lies in this clone's Pulumi home, where the engine looks for plugins", () => {
  const paths = clonePaths("/clone");
  expect(dirname(dirname(analyzerPlugin(paths, "/node").path))).toBe(
    join(paths.pulumiHome, "plugins"),
  );
});

test("is written once, and again when Node moved", () => {
  const paths = clonePaths(temporaryFolder());
  expect(ensureAnalyzer(paths, "/node-a")).toMatchObject({ written: true });
  expect(ensureAnalyzer(paths, "/node-a")).toMatchObject({ written: false });
  expect(isAnalyzerCurrent(paths, "/node-b")).toBe(false);
  expect(ensureAnalyzer(paths, "/node-b")).toMatchObject({ written: true });
});

test("is a command file on Windows", () => {
  const { path, text } = analyzerPlugin(clonePaths("/clone"), "C:\\node.exe", "win32");
  expect(path).toMatch(/pulumi-analyzer-policy-nodejs\.cmd$/);
  expect(text).toMatch(/^@"C:\\node\.exe" ".*run-policy-pack\.mjs" %\*\r\n$/);
});
