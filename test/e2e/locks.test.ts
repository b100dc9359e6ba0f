/** Locks of a tenant: only one that nobody will release is broken, and who lost theirs writes nothing. */
import { describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { aChangedProgram } from "./support/changed-program.ts";
import { heldLock } from "./support/lock.ts";
import { TestWorkspace } from "./support/workspace.ts";

const refusalOf = async (workspace: TestWorkspace, args: readonly string[]) => {
  const { exitCode, refusal } = await workspace.run(args);
  return { exitCode, refusal };
};

const unlock = ["unlock", "example"];
const withReason = [...unlock, "--reason", "The runner was shut down"];

describe("unlock", () => {
  it("has nothing to break where nobody holds the tenant", async () => {
    const workspace = TestWorkspace.create();
    const refused = { exitCode: 2, refusal: "not-locked" };
    expect(await refusalOf(workspace, withReason)).toEqual(refused);
  });

  it("leaves a lock alone without a reason, and while its process is running", async () => {
    const workspace = TestWorkspace.create();
    await using held = await heldLock(workspace);
    expect(await refusalOf(workspace, unlock)).toEqual({ exitCode: 2, refusal: "reason-needed" });
    const running = { exitCode: 2, refusal: "still-running" };
    expect(await refusalOf(workspace, withReason)).toEqual(running);
    expect(await held.lock.isHeld()).toBe(true);
    expect(workspace.written().record).toBe("none");
  });
});

describe("an apply whose lock is broken before its first change", () => {
  const ASKED = "if (!(await lock.isHeld()))";
  const BROKEN = `await context.locks(session.stack).breakLock(lock.lock, async () => {});`;

  it("writes nothing, says so, and can be repeated", async () => {
    const workspace = TestWorkspace.create();
    await planAndApprove(workspace);
    const program = aChangedProgram({
      "dist/operations/carry-out.js": [[ASKED, `${BROKEN} ${ASKED}`]],
    });
    const refused = await workspace.run(["apply", "example"], { program });
    expect(refused).toMatchObject({ exitCode: 2, refusal: "lock-lost" });
    expect(JSON.stringify(refused.json.error)).toContain("`tenantry log example`");
    expect((await workspace.run(["status", "example"])).json).toMatchObject({ objects: 0 });

    await workspace.succeed(["apply", "example"]);
    expect((await workspace.succeed(["status", "example"])).json).toMatchObject({ drift: [] });
  });
});
