/** The engine writes no logs of its own. */
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { aChangedProgram } from "./support/changed-program.ts";
import { TestWorkspace } from "./support/workspace.ts";

it("leaves no log of a run, and none of those before", async () => {
  const program = aChangedProgram({});
  const workspace = TestWorkspace.create();
  const setupFile = join(dirname(program), "..", "..", ".tenantry", "setup.json");
  const setup = JSON.parse(readFileSync(setupFile, "utf8")) as { pulumiHome: string };
  const pulumiHome = workspace.path("pulumi-home");
  cpSync(join(setup.pulumiHome, "plugins"), join(pulumiHome, "plugins"), { recursive: true });
  writeFileSync(setupFile, JSON.stringify({ ...setup, pulumiHome }));
  const logs = join(pulumiHome, "logs");
  mkdirSync(logs);
  writeFileSync(join(logs, "old.log"), "old");
  await workspace.succeed(["plan", "example"], { program });
  expect(statSync(logs).isFile()).toBe(true);
});
