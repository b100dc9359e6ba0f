/** What GitHub is told: real clones and operations, the real client, and a stand-in that knows GitHub's own schema. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishApply, publishChange, publishDrift } from "../../cli/ci-publish.ts";
import { applyReport, changeReport } from "../../cli/output/ci-report.ts";
import { applyMerged } from "../../operations/ci/apply-merged.ts";
import { planChange } from "../../operations/ci/plan-change.ts";
import type { Issues, Platform } from "../../operations/ci/platform.ts";
import { gitHubPlatform } from "../../operations/local/github.ts";
import { watchTenants } from "../../operations/watch.ts";
import { aRepository, having } from "../operations/ci/repository.ts";
import type { Repository } from "../operations/ci/repository.ts";
import { aWorld, STACK } from "../operations/support.ts";
import { BOT, gitHubStandIn } from "../support/github.ts";
import type { GitHubStandIn } from "../support/github.ts";

const FILE = `stacks/${STACK}/tenant.yaml`;
const { signal } = new AbortController();
let github: GitHubStandIn;
let platform: Platform;

beforeEach(async () => {
  github = await gitHubStandIn();
  const { root } = aWorld().context.workspace;
  const event = join(root, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
  platform = await gitHubPlatform({ ...github.environment, GITHUB_EVENT_PATH: event }, signal);
});

afterEach(async () => {
  await platform.close();
  await github[Symbol.asyncDispose]();
});

async function plan({ context }: Repository, head: string) {
  const change = await planChange(context, { base: "main", head });
  await publishChange(platform, changeReport(change), head);
  return change;
}

const issuesOf = ({ issues }: Platform): Issues => {
  if (issues === undefined) throw new Error("GitHub has issues");
  return issues;
};

const checks = (): string[] => github.checks.map(({ name, conclusion }) => `${name} ${conclusion}`);

describe("a pull request", () => {
  it("gets one comment, kept up to date, and a check for itself and for each tenant", async () => {
    const repository = aRepository();
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    const { tenants } = await plan(repository, head);
    const digest = tenants[0]?.planned?.digest ?? "";
    expect(checks()).toEqual(["tenantry success", `tenantry/${STACK} neutral`]);
    expect(github.comments).toMatchObject([{ issue: 7, login: BOT }]);
    expect(github.comments[0]?.body).toContain("waiting for approval; 2 created");
    expect(github.comments[0]?.body).toContain(`tenantry approve ${STACK} --digest ${digest}`);

    const written = github.requests.filter((line) => line.startsWith("PATCH"));
    await plan(repository, head);
    // Nothing new to say.
    expect(github.requests.filter((line) => line.startsWith("PATCH"))).toEqual(written);
    await repository.approve(digest);
    await plan(repository, head);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain("✅ approved");
    expect(checks().at(-1)).toBe(`tenantry/${STACK} success`);
  });

  it("gets the check with the fixed name where no tenant is touched (39)", async () => {
    const repository = aRepository();
    await plan(repository, repository.propose("text", { files: { "README.md": "Hello" } }));
    expect(checks()).toEqual(["tenantry success"]);
    expect(github.checks[0]?.output.title).toBe("No tenant is touched.");
  });

  it("with a wrong file is told at which line, and fails", async () => {
    const repository = aRepository();
    const wrong = having("anna").replace("version: 1", "version: 7");
    const head = repository.propose("wrong", { files: { [FILE]: wrong } });
    await plan(repository, head);
    expect(checks()).toEqual(["tenantry failure", `tenantry/${STACK} failure`]);
    const line = wrong.split("\n").indexOf("version: 7") + 1;
    expect(github.checks[1]?.output.annotations).toMatchObject([
      { path: FILE, start_line: line, end_line: line, annotation_level: "failure" },
    ]);
  });

  it("never has a comment of somebody else changed, whatever that starts with", async () => {
    const repository = aRepository();
    const forged = "<!-- tenantry:change -->\n### Approved by everybody";
    github.comments.push({ id: 1, issue: 7, login: "mallory", body: forged });
    for (let id = 2; id < 150; id++) {
      github.comments.push({ id, issue: 7, login: "somebody", body: "Talk" });
    }
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    await plan(repository, head);
    await plan(repository, head);
    expect(github.comments[0]?.body).toBe(forged);
    expect(github.comments.filter(({ login }) => login === BOT)).toHaveLength(1);
  });

  it("shows text of a tenant file as text: no markup, no mention, no end of the mark", async () => {
    const repository = aRepository();
    const name = "@everyone <img src=x> --> [x](https://evil.example)";
    const head = repository.propose("one", {
      files: { [FILE]: having(name.replaceAll(" ", "_")) },
    });
    await plan(repository, head);
    const { body = "" } = github.comments[0] ?? {};
    expect(body).not.toMatch(/@everyone|<img|(?<!\\)\]\(/);
  });
});

describe("an apply", () => {
  it("is told to the pull request that brought it, and to the one that it holds", async () => {
    const repository = aRepository();
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    await plan(repository, head);
    const first = repository.merge("one");
    const next = repository.propose("two", { files: { [FILE]: having("anna", "bram", "carla") } });
    const { tenants } = await plan(repository, next);
    const digest = tenants[0]?.planned?.digest ?? "";
    await repository.approve(digest);
    const second = repository.merge("two");
    github.pulls.set(first, [7]).set(second, [8]);
    const applied = await applyMerged(repository.context, { base: "main", tenants: [] });
    await publishApply(platform, applyReport(applied), applied);
    expect(github.comments.map(({ issue }) => issue).sort()).toEqual([7, 8]);
    for (const { body } of github.comments) {
      expect(body).toContain(`applied \`${digest}\` of ${second}, which holds ${first}`);
    }
    expect(checks().slice(-2)).toEqual(["tenantry success", `tenantry/${STACK} success`]);
  });
});

describe("drift", () => {
  const watch = async (world: ReturnType<typeof aWorld>) => {
    const watched = await watchTenants(world.context, { tenant: undefined, look: true });
    await publishDrift(issuesOf(platform), watched);
  };

  it("opens one issue for a tenant, says which objects, and closes it when it is gone", async () => {
    const world = aWorld();
    await watch(world);
    expect(github.issues).toEqual([]);
    const found = {
      ...{ urn: "urn:pulumi:x::tenantry::azuread:index/user:User::anna@contoso.com" },
      ...{ type: "azuread:index/user:User", section: "users", name: "Anna", kind: "changed" },
      properties: [
        { path: "jobTitle", kind: "changed", before: "A", after: "Secret", secret: false },
      ],
      description: { nl: "x", en: "x" },
    } as const;
    world.readBack = { ...world.readBack, drift: [found as never] };
    await watch(world);
    await watch(world);
    expect(github.issues).toMatchObject([
      { title: `${STACK} differs from its file`, state: "open" },
    ]);
    expect(github.issues[0]?.body).toMatch(/^- Anna: jobTitle \(known since the look of /m);
    expect(github.issues[0]?.body).not.toContain("Secret");
    expect(github.requests.filter((line) => line.startsWith("PATCH"))).toEqual([]);
    world.readBack = { ...world.readBack, drift: [] };
    await watch(world);
    expect(github.issues).toMatchObject([{ state: "closed" }]);
    await watch(world);
    expect(github.issues).toHaveLength(1);
  });

  it("is not over because nobody could look", async () => {
    const world = aWorld();
    world.readBack = { ...world.readBack, drift: [] };
    const context = world.with({ openSession: () => Promise.reject(new RangeError("bug")) });
    await expect(watchTenants(context, { tenant: undefined, look: true })).rejects.toThrow("bug");
    const failure = { code: "no-credential", message: "No", hint: "x", remedy: {}, details: [] };
    const unseen = { lastLook: undefined, isOverdue: true, hasFolder: true, status: undefined };
    await publishDrift(issuesOf(platform), [{ stack: STACK, ...unseen, failure }]);
    expect(github.issues).toMatchObject([
      { state: "open", title: `${STACK} needs to be looked at` },
    ]);
  });
});

describe("GitHub", () => {
  it("is asked again after a limit, and a comment is not written twice", async () => {
    github.failures.push({ status: 429, headers: { "retry-after": "0" } }, { status: 502 });
    await platform.comment(7, "Hello");
    expect(github.comments).toHaveLength(1);
    github.failures.push({ status: 502 });
    await expect(platform.check(aCheck)).rejects.toMatchObject({ code: "platform-refused" });
    expect(github.checks).toEqual([]);
  });

  it("that refuses is named with the operation, and never with the token", async () => {
    github.failures.push({ status: 403 });
    const refused = platform.check(aCheck);
    await expect(refused).rejects.toMatchObject({
      code: "platform-refused",
      message: "GitHub did not take POST /repos/acme-it/tenants/check-runs: 403.",
    });
    const error = (await refused.catch((caught: unknown) => caught)) as Error;
    expect(JSON.stringify([error.stack, error.cause])).not.toContain(
      github.environment.GITHUB_TOKEN,
    );
    await expect(platform.check(aCheck)).resolves.toBeUndefined();
  });

  it("is none without a token, and none over a connection that others can read", async () => {
    const { GITHUB_TOKEN: token, ...rest } = github.environment;
    await expect(gitHubPlatform(rest, signal)).rejects.toMatchObject({ code: "no-platform" });
    const open = { ...github.environment, GITHUB_API_URL: "http://github.example" };
    await expect(gitHubPlatform(open, signal)).rejects.toMatchObject({ code: "no-platform" });
    const whole = { ...rest, GITHUB_TOKEN: token ?? "" };
    await (await gitHubPlatform(whole, signal)).close();
  });
});

const aCheck = {
  ...{ name: "tenantry", head: "f".repeat(40), title: "x", summary: "x", annotations: [] },
  conclusion: "success",
} as const;
