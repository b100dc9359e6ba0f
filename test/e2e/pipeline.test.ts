/**
 * The whole story of a change on real parts: a bare remote, a branch, its plan, the customer's yes, the merge, and the
 * apply in another working copy, which reaches state and record only through the server.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { gitHubStandIn } from "../support/github.ts";
import { startPostgres } from "../state/support/postgres.ts";
import { promotion } from "./support/attack.ts";
import { frontOf } from "./support/front.ts";
import { as, TestServer } from "./support/server.ts";
import { aTenantFile, runText, temporaryFolder } from "./support/workspace.ts";
import type { RunOptions, TextOutcome } from "./support/workspace.ts";

const FILE = join("stacks", "example", "tenant.yaml");
const PROMOTED = aTenantFile(promotion("Vennoot"));

function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const who = ["-c", "user.name=Ines", "-c", "user.email=ines@beheer.example"];
  return execFileSync("git", ["-C", folder, ...who, ...args], { env, encoding: "utf8" }).trim();
}

interface Json {
  readonly tenants: readonly {
    readonly tenant: string;
    readonly outcome: string;
    readonly digest?: string;
    readonly applied: readonly { readonly commit: string; readonly digest: string }[];
    readonly failure?: { readonly code: string };
  }[];
}

async function run(folder: string, words: string, options: RunOptions = {}) {
  const outcome = await runText(folder, [...words.split(" "), "--json"], options);
  return { ...outcome, json: parsed(outcome) };
}

function parsed({ stdout, stderr }: TextOutcome): Json {
  try {
    return JSON.parse(stdout) as Json;
  } catch (cause) {
    throw new Error(`Not JSON: ${stdout}${stderr}`, { cause });
  }
}

/** Another clone of the remote, at the newest of main. */
function workingCopy(remote: string, server: TestServer): string {
  const folder = temporaryFolder();
  git(folder, "clone", "--quiet", remote, ".");
  server.share(join(folder, ".tenantry"));
  return folder;
}

it("goes from a branch to the customer's tenant, on runners that share nothing but a server", async () => {
  using server = new TestServer();
  await server.start();
  await story(server, server.url);
});

it("goes on with another server of the same database when one dies while it is applied", async () => {
  const postgres = await startPostgres();
  const database = await postgres.database();
  try {
    using dying = new TestServer(database);
    using other = new TestServer(database);
    await dying.start();
    await other.start();
    await using front = await frontOf([dying.url, other.url]);
    let sinceDeath: string[] | undefined;
    await story(dying, front.url, () => {
      front.onRequest = (path) => {
        sinceDeath?.push(path);
        if (path !== WRITE || sinceDeath !== undefined) return;
        sinceDeath = [];
        // Whether it was written or not: its answer is lost, and the apply is in the middle of its writes.
        dying.process?.kill("SIGKILL");
      };
    });
    expect(sinceDeath).toContain(WRITE);
    expect(front.answered.get(other.url)).toBeGreaterThan(0);
  } finally {
    await postgres.close();
  }
});

/** The engine's changes to the state; only an apply has them. */
const WRITE = "/v1/work/appendJournal";

