/** docs/recovery.md as it is written there: what is backed up comes back, and what opens it is shown to open it. */
import { readFileSync, rmSync } from "node:fs";
import { expect, it } from "vitest";
import { startPostgres } from "../state/support/postgres.ts";
import { anApprovedWorkspace, expectRefused, planAndApprove, promotion } from "./support/attack.ts";
import { as, TestServer } from "./support/server.ts";
import { aTenantFile } from "./support/workspace.ts";
import type { RunOptions, TestWorkspace } from "./support/workspace.ts";

const create = ["backup", "create", "kept.backup"];
const rehearse = ["backup", "rehearse", "kept.backup"];
const restore = ["backup", "restore", "kept.backup"];

async function applied(): Promise<TestWorkspace> {
  const workspace = await anApprovedWorkspace();
  await workspace.succeed(["apply", "example"]);
  return workspace;
}

/** What the holders keep. */
const withPassphrase = (workspace: TestWorkspace): RunOptions => ({
  env: { PULUMI_CONFIG_PASSPHRASE: readFileSync(workspace.data("passphrase"), "utf8") },
});

function loseState(workspace: TestWorkspace): void {
  for (const name of ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "stack-keys"]) {
    rmSync(workspace.data(name), { recursive: true, force: true });
  }
}

it("a lost state comes back, whole and verified, and the next plan changes nothing", async () => {
  const workspace = await applied();
  await workspace.succeed(create);
  const before = workspace.written();
  loseState(workspace);
  const restored = await workspace.succeed(restore);
  expect(restored.json.tenants).toEqual([{ stack: "example", entries: 4, hasState: true }]);
  expect(workspace.written()).toEqual(before);
  expect((await workspace.succeed(["log", "example", "--verify"])).json.entries).toBe(4);
  expect((await workspace.run(["plan", "example", "--exit-code"])).exitCode).toBe(0);
  expect((await workspace.succeed(["status", "example"])).json.drift).toEqual([]);
  // What is there already is not made again, nor overwritten.
  await expectRefused(workspace, create, { code: "file-unusable" });
});

it("a backup that is older than what is here, or was seen here, is refused", async () => {
  const workspace = await applied();
  await workspace.succeed(create);
  workspace.declare(aTenantFile(promotion("Vennoot")));
  await planAndApprove(workspace);
  await expectRefused(workspace, restore, { code: "backup-older" });
  loseState(workspace);
  const refused = await expectRefused(workspace, restore, { code: "backup-older" });
  expect(JSON.stringify(refused.json.error)).toContain("Entry 5 was seen before");
  // The way back that the document names, when there is no newer backup.
  rmSync(workspace.data("known-heads", "example.json"));
  await workspace.succeed(restore);
  expect((await workspace.succeed(["log", "example", "--verify"])).json.entries).toBe(4);
});

it("a rehearsal opens the state with the passphrase that is kept, and changes nothing", async () => {
  const workspace = await applied();
  await workspace.succeed(create);
  await expectRefused(workspace, rehearse, { code: "wrong-passphrase" });
  const kept = withPassphrase(workspace);
  const before = workspace.written();
  const { json } = await workspace.succeed(rehearse, kept);
  expect(json.tenants).toEqual([{ stack: "example", entries: 4, hasState: true }]);
  expect(json.holders).toHaveLength(2);
  expect(workspace.written()).toEqual(before);
  const told: unknown = JSON.parse(readFileSync(workspace.data("rehearsal.json"), "utf8"));
  expect(told).toEqual({ holders: json.holders, last: { [String(json.by)]: json.at } });
  rmSync(workspace.data("keys"), { recursive: true });
  await expectRefused(workspace, rehearse, { code: "record-broken", ...kept });
});

it("a workspace moves to a server on Postgres, and the server's backups are rehearsed in it and come back", async () => {
  const workspace = await applied();
  await workspace.succeed(create);
  const postgres = await startPostgres();
  try {
    const [database, other] = [await postgres.database(), await postgres.database()];
    const on = (place: string): RunOptions => ({ env: { DATABASE_URL: place } });
    const words = (action: string, file: string): string[] => {
      return ["backup", action, file, "--database", "$DATABASE_URL"];
    };
    const { env } = withPassphrase(workspace);
    const reaching = { env: { ...as("apply").env, ...env } };
    await workspace.succeed(words("restore", "kept.backup"), on(database));
    rmSync(workspace.data("state.sqlite"));
    using server = new TestServer(database);
    await server.start();
    workspace.write("tenantry.yaml", `server: ${server.url}\n`);
    expect((await workspace.succeed(["log", "example", "--verify"], reaching)).json.entries).toBe(
      4,
    );
    const unchanged = await workspace.run(["plan", "example", "--exit-code"], reaching);
    expect(unchanged.exitCode, unchanged.stderr).toBe(0);

    workspace.declare(aTenantFile(promotion("Vennoot")));
    for (const command of ["plan", "approve", "apply"]) {
      await workspace.succeed([command, "example"], reaching);
    }
    await expectRefused(workspace, words("restore", "kept.backup"), {
      ...on(database),
      code: "backup-older",
    });
    await workspace.succeed(words("create", "server.backup"), on(database));
    const { json } = await workspace.succeed(["backup", "rehearse", "server.backup"], reaching);
    expect(json.tenants).toEqual([{ stack: "example", entries: 7, hasState: true }]);

    await workspace.succeed(words("restore", "server.backup"), on(other));
    using standIn = new TestServer(other);
    await standIn.start();
    workspace.write("tenantry.yaml", `server: ${standIn.url}\n`);
    expect((await workspace.succeed(["log", "example", "--verify"], reaching)).json.entries).toBe(
      7,
    );
    expect((await workspace.run(["plan", "example", "--exit-code"], reaching)).exitCode).toBe(0);
  } finally {
    await postgres.close();
  }
}, 300_000);

it("what lies elsewhere is backed up there", async () => {
  const workspace = await anApprovedWorkspace();
  workspace.write("tenantry.yaml", "state: file\n");
  for (const words of [create, rehearse, restore]) {
    await expectRefused(workspace, words, { code: "backup-elsewhere" });
  }
});
