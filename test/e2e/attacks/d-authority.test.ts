/** Attacks D of docs/security.md: somebody decides who may not, or rules are passed by. */
import { chmodSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, it } from "vitest";
import { generateKey, writePrivateKey } from "../../../approval/keys.ts";
import { anApprovedWorkspace, expectRefused, planAndApprove } from "../support/attack.ts";
import type { TestWorkspace } from "../support/workspace.ts";
import { ANNA, aTenantFile, BRAM } from "../support/workspace.ts";

const MALLORY = { name: "Mallory", email: "mallory@example.com" };

/** Anna and Bram must both agree; Anna has. */
let approved: TestWorkspace;

beforeAll(async () => {
  approved = await anApprovedWorkspace(aTenantFile({ decisionMakers: [ANNA, BRAM], required: 2 }));
});

const apply = ["apply", "example"];

/** A key on this machine, for somebody who nobody registered. */
function giveKey(workspace: TestWorkspace, email: string): void {
  const path = keyFile(workspace, email);
  writeFileSync(path, writePrivateKey(generateKey()));
  chmodSync(path, 0o600);
}

const keyFile = (workspace: TestWorkspace, email: string): string =>
  workspace.data("keys", `${encodeURIComponent(email)}.key.pem`);

describe("authority", () => {
  it("refuses when fewer approved than are required (22, 24)", async () => {
    await expectRefused(approved, apply, { code: "required-not-met" });
  });

  it("refuses the word of somebody who is no decision maker (22)", async () => {
    const workspace = approved.copy();
    giveKey(workspace, MALLORY.email);
    await expectRefused(workspace, ["approve", "example", "--as", MALLORY.email], {
      code: "unknown-signer",
    });
  });

  it("refuses a new key under the address of a decision maker (22)", async () => {
    const workspace = approved.copy();
    giveKey(workspace, BRAM.email);
    await expectRefused(workspace, ["approve", "example", "--as", BRAM.email], {
      code: "unknown-signer",
    });
  });

  it("refuses the approval of who wrote the change (22)", async () => {
    const lone = await anApprovedWorkspace();
    await expectRefused(lone, [...apply, "--author", ANNA.email], { code: "own-change" });
  });

  it("refuses a plan that breaks a policy, whoever would approve it (23)", async () => {
    const workspace = approved.copy();
    workspace.declare(aTenantFile({ sections: { backup: undefined } }));
    await expectRefused(workspace, ["plan", "example"], { code: "policy-violated" });
    await expectRefused(workspace, apply, { code: "policy-violated" });
  });

  it("refuses a decision maker who is added in the same change (25)", async () => {
    const workspace = approved.copy();
    workspace.declare(aTenantFile({ decisionMakers: [MALLORY], required: 1 }));
    giveKey(workspace, MALLORY.email);
    await workspace.succeed(["plan", "example"]);
    await expectRefused(workspace, ["approve", "example", "--as", MALLORY.email], {
      code: "unknown-signer",
    });
    await workspace.succeed(["approve", "example", "--as", ANNA.email]);
    await expectRefused(workspace, apply, { code: "authority-would-be-lost" });
  });

  it("refuses a lower number of approvals that the same change asks for (25)", async () => {
    const workspace = approved.copy();
    workspace.declare(aTenantFile({ decisionMakers: [ANNA, BRAM], required: 1 }));
    await planAndApprove(workspace);
    await expectRefused(workspace, apply, { code: "required-not-met" });
  });

  it.each(["--force", "--yes", "--ignore-protect", "--skip-preview"])(
    "refuses a way past the approval: %s (26)",
    async (flag) => {
      await expectRefused(approved, [...apply, flag], { code: "invalid-usage" });
    },
  );

  it("refuses to take a look at the tenant for an approval: --refresh (26)", async () => {
    const workspace = approved.copy();
    // The first look makes the emulated tenant.
    await workspace.run(["status", "example"]);
    await expectRefused(workspace, [...apply, "--refresh"], { code: "required-not-met" });
  });

  it("refuses to call a tenant as declared that somebody changed directly (27)", async () => {
    const workspace = approved.copy();
    await workspace.succeed(["approve", "example", "--as", BRAM.email]);
    await workspace.succeed(apply);
    const database = new DatabaseSync(workspace.data("emulator", "state.sqlite"));
    const changed = database
      .prepare(
        `UPDATE objects SET json = replace(json, 'Carla Smit', 'Mallory') WHERE json LIKE '%Carla Smit%'`,
      )
      .run();
    database.close();
    expect(changed.changes).toBeGreaterThan(0);
    const { json } = await workspace.run(["status", "example"]);
    expect(json.drift).toMatchObject([
      { kind: "changed", properties: [{ path: "displayName", after: "Mallory" }] },
    ]);
  });

  it("refuses a change that loosens the rules by which it is judged (23)", async () => {
    const rules = (people: number) => ({
      approval: { decisionMakers: [ANNA], required: 1, limits: { people } },
    });
    const workspace = await anApprovedWorkspace(aTenantFile({ sections: rules(0) }));
    await workspace.succeed(apply);
    const remove = { user: "carla.smit@example.com", reason: "Leaves", data: "Kept for 90 days" };
    workspace.declare(
      aTenantFile({
        people: [{ name: "Anna Bakker" }, { name: "Bram Visser" }],
        sections: { ...rules(9), remove: [remove] },
      }),
    );
    await expectRefused(workspace, ["plan", "example"], { code: "too-many-removed" });
    await expectRefused(workspace, ["approve", "example"], { code: "too-many-removed" });
    // The change of rules by itself is a plan of its own, with a yes of its own.
    workspace.declare(aTenantFile({ sections: rules(9) }));
    const { json } = await workspace.succeed(["plan", "example"]);
    expect(json.plan).toMatchObject({
      changes: [],
      rules: { applied: { limits: { people: { most: 0 } } } },
    });
    await workspace.succeed(["approve", "example"]);
    expect((await workspace.succeed(apply)).json).toMatchObject({ changed: true });
  });

  it("refuses keys that others on the machine can read (22)", async () => {
    const workspace = approved.copy();
    chmodSync(keyFile(workspace, BRAM.email), 0o644);
    await expectRefused(workspace, ["approve", "example", "--as", BRAM.email], {
      code: "key-file-open",
    });
  });
});
