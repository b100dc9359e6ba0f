/** Where nobody answers: said at once, ended within two minutes, nothing written. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { aChangedProgram } from "./support/changed-program.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const WITHIN_MS = 120_000;
const PEOPLE = ["Anna Bakker", "Bram Visser", "Carla Smit", "Dirk Bos"].map((name) => ({ name }));
const ENDPOINTS = "endpoints: emulator.endpoints,";

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create();
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
  applied.declare(aTenantFile({ people: PEOPLE }));
  await planAndApprove(applied);
}, 120_000);

describe.concurrent("without a network", { timeout: 2 * WITHIN_MS }, () => {
  // Nobody listens on this port, which is not among those that fetch refuses to ask.
  const nobody = "https://localhost:3";
  it.each([
    ["status", "sign-in", `login: "${nobody}"`],
    ["status", "Graph", `graph: "${nobody}"`],
    ["plan --refresh", "Graph", `graph: "${nobody}"`],
    ["apply", "Graph", `graph: "${nobody}"`],
  ])("%s says what it waits for, and ends: %s", async (command, _, address) => {
    const program = aChangedProgram({
      "dist/engine/sandbox.js": [[ENDPOINTS, `endpoints: { ...emulator.endpoints, ${address} },`]],
    });
    const workspace = applied.copy();
    const before = workspace.written();
    const startedAt = Date.now();
    const [name = "", ...options] = command.split(" ");
    const words = [name, "example", ...options];
    const { exitCode, stderr } = await workspace.text(words, { program });
    expect(Date.now() - startedAt).toBeLessThan(WITHIN_MS);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Waiting for Microsoft, try 2 of 8");
    expect(stderr).toContain("Waiting for Microsoft, try 3 of 8");
    expect(stderr).toMatch(/\[(?:connection|preview)-failed\]/);
    expect(workspace.written()).toEqual(before);
  });
});