/** @param beforeApply just before the merged change is applied */
async function story(
  server: TestServer,
  url: string,
  beforeApply: () => void = () => undefined,
): Promise<void> {
  const around = temporaryFolder();
  const remote = join(around, "remote.git");
  git(around, "init", "--quiet", "--bare", "--initial-branch=main", remote);
  const engineer = temporaryFolder();
  git(engineer, "clone", "--quiet", remote, ".");
  const push = (content: string, branch: string): string => {
    mkdirSync(dirname(join(engineer, FILE)), { recursive: true });
    writeFileSync(join(engineer, FILE), content);
    git(engineer, "add", "--all");
    git(engineer, "commit", "--quiet", "--message", branch);
    git(engineer, "push", "--quiet", "origin", `HEAD:${branch}`);
    return git(engineer, "rev-parse", "HEAD");
  };

  // A repository with one tenant, applied.
  writeFileSync(join(engineer, "tenantry.yaml"), `server: ${url}\n`);
  push(aTenantFile(), "main");
  const planner = workingCopy(remote, server);
  expect((await run(planner, "plan example --new", as("plan"))).exitCode).toBe(0);
  expect((await run(planner, "approve example", as("decide"))).exitCode).toBe(0);
  const first = await run(planner, "ci apply --base main", as("apply"));
  expect(first).toMatchObject({ exitCode: 0, json: { tenants: [{ outcome: "applied" }] } });

  // A pull request: its file is planned by what is merged, and nothing of it is checked out.
  const head = push(PROMOTED, "promote");
  git(planner, "fetch", "--quiet", "origin");
  await using github = await gitHubStandIn();
  const eventFile = join(around, "event.json");
  writeFileSync(eventFile, JSON.stringify({ pull_request: { number: 7 } }));
  const event = {
    env: { ...as("plan").env, ...github.environment, GITHUB_EVENT_PATH: eventFile },
  };
  const planned = await run(planner, `ci plan --base main --head ${head} --publish`, event);
  expect(planned.exitCode, planned.stderr).toBe(0);
  const [plan] = planned.json.tenants;
  expect(plan).toMatchObject({ tenant: "example", outcome: "waiting" });
  expect(github.checks).toMatchObject([
    { name: "tenantry", head_sha: head, conclusion: "success" },
    { name: "tenantry/example", head_sha: head, conclusion: "neutral" },
  ]);
  expect(github.comments).toMatchObject([{ issue: 7 }]);
  expect(github.comments[0]?.body).toMatch(/example .* waiting for approval; 1 changed/);
  expect(github.comments[0]?.body).toContain("Bram Visser");
  writeFileSync(join(around, "plan.json"), planned.stdout);
  const wait = `ci wait --result ${join(around, "plan.json")}`;
  expect((await run(planner, wait, as("read"))).exitCode).toBe(5);

  // Merged before anybody agreed: another runner says that it waits, and writes nothing.
  git(engineer, "push", "--quiet", "origin", `${head}:main`);
  const applier = workingCopy(remote, server);
  rmSync(planner, { recursive: true });
  const early = await run(applier, "ci apply --base main", as("apply"));
  expect(early).toMatchObject({
    exitCode: 5,
    json: { tenants: [{ outcome: "waiting", failure: { code: "no-approval" } }] },
  });

  const approve = `approve example --digest ${plan?.digest ?? ""}`;
  expect((await run(applier, approve, as("decide"))).exitCode).toBe(0);
  expect((await run(applier, wait, as("read"))).exitCode).toBe(0);
  github.pulls.set(head, [7]);
  beforeApply();
  // A push: no pull request is in its event, and its commit leads to it.
  const applied = await run(applier, "ci apply --base main --publish", {
    env: { ...as("apply").env, ...github.environment },
  });
  expect(applied, applied.stderr).toMatchObject({
    exitCode: 0,
    json: {
      tenants: [{ outcome: "applied", applied: [{ commit: head, digest: plan?.digest }] }],
    },
  });
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toContain(`applied \`${plan?.digest ?? ""}\` of ${head}`);
  expect(github.checks.slice(2)).toMatchObject([
    { name: "tenantry", conclusion: "success" },
    { name: "tenantry/example", head_sha: head, conclusion: "success" },
  ]);
  const again = await run(applier, "ci apply --base main", as("apply"));
  expect(again).toMatchObject({ exitCode: 0, json: { tenants: [{ outcome: "unchanged" }] } });

  // The record names the commit, and holds.
  const log = await runText(applier, ["log", "example", "--verify"], as("read"));
  expect(log.exitCode, log.stderr).toBe(0);
  const shown = await runText(applier, ["log", "example", "--json"], as("read"));
  expect(shown.stdout).toContain(head);
  expect(existsSync(join(applier, ".tenantry", "state.sqlite"))).toBe(false);
}
