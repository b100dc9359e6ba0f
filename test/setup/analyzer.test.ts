import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { analyzerPlugin, ensureAnalyzer, isAnalyzerCurrent } from "../../setup/analyzer.mjs";
import { clonePaths } from "../../setup/paths.mjs";
import { temporaryFolder } from "../scripts/support/fake-machine.ts";

test.skipIf(process.platform === "win32")(
  "says on which port the policies are, and stays until the engine closes its input",
  async () => {
    const { path } = ensureAnalyzer(clonePaths(join(temporaryFolder(), "it's a folder")));
    const plugin = spawn(path, ["127.0.0.1:1", "."], {
      // No PATH: whatever lies there must not be started.
      env: { TENANTRY_POLICY_PORT: "41234" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: plugin.stdout })) {
      expect(line).toBe("41234");
      expect(plugin.exitCode).toBeNull();
      plugin.stdin.end();
    }
    if (plugin.exitCode === null) await once(plugin, "exit");
    expect(plugin.signalCode).toBeNull();
  },
);

test("lies in this clone's Pulumi home, where the engine looks for plugins", () => {
  const paths = clonePaths("/clone");
  expect(dirname(dirname(analyzerPlugin(paths).path))).toBe(join(paths.pulumiHome, "plugins"));
});

test("is written once", () => {
  const paths = clonePaths(temporaryFolder());
  expect(isAnalyzerCurrent(paths)).toBe(false);
  expect(ensureAnalyzer(paths)).toMatchObject({ written: true });
  expect(ensureAnalyzer(paths)).toMatchObject({ written: false });
  expect(isAnalyzerCurrent(paths)).toBe(true);
});

test("is a command file on Windows", () => {
  const { path, text } = analyzerPlugin(clonePaths("/clone"), "win32");
  expect(path).toMatch(/pulumi-analyzer-policy-nodejs\.cmd$/);
  expect(text).toBe("@echo %TENANTRY_POLICY_PORT%\r\n");
});
