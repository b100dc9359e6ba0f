/** Working copies that share nothing but a server: planned in one, approved in another, applied in a third. */
import { once } from "node:events";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backUpDatabase } from "../../state/index.ts";
import { as, TestServer } from "./support/server.ts";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";

const server = new TestServer();
const { database } = server;

beforeAll(async () => {
  await server.start();
}, 60_000);

afterAll(() => {
  server[Symbol.dispose]();
});

/** A working copy of the same repository. */
function workingCopy(stack = "example"): TestWorkspace {
  const workspace = TestWorkspace.create({ [stack]: aTenantFile() });
  workspace.write("tenantry.yaml", `server: ${server.url}\n`);
  server.share(workspace.data());
  return workspace;
}

const older = join(server.folder, "older.sqlite");

it("is planned in one working copy, and approved and applied in others, each with no more than its right", async () => {
  const [planning, approving, applying] = [workingCopy(), workingCopy(), workingCopy()];
  const { TENANTRY_SERVER_TOKEN } = as("plan").env;
  const open = await planning.run(["plan", "example"], { env: { TENANTRY_SERVER_TOKEN } });
  expect(open).toMatchObject({ exitCode: 2, refusal: "no-credential" });
  const planned = await planning.succeed(["plan", "example"], as("plan"));
  const refused = { exitCode: 2, refusal: "server-refused" };
  expect(await planning.run(["plan", "example"], as("read"))).toMatchObject(refused);
  expect(await planning.run(["approve", "example"], as("plan"))).toMatchObject(refused);

  await approving.succeed(["approve", "example"], as("decide"));
  await backUpDatabase(database, older);
  expect(await applying.run(["apply", "example"], as("decide"))).toMatchObject(refused);
  const applied = await applying.succeed(["apply", "example"], as("apply"));
  expect(applied.json.digest).toBe(planned.json.digest);

  await planning.succeed(["log", "example", "--verify"], as("read"));
  const again = await planning.run(["plan", "example", "--exit-code"], as("plan"));
  expect(again.exitCode, again.stdout + again.stderr).toBe(0);
  for (const workspace of [planning, approving, applying]) {
    expect(existsSync(workspace.data("state.sqlite"))).toBe(false);
  }
}, 300_000);

it("of which the kept plan was exchanged on the server is not approved", async () => {
  const workspace = workingCopy("exchanged");
  await workspace.succeed(["plan", "exchanged"], as("plan"));
  const direct = new DatabaseSync(database);
  const [row] = direct
    .prepare("SELECT key, value FROM record_values WHERE key LIKE 'exchanged/plans/%'")
    .all();
  const other = Buffer.from(row?.value as Uint8Array)
    .toString()
    .replaceAll("Anna", "Eric");
  direct
    .prepare("UPDATE record_values SET value = ? WHERE key = ?")
    .run(Buffer.from(other), String(row?.key));
  direct.close();
  const refused = await workspace.run(["approve", "exchanged"], as("decide"));
  expect(refused).toMatchObject({ exitCode: 2, refusal: "plan-damaged" });
}, 120_000);

it("on a server that was put back to an older day is refused where the newer one was seen", async () => {
  const workspace = workingCopy();
  await workspace.succeed(["log", "example", "--verify"], as("read"));
  const { process: running } = server;
  if (running === undefined) throw new Error("There is no server");
  const stopped = once(running, "exit");
  running.kill("SIGTERM");
  expect(await stopped).toEqual([0, null]);
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${database}${ending}`, { force: true });
  cpSync(older, database);
  await server.start();
  workspace.write("tenantry.yaml", `server: ${server.url}\n`);
  for (const command of [
    ["log", "example", "--verify"],
    ["apply", "example"],
  ]) {
    const refused = await workspace.run(command, as("apply"));
    expect(refused, command[0]).toMatchObject({ exitCode: 2, refusal: "record-broken" });
  }
}, 120_000);
