/** What an apply that died may have made and nobody declares any more: shown until somebody says that they looked. */
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { heldLock } from "./support/lock.ts";
import { TestWorkspace } from "./support/workspace.ts";

it("stays on the status until it is acknowledged, on the record", async () => {
  const workspace = TestWorkspace.create();
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  const urn = "urn:pulumi:example::tenantry::azuread:index/user:User::sanne";
  {
    await using held = await heldLock(workspace);
    await held.lock.intents?.begin(urn);
  }
  const shown = await workspace.text(["status", "example"]);
  expect(shown.stdout).toContain("Being created when an apply died, and not settled: sanne.");
  expect(await workspace.text(["plan", "example"])).toMatchObject({
    stderr: expect.stringContaining("`tenantry acknowledge example`") as string,
  });
  expect(await workspace.run(["acknowledge", "example"])).toMatchObject({
    ...{ exitCode: 2, refusal: "reason-needed" },
  });
  await workspace.succeed(["acknowledge", "example", "--reason", "There is no Sanne"]);
  expect((await workspace.succeed(["status", "example"])).json).toMatchObject({
    openCreations: [],
  });
  const { stdout } = await workspace.text(["log", "example"]);
  expect(stdout).toContain("given up: sanne");
  await workspace.succeed(["log", "example", "--verify"]);
}, 180_000);
