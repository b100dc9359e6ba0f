/** P8: one machine ten days ahead approves once. The tenant stays closed until somebody says on the record that it was wrong. */
import { expect, it } from "vitest";
import { aChangedProgram } from "./support/changed-program.ts";
import { TestWorkspace } from "./support/workspace.ts";

const AHEAD = "new Date(Date.now() + 10 * 24 * 60 * 60 * 1000)";

it("is undone by the command that the refusal names, and the tenant can be used the same day", async () => {
  const workspace = TestWorkspace.create();
  await workspace.succeed(["plan", "example"]);
  const ahead = aChangedProgram({
    "dist/cli/program.js": [["now: () => new Date()", `now: () => ${AHEAD}`]],
  });
  const noticed = await workspace.run(["approve", "example"], { program: ahead });
  expect(noticed).toMatchObject({ exitCode: 2, refusal: "clock-wrong" });
  const unnoticed = aChangedProgram({
    "dist/cli/program.js": [["now: () => new Date()", `now: () => ${AHEAD}`]],
    "dist/operations/local/clocks.js": [["new Date()", AHEAD]],
  });
  await workspace.succeed(["approve", "example"], { program: unnoticed });

  const closed = await workspace.text(["apply", "example"]);
  expect(closed.exitCode).toBe(2);
  expect(closed.stderr).toContain("[clock-behind-record]");
  const [, command = ""] = /(tenantry acknowledge example --reason )/.exec(closed.stderr) ?? [];
  const acknowledge = command.trim().split(" ").slice(1);
  const opened = await workspace.succeed([...acknowledge, "The laptop was ten days ahead"]);
  expect(opened.json).toMatchObject({ acknowledged: { entries: [1, 2], creations: [] } });
  expect(await workspace.run(["apply", "example"])).toMatchObject({ refusal: "not-yet-valid" });
  await workspace.succeed(["approve", "example"]);
  await workspace.succeed(["apply", "example"]);
  await workspace.succeed(["log", "example", "--verify"]);
  const { stdout } = await workspace.text(["log", "example"]);
  expect(stdout).toContain("the time of #2 is wrong");
  expect((await workspace.succeed(["status", "example"])).json).toMatchObject({ drift: [] });
}, 180_000);
