/** The scripts of the pipelines that `tenantry init` writes, run in real clones, with npm and npx that only note their call. */
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { aRepository, gitAt, having } from "./ci/repository.ts";
import { azure, gitHub, gitLab, scriptOf } from "./pipelines.ts";
import type { Job } from "./pipelines.ts";
import { STACK } from "./support.ts";

const run = promisify(execFile);
const QUEUED = "refs/heads/gh-readonly-queue/main/pr-7-abc";

describe.each([
  ["GitHub", gitHub.jobs.plan, gitHub.jobs.apply],
  ["GitLab", gitLab.plan, gitLab.apply],
  ["Azure DevOps", azure.jobs[0], azure.jobs[1]],
])("the scripts for %s", (platform, plan, apply) => {
  it("plan the head by what is merged", async () => {
    const { called, head, main } = await ran(plan);
    const publish = platform === "GitLab" ? "" : " --publish";
    expect(called).toEqual([
      `${main} npm ci`,
      `${main} npm run setup`,
      `${main} npx tenantry ci plan --base main --head ${head}${publish}`,
    ]);
  });

  it("apply, with heads of the record that come before and go after", async () => {
    const { called, main, remoteRefs } = await ran(apply);
    expect(called).toContain(
      `${main} npx tenantry ci apply --base main${platform === "GitLab" ? "" : " --publish"}`,
    );
    expect(remoteRefs).toContain("refs/tenantry/heads/contoso");
  });
});

it("GitHub's plan reports on a merge queue too, with no pull request at hand", async () => {
  const { called, head, main } = await ran(gitHub.jobs.plan, 0, {
    ...{ BASE: "refs/heads/main", NUMBER: "", QUEUE: QUEUED },
  });
  expect(called.at(-1)).toBe(`${main} npx tenantry ci plan --base main --head ${head} --publish`);
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

it.each([
  { at: "GitHub", job: gitHub.jobs.drift, code: 0, isWell: true },
  { at: "GitHub", job: gitHub.jobs.drift, code: 3, isWell: true },
  { at: "GitHub", job: gitHub.jobs.drift, code: 4, isWell: false },
  { at: "GitLab", job: gitLab.drift, code: 0, isWell: true },
  { at: "GitLab", job: gitLab.drift, code: 3, isWell: false },
  { at: "Azure DevOps", job: azure.jobs[2], code: 0, isWell: true },
  { at: "Azure DevOps", job: azure.jobs[2], code: 3, isWell: false },
])("a look for drift at $at that ends with $code is well: $isWell", async (one) => {
  const looked = ran(one.job, one.code).then(
    ({ called, main }) => called.at(-1)?.replace(main, ""),
    () => undefined,
  );
  const publish = one.at === "GitHub" ? " --publish" : "";
  expect(await looked).toBe(one.isWell ? ` npx tenantry ci drift${publish}` : undefined);
});

it.each([gitLab.plan, gitLab.apply, gitLab.drift])(
  "GitLab is told where there is a token for it",
  async (job) => {
    const { called } = await ran(job, 0, { TENANTRY_GITLAB_TOKEN: "glpat-of-tests" });
    expect(called.at(-1)).toMatch(/ tenantry ci .* --publish$/);
    expect(called.join()).not.toContain("glpat");
  },
);

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
  const isPlan = scriptOf(job ?? {}).includes("ci plan");
  const isChecked = !isPlan || job === gitHub.jobs.plan;
  gitAt(root, "checkout", "--quiet", "--force", "--detach", isChecked ? "origin/main" : head);
  const fetched = more.QUEUE ?? "refs/pull/7/head";
  gitAt(root, "push", "--quiet", "origin", `${head}:${fetched}`);
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
    ...{ TENANTRY_PUSH_URL: gitAt(root, "remote", "get-url", "origin") },
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
