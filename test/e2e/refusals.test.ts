/** What is wrong with the words, the folders or the machine: said in a sentence, with what to do, and never a stack. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { editRecordValue, newestKey } from "./support/record.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const makeFolder = (path: string): void => {
  mkdirSync(path);
};
const makeDangling = (path: string): void => {
  symlinkSync("nowhere", path);
};
let planned: TestWorkspace;

beforeAll(async () => {
  planned = TestWorkspace.create();
  await planned.succeed(["plan", "example"]);
});

describe("words that a command does not know", () => {
  it.each([
    ["an option", ["plan", "example", "--jsn"], "--jsn", "tenantry plan --help"],
    ["a command", ["frob"], "frob", "tenantry --help"],
    ["a second tenant", ["plan", "example", "other"], "too many arguments", "tenantry plan --help"],
    ["an option without its value", ["show", "example", "--pdf"], "--pdf", "tenantry show --help"],
    ["no tenant", ["approve"], "'tenant'", "tenantry approve --help"],
    ["no command", [], "no command", "tenantry --help"],
  ])("are refused as JSON with --json: %s", async (...[, args, message, hint]) => {
    const { exitCode, refusal, json } = await planned.run(args);
    expect({ exitCode, refusal }).toEqual({ exitCode: 2, refusal: "invalid-usage" });
    expect(json.error).toMatchObject({
      message: expect.stringContaining(message) as string,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it("are refused before the work that they are about", async () => {
    const refused = await planned.run(["plan", "example", "--format", "xml"]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "invalid-option", stderr: "" });
  });
});

describe("a folder that cannot be used", () => {
  it.each(["plan", "status"])("ends %s when temporary files have no place", async (command) => {
    const env = { TMPDIR: planned.path("nowhere") };
    const refused = await planned.run([command, "example"], { env });
    expect(refused).toMatchObject({ exitCode: 2, refusal: "file-unusable" });
    expect(JSON.stringify(refused.json.error)).toContain(planned.path("nowhere"));
  });

  it("is named when an export has no place", async () => {
    const path = planned.path("nowhere", "tenant.json");
    const refused = await planned.run(["emulator", "--people", "1", "--export", path]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: "file-unusable" });
    expect(JSON.stringify(refused.json.error)).toContain("no such file or directory");
  });

  it("is no workspace when stacks/ is a file", async () => {
    const workspace = TestWorkspace.create({});
    workspace.write("stacks", "");
    expect((await workspace.run(["validate"])).refusal).toBe("no-workspace");
  });

  it.each([
    ["a folder", makeFolder],
    ["a link to nowhere", makeDangling],
  ])("is never taken for settings, and settings are never passed over: %s", async (_, make) => {
    const workspace = planned.copy();
    make(workspace.path("tenantry.yaml"));
    expect(await workspace.run(["plan", "example"])).toMatchObject({
      exitCode: 2,
      refusal: "invalid-settings",
    });
  });
});

it.each(["file://.", "file://state", "file:state", "/srv/state", "state"])(
  "a state that would be gone after the command, or is no place at all, is refused: %s",
  async (state) => {
    const workspace = planned.copy();
    workspace.write("tenantry.yaml", `state: ${state}\n`);
    expect(await workspace.run(["plan", "example"])).toMatchObject({
      exitCode: 2,
      refusal: "invalid-settings",
    });
  },
);

describe("validate", () => {
  it("refuses a tenant file that no command would find", async () => {
    const workspace = TestWorkspace.create({ example: aTenantFile(), "Foo Bar": aTenantFile() });
    symlinkSync("example", workspace.path("stacks", "link"));
    const { exitCode, json } = await workspace.run(["validate"]);
    expect(exitCode).toBe(2);
    expect(json.tenants).toMatchObject([
      { tenant: "Foo Bar", valid: false, error: { code: "tenant-name-invalid" } },
      { tenant: "example", valid: true },
      { tenant: "link", valid: false, error: { code: "tenant-file-misplaced" } },
    ]);
  });

  it("says that there is no tenant file", async () => {
    const workspace = TestWorkspace.create({});
    mkdirSync(workspace.path("stacks"));
    const { exitCode, stdout } = await workspace.text(["validate"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("There are no tenant files");
  });
});

describe("files that were damaged", () => {
  it("a state that cannot be read is said", async () => {
    const workspace = planned.copy();
    writeFileSync(workspace.data("state.sqlite"), "{ something else, long enough to be read");
    for (const command of ["plan", "status"]) {
      const refused = await workspace.run([command, "example"]);
      expect(refused).toMatchObject({ exitCode: 2, refusal: "state-unusable" });
    }
  });

  it.each(["state.sqlite", "application-credentials.json"])(
    "an emulator whose %s is none is named, and can be removed",
    async (name) => {
      const workspace = planned.copy();
      await workspace.succeed(["status", "example"]);
      writeFileSync(workspace.data("emulator", name), "{ something else, long enough to be read");
      const refused = await workspace.run(["status", "example"]);
      expect(refused).toMatchObject({ exitCode: 2, refusal: "emulator-unusable" });
      rmSync(workspace.data("emulator"), { recursive: true });
      await workspace.succeed(["status", "example"]);
    },
  );

  it("trust roots that are no JSON are refused", async () => {
    const workspace = planned.copy();
    workspace.write("tenantry.yaml", "service: microsoft\n");
    workspace.write("trust-roots.json", "{");
    expect((await workspace.run(["log", "example"])).refusal).toBe("invalid-trust-roots");
  });

  it("a kept plan that is damaged is refused until it is created again", async () => {
    const workspace = planned.copy();
    editRecordValue(workspace, newestKey(workspace, "example/plans/"), () => "{");
    const args = ["show", "example", "--format", "markdown"];
    expect(await workspace.text(args)).toMatchObject({ exitCode: 2, stdout: "" });
    expect((await workspace.run(["approve", "example"])).refusal).toBe("plan-damaged");
    await workspace.succeed(["plan", "example"]);
    expect((await workspace.text(args)).stdout).toContain("Example Accountants");
    await workspace.succeed(["approve", "example"]);
  });
});
