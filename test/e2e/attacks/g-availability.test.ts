/** Attacks G of docs/security.md: two at once, and locks that somebody left, broke or invented. */
import { rmSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { anApprovedWorkspace, expectRefused } from "../support/attack.ts";
import type { TestWorkspace } from "../support/workspace.ts";

let approved: TestWorkspace;

beforeAll(async () => {
  approved = await anApprovedWorkspace();
});

const apply = ["apply", "example"];
const ourLock = (number: number): string =>
  `.tenantry/state/.tenantry-record/example/locks/${String(number).padStart(10, "0")}.acquired.json`;

describe("locks", () => {
  it("refuses while somebody holds the tenant, and says who and how long", async () => {
    const workspace = approved.copy();
    const owner = { host: "laptop", pid: 1, user: "piet" };
    workspace.write(
      ourLock(1),
      JSON.stringify({ owner, purpose: "apply", since: "2026-11-20T08:00:00.000Z" }),
    );
    const { stdout } = await expectRefused(workspace, apply, { code: "tenant-locked" });
    expect(stdout).toContain("piet on laptop (process 1)");
  });

  it("refuses when a lock cannot be read, rather than to take it for none", async () => {
    const workspace = approved.copy();
    workspace.write(ourLock(1), "{}");
    await expectRefused(workspace, apply, { code: "lock-malformed" });
  });

  it("refuses while another run of Pulumi holds the stack", async () => {
    const workspace = approved.copy();
    workspace.write("tenantry.yaml", "state: file\n");
    const lock = ".tenantry/state/.pulumi/locks/organization/tenantry/example/0b1c2d3e.json";
    workspace.write(
      lock,
      JSON.stringify({
        pid: 1,
        username: "piet",
        hostname: "laptop",
        timestamp: "2026-11-20T08:00:00Z",
      }),
    );
    const before = workspace.written();
    const outcome = await workspace.run(apply);
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "stack-locked" });
    expect(workspace.written().state).toBe(before.state);
    // The record says that an apply began; the approval holds for the next one.
    rmSync(workspace.path(lock));
    const next = await workspace.run(apply);
    expect(next, next.stderr).toMatchObject({ exitCode: 0 });
  });

  it("refuses the second of two applies at the same time", async () => {
    const workspace = approved.copy();
    const outcomes = await Promise.all([workspace.run(apply), workspace.run(apply)]);
    expect(outcomes.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2]);
    const refused = outcomes.find(({ exitCode }) => exitCode === 2);
    expect(["tenant-locked", "consumed", "record-busy"]).toContain(refused?.refusal);
    const { json } = await workspace.succeed(["status", "example"]);
    expect(json).toMatchObject({ drift: [], lastApply: { result: "succeeded" } });
  });
});
