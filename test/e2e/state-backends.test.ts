/** Where the state lies and what opens the secrets in it; and that losing what is beside it loses nothing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { TestWorkspace } from "./support/workspace.ts";

const RIGHT = { env: { PULUMI_CONFIG_PASSPHRASE: "the right one, for tests" } };
const WRONG = { env: { PULUMI_CONFIG_PASSPHRASE: "another one, for tests" } };

let applied: TestWorkspace;

beforeAll(async () => {
  applied = TestWorkspace.create();
  await applied.succeed(["plan", "example"], RIGHT);
  await applied.succeed(["approve", "example"], RIGHT);
  await applied.succeed(["apply", "example"], RIGHT);
});

const isUnchanged = async (workspace: TestWorkspace): Promise<void> => {
  const next = await workspace.run(["plan", "example", "--exit-code"], RIGHT);
  expect(next.exitCode, next.stdout + next.stderr).toBe(0);
};

describe("a passphrase of the environment", () => {
  it("opens the state and is written nowhere", async () => {
    await isUnchanged(applied);
    const files = readdirSync(applied.data(), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = readFileSync(`${file.parentPath}/${file.name}`);
      expect(content.includes(RIGHT.env.PULUMI_CONFIG_PASSPHRASE), file.name).toBe(false);
    }
    expect(existsSync(applied.data("passphrase"))).toBe(false);
  });

  it("that is wrong is refused in a sentence, and nothing is lost", async () => {
    const workspace = applied.copy();
    const before = workspace.written();
    for (const command of ["plan", "apply", "status"]) {
      const refused = await workspace.run([command, "example"], WRONG);
      expect(refused, command).toMatchObject({ exitCode: 2, refusal: "wrong-passphrase" });
    }
    expect(workspace.written()).toEqual(before);
    await isUnchanged(workspace);
  });
});

it("needs no stack settings of the engine beside the state: each command is without them", async () => {
  const files = readdirSync(applied.root, { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /Pulumi\..*yaml$/.test(file))).toEqual([]);
  const status = await applied.run(["status", "example"], RIGHT);
  expect(status.json).toMatchObject({ drift: [] });
});

describe("a state elsewhere", () => {
  it("that is not there is refused in a sentence, and the command ends", async () => {
    const workspace = TestWorkspace.create();
    workspace.write("tenantry.yaml", "state: file:///nowhere/at/all\n");
    const refused = await workspace.run(["plan", "example"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "state-unavailable" });
  });

  it("is used by one setting, and nothing of it stays in the workspace", async () => {
    const elsewhere = TestWorkspace.create({});
    const workspace = TestWorkspace.create();
    const state = pathToFileURL(elsewhere.root).href;
    workspace.write("tenantry.yaml", `state: ${JSON.stringify(state)}\n`);
    for (const command of ["plan", "approve", "apply"]) {
      await workspace.succeed([command, "example"], RIGHT);
    }
    await isUnchanged(workspace);
    const stacks = elsewhere.path(".pulumi", "stacks", "tenantry");
    expect(readdirSync(stacks)).toContain("example.json");
    expect(existsSync(workspace.data("state", ".pulumi"))).toBe(false);
  });
});
