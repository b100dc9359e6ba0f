/** The engine's own logs do not pile up. */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { aChangedProgram } from "./support/changed-program.ts";
import { TestWorkspace } from "./support/workspace.ts";

const MB = 1024 * 1024;

it("keeps only the newest logs of the engine", async () => {
  const program = aChangedProgram({});
  const workspace = TestWorkspace.create();
  const setupFile = join(dirname(program), "..", "..", ".tenantry", "setup.json");
  const setup = JSON.parse(readFileSync(setupFile, "utf8")) as { pulumiHome: string };
  const pulumiHome = workspace.path("pulumi-home");
  cpSync(join(setup.pulumiHome, "plugins"), join(pulumiHome, "plugins"), { recursive: true });
  writeFileSync(setupFile, JSON.stringify({ ...setup, pulumiHome }));
  const logs = join(pulumiHome, "logs");
  mkdirSync(logs);
  const today = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  for (let hour = 10; hour < 40; hour += 1) {
    writeFileSync(join(logs, `old-${today}T0000${hour}.log`), Buffer.alloc(MB));
  }
  await workspace.succeed(["plan", "example"], { program });
  const sizes = readdirSync(logs).map((name) => statSync(join(logs, name)).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(12 * MB);
});
