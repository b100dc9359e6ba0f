/**
 * The pipelines that `tenantry init` writes: who may do what in them, and their scripts run in real clones, with npm and npx
 * that only note what they were called for.
 */
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { aRepository, gitAt, having } from "./ci/repository.ts";
import { STACK } from "./support.ts";

const run = promisify(execFile);
const template = (name: string): string =>
  readFileSync(new URL(`../../operations/repository/${name}.yaml`, import.meta.url), "utf8");

interface Step {
  readonly run?: string;
  readonly bash?: string;
  readonly uses?: string;
  readonly checkout?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly job?: string;
  readonly deployment?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
  readonly script?: readonly string[];
  readonly strategy?: {
    readonly runOnce: { readonly deploy: { readonly steps: readonly Step[] } };
  };
}

const gitHub = parse(template("github")) as {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<"plan" | "apply" | "drift", Job>>;
};
const gitLab = parse(template("gitlab")) as Readonly<Record<"plan" | "apply" | "drift", Job>>;
const azure = parse(template("azure")) as { readonly jobs: readonly Job[] };

const scriptOf = ({ steps = [], script, strategy }: Job): string =>
  [
    ...(script ?? []),
    ...[...steps, ...(strategy?.runOnce.deploy.steps ?? [])].flatMap(
      (step) => step.run ?? step.bash ?? [],
    ),
  ].join("\n");

describe("GitHub's pipeline", () => {
  it("runs main's program on a pull request, with no secret, and never checks the branch out", () => {
    expect(Object.keys(gitHub.on)).not.toContain("pull_request");
    const { plan } = gitHub.jobs;
    expect(plan.environment).toBeUndefined();
    expect(JSON.stringify(plan)).not.toContain("secrets.");
    expect(plan.permissions).toEqual({
      contents: "read",
      checks: "write",
      "pull-requests": "write",
    });
    const [checkout] = plan.steps ?? [];
    expect(checkout?.with?.ref).toBe("${{ github.event.pull_request.base.ref }}");
    expect(scriptOf(plan)).not.toMatch(/git (checkout|switch|merge|pull|restore)|\$\{\{/);
  });

  it("names each action by its commit, and gives a job what it needs and no more", () => {
    const uses = Object.values(gitHub.jobs).flatMap(({ steps = [] }) =>
      steps.flatMap((step) => step.uses ?? []),
    );
    expect(uses.length).toBeGreaterThan(2);
    for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
    expect(gitHub.permissions).toEqual({});
    const { apply, drift } = gitHub.jobs;
    expect([apply.environment, drift.environment]).toEqual(["tenants", "tenants"]);
    expect(drift.permissions).toEqual({ contents: "read", issues: "write" });
    expect(apply.concurrency).toEqual({ group: "tenantry-apply", "cancel-in-progress": false });
  });

  it("puts nothing of a pull request into a script as text", () => {
    for (const job of Object.values(gitHub.jobs)) expect(scriptOf(job)).not.toContain("${{");
  });
});

describe.each([
  ["GitHub", gitHub.jobs.plan, gitHub.jobs.apply],
  ["GitLab", gitLab.plan, gitLab.apply],
  ["Azure DevOps", azure.jobs[0], azure.jobs[1]],
])("the scripts for %s", (platform, plan, apply) => {
  it("plan the head by what is merged", async () => {
    const { called, head, main } = await ran(plan);
    const publish = platform === "GitHub" ? " --publish" : "";
    expect(called).toEqual([
      `${main} npm ci`,
      `${main} npm run setup`,
      `${main} npx tenantry ci plan --base main --head ${head}${publish}`,
    ]);
  });

  it("apply, with heads of the record that come before and go after", async () => {
    const { called, main, remoteRefs } = await ran(apply);
    expect(called.at(-1)).toBe(
      `${main} npx tenantry ci apply --base main${platform === "GitHub" ? " --publish" : ""}`,
    );
    if (platform === "GitLab") return;
    expect(remoteRefs).toContain("refs/tenantry/heads/contoso");
  });
});

it.each([
  [0, true],
  [5, true],
  [2, false],
  [6, false],
])("what an apply ends with decides the job: %i is well: %s", async (code, isWell) => {
  const ending = ran(gitHub.jobs.apply, code).then(
    () => true,
    () => false,
  );
  expect(await ending).toBe(isWell);
});

it("GitHub's apply has a fresh token of the run where there is no certificate", async () => {
  let given = 0;
  const server = createServer((request, response) => {
    const isMeant =
      request.headers.authorization === "bearer run-token" &&
      request.url === "/?x=1&audience=api://AzureADTokenExchange";
    response.writeHead(isMeant ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify({ value: `assertion-${++given}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { called } = await ran(gitHub.jobs.apply, 0, {
    AZURE_CLIENT_CERTIFICATE_PATH: "",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "run-token",
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/?x=1`,
  });
  server.close();
  expect(called.at(-1)).toMatch(/ci apply .* \[assertion-1\]$/);
});

/** In a clone of which the branch is checked out, as the platforms leave it at the start of a job. */
async function ran(job: Job | undefined, code = 0, more: Readonly<Record<string, string>> = {}) {
  const repository = aRepository();
  const head = repository.propose("change", {
    files: { [`stacks/${STACK}/tenant.yaml`]: having("anna", "bram") },
  });
  const { root } = repository;
  const isApply = scriptOf(job ?? {}).includes("ci apply");
  const isChecked = isApply || job === gitHub.jobs.plan;
  gitAt(root, "checkout", "--quiet", "--force", "--detach", isChecked ? "origin/main" : head);
  gitAt(root, "push", "--quiet", "origin", `${head}:refs/pull/7/head`);
  gitAt(root, "update-ref", "refs/tenantry/heads/contoso", "HEAD");
  const bin = mkdtempSync(join(tmpdir(), "tenantry-bin-"));
  const log = join(bin, "log");
  writeFileSync(log, "");
  for (const name of ["npm", "npx"]) {
    const token =
      '$([ -f "$AZURE_FEDERATED_TOKEN_FILE" ] && echo " [$(cat "$AZURE_FEDERATED_TOKEN_FILE")]")';
    const end = name === "npx" ? `exit ${code}` : "exit 0";
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\necho "$(git rev-parse HEAD) ${name} $*${token}" >> ${log}\n${end}\n`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  const event = {
    ...{ BASE: "main", HEAD: head, NUMBER: "7", RUNNER_TEMP: bin },
    ...{ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main", CI_COMMIT_SHA: head },
    ...{ CI_DEFAULT_BRANCH: "main", SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main" },
    ...{ SYSTEM_PULLREQUEST_SOURCECOMMITID: head, AZURE_CLIENT_CERTIFICATE_PATH: "cert.pem" },
    ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  };
  const path = `${bin}${delimiter}${process.env.PATH ?? ""}`;
  await run("bash", ["-e", "-o", "pipefail", "-c", scriptOf(job ?? {})], {
    cwd: root,
    env: { ...process.env, ...event, ...more, PATH: path },
  });
  const remote = gitAt(root, "remote", "get-url", "origin");
  return {
    head,
    main: gitAt(root, "rev-parse", "refs/remotes/origin/main"),
    called: readFileSync(log, "utf8").trim().split("\n"),
    remoteRefs: execFileSync("git", ["-C", remote, "for-each-ref", "--format=%(refname)"], {
      encoding: "utf8",
    }),
  };
}
