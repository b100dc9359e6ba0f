/** Disks that are full, held by others, or for reading only: said, ended, nothing lost, and the next run goes on. */
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { ownDisk } from "./support/own-disk.ts";
import type { OwnDisk } from "./support/own-disk.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const refused = (code: string) => ({ exitCode: 2, refusal: code });
const PEOPLE = Array.from({ length: 12 }, (_, at) => ({ name: `Anna Bakker${at}` }));

describe.runIf(process.platform === "linux")("on a full disk", { timeout: 240_000 }, () => {
  it("a plan says so, and is made once there is room", async () => {
    const workspace = TestWorkspace.create();
    await workspace.succeed(["plan", "example"]);
    await using disk = await ownDisk(workspace);
    await disk.fill(0);
    expect(await workspace.run(["plan", "example"], disk)).toMatchObject(refused("state-full"));
    await disk.free();
    expect(await workspace.run(["plan", "example"], disk)).toMatchObject({ exitCode: 0 });
  });

  it("an apply that it meets in the middle says so and ends, and the next one goes on from there", async () => {
    const workspace = TestWorkspace.create({ example: aTenantFile({ people: PEOPLE }) });
    await planAndApprove(workspace);
    await using disk = await ownDisk(workspace);
    await disk.fill(ROOM_FOR_THE_START_KB);
    expect(await workspace.run(["apply", "example"], disk)).toMatchObject(refused("state-full"));
    await disk.free();
    expect((await workspace.succeed(["status", "example"], disk)).json).toMatchObject({
      interruptedApply: { kind: "outcome-unknown" },
    });
    await workspace.succeed(["apply", "example"], disk);
    await isWholeAndAsDeclared(workspace, disk);
  });
});

/** The start of an apply fits into it, and the journal of twelve people does not. */
const ROOM_FOR_THE_START_KB = 120;

async function isWholeAndAsDeclared(workspace: TestWorkspace, disk: OwnDisk): Promise<void> {
  expect((await workspace.succeed(["status", "example"], disk)).json).toMatchObject({ drift: [] });
  await workspace.succeed(["log", "example", "--verify"], disk);
}

describe.runIf(process.platform === "linux")(
  "on storage for reading only",
  { timeout: 240_000 },
  () => {
    it("what only reads works, and what writes says why it does not", async () => {
      const workspace = TestWorkspace.create();
      await planAndApprove(workspace);
      await workspace.succeed(["apply", "example"]);
      workspace.declare(aTenantFile({ displayName: "Example Tax Advisers" }));
      await workspace.succeed(["plan", "example"]);
      await using disk = await ownDisk(workspace);
      await disk.makeReadOnly();
      await workspace.succeed(["show", "example"], disk);
      await isWholeAndAsDeclared(workspace, disk);
      await workspace.succeed(["log", "example"], disk);
      for (const command of ["plan", "approve"]) {
        expect(await workspace.run([command, "example"], disk)).toMatchObject(
          refused("state-read-only"),
        );
      }
    });
  },
);

it("a database that another process holds for too long is said, after half a minute; reading goes on meanwhile", async () => {
  const workspace = TestWorkspace.create();
  await planAndApprove(workspace);
  const other = new DatabaseSync(workspace.data("state.sqlite"));
  other.exec("BEGIN IMMEDIATE");
  const [log, apply] = await Promise.all([
    workspace.run(["log", "example", "--verify"]),
    workspace.run(["apply", "example"]),
  ]);
  other.close();
  expect(log).toMatchObject({ exitCode: 0 });
  expect(apply).toMatchObject(refused("state-busy"));
  await workspace.succeed(["apply", "example"]);
}, 180_000);
