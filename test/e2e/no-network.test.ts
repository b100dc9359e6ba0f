/** Where nobody answers: said at once, ended within two minutes, nothing written. */
import { beforeAll, describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { aChangedProgram } from "./support/changed-program.ts";
import { TestWorkspace } from "./support/workspace.ts";

const WITHIN_MS = 120_000;
const ENDPOINTS = "endpoints: emulator.endpoints,";

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create();
  await planAndApprove(applied);
  await applied.succeed(["apply", "example"]);
}, 120_000);

describe.concurrent("without a network", { timeout: 2 * WITHIN_MS }, () => {
  // Nobody listens on this port, which is not among those that fetch refuses to ask.
  const nobody = "https://localhost:3";
  it.each([
    ["sign-in", `login: "${nobody}"`],
    ["Graph", `graph: "${nobody}"`],
  ])("reading the tenant says what it waits for, and ends: %s", async (_, address) => {
    const program = aChangedProgram({
      "dist/engine/sandbox.js": [[ENDPOINTS, `endpoints: { ...emulator.endpoints, ${address} },`]],
    });
    const before = applied.written();
    const startedAt = Date.now();
    const { exitCode, stderr } = await applied.text(["status", "example"], { program });
    expect(Date.now() - startedAt).toBeLessThan(WITHIN_MS);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Waiting for Microsoft, try 2 of 8");
    expect(stderr).toContain("Waiting for Microsoft, try 3 of 8");
    expect(stderr).toContain("[connection-failed]");
    expect(applied.written()).toEqual(before);
  });
});
