/** What needs the real program: plans in every form, JSON, exit codes; and that stopping in the middle does no harm. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { editRecordValue, newestKey } from "./support/record.ts";
import { lookAt } from "./support/service.ts";
import { TENANT_ID, aTenantFile, TestWorkspace, upnOf } from "./support/workspace.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let planned: TestWorkspace;
let applied: TestWorkspace;

beforeAll(async () => {
  planned = TestWorkspace.create();
  await planned.succeed(["plan", "example"]);
  applied = planned.copy();
  await applied.succeed(["approve", "example"]);
  await applied.succeed(["apply", "example"]);
});

it("the program starts, helps and refuses as test/cli/commands.test.ts has it for every command", async () => {
  const help = await planned.text(["show", "--help"]);
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  expect(help.stdout).toContain("$ tenantry show contoso --language en");
  const refused = await planned.text(["show", "example", "--nonsense"]);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toContain("--nonsense");
});

it("the record of a tenant can be read after its file is gone", async () => {
  const workspace = applied.copy();
  rmSync(workspace.path("stacks", "example"), { recursive: true });
  expect((await workspace.succeed(["log", "example"])).json.entries).not.toEqual([]);
  expect((await workspace.run(["plan", "example"])).refusal).toBe("tenant-unknown");
});

describe("settings that cannot be used", () => {
  it.each([
    ["an unknown key", "stat: file\n", "stat"],
    ["a value that is not allowed", "service: azure\n", "service"],
    ["a secrets provider in clear", "secretsProvider: none\n", "passphrase or azurekeyvault"],
    ["a text that is no YAML", "state: [\n", "tenantry.yaml"],
  ])("are refused with details: %s", async (_, settings, detail) => {
    const workspace = planned.copy();
    workspace.write("tenantry.yaml", settings);
    const refused = await workspace.run(["plan", "example"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "invalid-settings" });
    expect(JSON.stringify(refused.json.error)).toContain(detail);
  });
});

describe("the output", () => {
  it("is JSON alone with --json, and progress goes to standard error", async () => {
    const workspace = planned.copy();
    const outcomes = [
      await workspace.run(["validate"]),
      await workspace.run(["plan", "example"]),
      await workspace.run(["show", "example"]),
      await workspace.run(["approve", "example"]),
      await workspace.run(["apply", "example"]),
      await workspace.run(["status", "example"]),
    ];
    for (const { exitCode, stdout, stderr } of outcomes) {
      expect(exitCode, stderr).toBe(0);
      expect(Object.keys(JSON.parse(stdout) as object).length).toBeGreaterThan(0);
    }
    expect(outcomes[1]?.stderr).toContain("Planning example");
    expect(outcomes[4]?.stderr).toMatch(/Applying \d+\/\d+/);
  });

  it("ends with 3 where changes wait and that was asked for, else with 0", async () => {
    expect((await planned.run(["plan", "example", "--exit-code"])).exitCode).toBe(3);
    expect((await planned.run(["plan", "example"])).exitCode).toBe(0);
  });
});

describe("a stored plan", () => {
  it.each([
    ["text", /^Voorstel voor Example Accountants/],
    ["markdown", /^## Voorstel voor Example Accountants/],
    ["html", /^<!doctype html>/],
    ["json", /^\{\s*"digest": "sha256:/],
  ])("is shown as %s", async (format, start) => {
    const shown = await planned.text(["show", "example", "--format", format]);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toMatch(start);
  });

  it.each([
    ["text", "nl", /^Voorstel voor Example Accountants/, "Proposal"],
    ["text", "en", /^Proposal for Example Accountants/, "Voorstel"],
    ["markdown", "nl", /^## Voorstel voor Example Accountants/, "Proposal"],
    ["markdown", "en", /^## Proposal for Example Accountants/, "Voorstel"],
  ])("is shown as %s in %s alone", async (...[format, language, start, other]) => {
    const words = ["show", "example", "--format", format, "--language", language];
    const { stdout } = await planned.text(words);
    expect(stdout).toMatch(start);
    expect(stdout).not.toContain(other);
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["changed", (text: string) => text.replaceAll("Anna Bakker", "Anna Bakkers")],
    ["empty", () => ""],
  ])("that was %s is neither shown nor approved", async (_, damage) => {
    const workspace = planned.copy();
    editRecordValue(workspace, newestKey(workspace, "example/plans/"), damage);
    for (const command of ["show", "approve"]) {
      const refused = await workspace.run([command, "example"]);
      expect(refused.exitCode).toBe(2);
      expect(refused.refusal).toMatch(/^(plan-damaged|not-a-plan)$/);
    }
  });
});

/** Starts the command and sends the signal once it has said `moment` on standard error. */
async function interrupt(
  workspace: TestWorkspace,
  args: readonly string[],
  moment: RegExp,
): Promise<number | null> {
  const child = spawn(process.execPath, [PROGRAM, ...args, "--workspace", workspace.root], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  let isSent = false;
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (isSent || !moment.test(said)) return;
    isSent = true;
    child.kill("SIGINT");
  });
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  expect(said).toMatch(moment);
  return exitCode;
}

describe("stopping with Ctrl-C", () => {
  it("a plan leaves everything as it was, and the next one is made as ever", async () => {
    const workspace = applied.copy();
    const before = workspace.written();
    await interrupt(workspace, ["plan", "example"], /Planning/);
    expect(workspace.written()).toEqual(before);
    const next = await workspace.run(["plan", "example", "--exit-code"]);
    expect(next.exitCode).toBe(0);
  });

  it.each([
    ["while it plans again", /Planning example again/],
    ["at the first objects", /Applying \d/],
    ["in the middle", /Applying (?:[6-9]|\d\d)\//],
    ["while it reads back", /Reading example back/],
  ])("an apply %s leaves a state that the next run can resume", async (_, moment) => {
    const workspace = planned.copy();
    await workspace.succeed(["approve", "example"]);
    const exitCode = await interrupt(workspace, ["apply", "example"], moment);
    expect([0, 2]).toContain(exitCode);
    await workspace.succeed(["apply", "example"]);
    const next = await workspace.run(["plan", "example", "--exit-code"]);
    expect(next.exitCode).toBe(0);
    expect((await workspace.run(["status", "example"])).json).toMatchObject({ drift: [] });
    const people = await lookAt(workspace, TENANT_ID, async ({ graph }) => {
      const { value } = (await graph.api("/users").select("userPrincipalName").get()) as {
        value: { userPrincipalName: string }[];
      };
      return value.map(({ userPrincipalName }) => userPrincipalName).sort();
    });
    expect(people).toEqual(["Anna Bakker", "Bram Visser", "Carla Smit"].map(upnOf));
  });
});

it("a tenant file that changed since the approval is not applied", async () => {
  const workspace = planned.copy();
  await workspace.succeed(["approve", "example"]);
  workspace.declare(aTenantFile({ people: [{ name: "Anna Bakker" }, { name: "Dirk Smit" }] }));
  const refused = await workspace.run(["apply", "example"]);
  expect(refused).toMatchObject({ exitCode: 2, refusal: "other-digest" });
  expect(workspace.written().services).toBe("none");
});
