/** Attacks G of docs/security.md: two at once, and locks that somebody left, broke or invented. */
import { rmSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { anApprovedWorkspace, expectRefused, planAndApprove } from "../support/attack.ts";
import { heldLock } from "../support/lock.ts";
import { TestWorkspace } from "../support/workspace.ts";

let approved: TestWorkspace;

beforeAll(async () => {
  approved = await anApprovedWorkspace();
});

const apply = ["apply", "example"];
describe("locks", () => {
  it("refuses while somebody at work holds the tenant, and says who", async () => {
    const workspace = approved.copy();
    await using held = await heldLock(workspace);
    expect(held.lock.tookOver).toBeUndefined();
    const { stdout } = await expectRefused(workspace, apply, { code: "tenant-locked" });
    expect(stdout).toContain(`process ${process.pid}`);
  });

  it("refuses while another run of Pulumi holds the stack", async () => {
    const workspace = TestWorkspace.create();
    workspace.write("tenantry.yaml", "state: file\n");
    await planAndApprove(workspace);
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
    const done = outcomes.filter(({ exitCode }) => exitCode === 0);
    expect(done.filter(({ json }) => json.changed === true)).toHaveLength(1);
    // The other either sees the first at work, or comes after it and finds nothing left to do.
    for (const other of outcomes.filter(({ exitCode }) => exitCode !== 0)) {
      expect(["tenant-locked", "record-busy"]).toContain(other.refusal);
    }
    const { json } = await workspace.succeed(["status", "example"]);
    expect(json).toMatchObject({ drift: [], lastApply: { result: "succeeded" } });
  });
});
