/** What opens the secrets of a state lies beside it, and losing it loses nothing. */
import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { planAndApprove } from "./support/attack.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const forget = (workspace: TestWorkspace): void => {
  rmSync(workspace.data("stack-keys"), { recursive: true });
};

it("a first plan that is refused leaves a workspace in which the next one succeeds", async () => {
  const workspace = TestWorkspace.create({
    example: aTenantFile({ sections: { backup: undefined } }),
  });
  const refused = await workspace.run(["plan", "example"]);
  expect(refused).toMatchObject({ exitCode: 2, refusal: "policy-violated" });
  workspace.declare(aTenantFile());
  await planAndApprove(workspace);
  forget(workspace);
  await workspace.succeed(["plan", "example"]);
  await workspace.succeed(["apply", "example"]);
});

it("keys that are lost are found again in the state", async () => {
  const workspace = TestWorkspace.create();
  await planAndApprove(workspace);
  await workspace.succeed(["apply", "example"]);
  forget(workspace);
  expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  expect((await workspace.succeed(["status", "example"])).json.drift).toEqual([]);
});
