/** Attacks B of docs/security.md: one thing is approved, another one applied. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  APPROVED_CHANGE,
  anApprovedWorkspace,
  expectRefused,
  planAndApprove,
  promotion,
} from "../support/attack.ts";
import {
  aChangedProgram,
  withOptions,
  withProperties,
  withRemediation,
} from "../support/changed-program.ts";
import { editState, readState, writeState } from "../support/state.ts";
import { aTenantFile, TestWorkspace } from "../support/workspace.ts";

/** Approved, and never applied. */
let first: TestWorkspace;
/** Applied, and then a promotion approved. */
let approved: TestWorkspace;

beforeAll(async () => {
  first = await anApprovedWorkspace();
  approved = first.copy();
  await approved.succeed(["apply", "example"]);
  approved.declare(APPROVED_CHANGE);
  await planAndApprove(approved);
});

const apply = ["apply", "example"];

describe("approve one thing, apply another", () => {
  it("refuses a tenant file that was changed after the approval (6)", async () => {
    const workspace = approved.copy();
    workspace.declare(aTenantFile(promotion("Directeur")));
    await expectRefused(workspace, apply, { code: "other-digest" });
  });

  it("refuses to apply a second plan on the approval of the first (7)", async () => {
    const workspace = approved.copy();
    workspace.declare(aTenantFile(promotion("Directeur")));
    await workspace.succeed(["plan", "example"]);
    await expectRefused(workspace, apply, { code: "other-digest" });
  });

  it("refuses to apply an old plan again, also when the state is put back to how it was (8)", async () => {
    const workspace = approved.copy();
    await writeState(workspace, await readState(first));
    workspace.declare(aTenantFile());
    await expectRefused(workspace, apply, { code: "consumed" });
  });

  it("refuses to take no plan and no approval for success (9)", async () => {
    const workspace = TestWorkspace.create();
    await workspace.succeed(["validate", "example"]);
    const outcome = await workspace.run(apply);
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "no-approval" });
    expect(workspace.written()).toMatchObject({ services: "none", record: "none" });
  });

  it("refuses the plan of another version of the program, although the file is the same (10)", async () => {
    const version = `"version": "${toolVersion()}"`;
    const program = aChangedProgram({ "package.json": [[version, `"version": "99.0.0"`]] });
    await expectRefused(approved.copy(), apply, { code: "other-digest", program });
  });

  it("refuses when the state moved since the approval (11)", async () => {
    const workspace = approved.copy();
    await editState(workspace, (resources) => {
      const user = resources.find(({ urn }) => urn.endsWith("carla.smit@example.com"));
      if (user?.inputs === undefined) throw new Error("Carla is not in the state");
      user.inputs.department = "Directie";
    });
    await expectRefused(workspace, apply, { code: "other-digest" });
  });

  it("refuses a value that nobody knows before apply (12)", async () => {
    const isKnown = "Promise.resolve(!pulumi.runtime.isDryRun())";
    const value = `new pulumi.Output(new Set(), Promise.resolve("Directie"), ${isKnown},
      Promise.resolve(false), Promise.resolve(new Set()))`;
    const program = aChangedProgram(withProperties(`{ department: ${value} }`));
    await expectRefused(approved.copy(), ["plan", "example"], { code: "unknown-value", program });
  });

  it("refuses what a program does differently in the update than in the preview (13)", async () => {
    const workspace = approved.copy();
    const program = aChangedProgram(
      withProperties(`pulumi.runtime.isDryRun() ? {} : { department: "Directie" }`),
    );
    const before = workspace.written();
    const outcome = await workspace.run(apply, { program });
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "apply-failed" });
    expect(workspace.written().services).toBe(before.services);
    expect(workspace.written().record).not.toBe(before.record);
  });

  it.each(["deletedWith: this", "retainOnDelete: true", "hideDiffs: ['jobTitle']"])(
    "refuses an option that was added after the approval, which Pulumi's own plan does not hold (14): %s",
    async (option) => {
      const program = aChangedProgram(withOptions(`{ ${option} }`));
      await expectRefused(approved.copy(), apply, { code: "other-digest", program });
    },
  );

  it("refuses an option that hides the differences of tomorrow on an object that does not change (14)", async () => {
    const ignored = `{ ignoreChanges: ["password", "forcePasswordChange", "accountEnabled"] }`;
    const program = aChangedProgram(
      withOptions(`person.displayName.startsWith("Carla") ? ${ignored} : {}`),
    );
    await expectRefused(approved.copy(), apply, { code: "other-digest", program });
  });

  it.each([
    "replaceOnChanges: ['jobTitle']",
    "pluginDownloadURL: 'https://plugins.example'",
    "version: '1.0.0'",
  ])("refuses an option that a plan cannot show (14): %s", async (option) => {
    const program = aChangedProgram(withOptions(`{ ${option} }`));
    await expectRefused(approved.copy(), ["plan", "example"], {
      code: "option-not-covered",
      program,
    });
  });

  it("refuses options that a program declares only in the update (14)", async () => {
    const workspace = approved.copy();
    const program = aChangedProgram(
      withOptions(`pulumi.runtime.isDryRun() ? {} : { deletedWith: this }`),
    );
    const before = workspace.written();
    const outcome = await workspace.run(apply, { program });
    expect(outcome).toMatchObject({ exitCode: 2, refusal: "apply-failed" });
    expect(workspace.written().services).toBe(before.services);
  });

  it("refuses policies that were changed after the approval, whatever they remedy (15)", async () => {
    const program = aChangedProgram(
      withRemediation(`(type, props) =>
        type === "azuread:index/user:User" ? { ...props, jobTitle: "Directeur" } : undefined`),
    );
    await expectRefused(approved.copy(), apply, { code: "policy-pack-foreign", program });
  });

  it("refuses to apply a part of the plan (16)", async () => {
    const target = "urn:pulumi:example::tenantry::tenantry:index:Backup::example-backup";
    await expectRefused(approved, [...apply, "--target", target], { code: "invalid-usage" });
  });

  it("refuses properties whose names Pulumi's plans pass over (17)", async () => {
    const program = aChangedProgram({
      "dist/provider/kit/pulumi-class.js": [["...args }", `...args, _hidden: "value" }`]],
    });
    const refused = await expectRefused(approved.copy(), apply, {
      code: "preview-failed",
      program,
    });
    expect(refused.stdout).toContain("_hidden");
  });

  it("refuses when an object was taken out of the state by hand, or put into it (18)", async () => {
    const workspace = approved.copy();
    await editState(workspace, (resources) => {
      const at = resources.findIndex(({ urn }) => urn.endsWith("carla.smit@example.com"));
      resources.splice(at, 1);
    });
    await expectRefused(workspace, apply, { code: "other-digest" });
  });
});

const toolVersion = (): string =>
  (
    JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
      version: string;
    }
  ).version;
