/** What GitLab and Azure DevOps are told: real clones and operations, the real clients, and stand-ins for the platforms. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ciOptions } from "../../cli/ci-options.ts";
import { publishApply, publishChange, publishDrift } from "../../cli/ci-publish.ts";
import { driftStep } from "../../cli/ci-steps.ts";
import { applyReport, changeReport } from "../../cli/output/ci-report.ts";
import { applyMerged } from "../../operations/ci/apply-merged.ts";
import { planChange } from "../../operations/ci/plan-change.ts";
import type { Platform } from "../../operations/ci/platform.ts";
import { openPlatform } from "../../operations/local/platform.ts";
import { watchTenants } from "../../operations/watch.ts";
import { aRepository, having } from "../operations/ci/repository.ts";
import { aWorld, STACK } from "../operations/support.ts";
import { azureStandIn } from "../support/azure-devops.ts";
import type { AzureStandIn } from "../support/azure-devops.ts";
import { GITLAB_BOT, gitLabStandIn } from "../support/gitlab.ts";
import type { GitLabStandIn } from "../support/gitlab.ts";

const FILE = `stacks/${STACK}/tenant.yaml`;
const MARK = "<!-- tenantry:change -->";
const { signal } = new AbortController();
let gitLab: GitLabStandIn;
let azure: AzureStandIn;

beforeEach(async () => {
  gitLab = await gitLabStandIn();
  azure = await azureStandIn();
});

afterEach(async () => {
  await gitLab[Symbol.asyncDispose]();
  await azure[Symbol.asyncDispose]();
});

/** The platforms as one, by what differs. */
const PLATFORMS = {
  GitLab: {
    service: () => gitLab,
    comments: () => gitLab.notes.map(({ on, body }) => `${on.replace(/\D/g, "")} ${body}`),
    forge: (body: string) => {
      gitLab.notes.push({ id: 1, on: "merge_requests/7", author: { username: "mallory" }, body });
    },
    update: "PUT",
    token: "TENANTRY_GITLAB_TOKEN",
  },
  "Azure DevOps": {
    service: () => azure,
    comments: () =>
      azure.threads.flatMap(({ pullRequest, comments }) =>
        comments.map(({ content }) => `${pullRequest} ${content}`),
      ),
    forge: (content: string) => {
      const comments = [{ id: 1, author: { id: "mallory" }, content }];
      azure.threads.push({ id: 1, pullRequest: 7, status: "active", comments });
    },
    update: "PATCH",
    token: "SYSTEM_ACCESSTOKEN",
  },
} as const;

describe.each(["GitLab", "Azure DevOps"] as const)("%s", (name) => {
  const at = PLATFORMS[name];
  const open = (more: object = {}): Promise<Platform> =>
    openPlatform({ ...at.service().environment, ...more }, signal);

  it("has one comment on the pull request, kept up to date, and none of somebody else's changed", async () => {
    at.forge(`${MARK}\n### Approved by everybody`);
    const repository = aRepository();
    const platform = await open();
    const plan = async (head: string) => {
      const change = await planChange(repository.context, { base: "main", head });
      await publishChange(platform, changeReport(change), head);
      return change;
    };
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    const { tenants } = await plan(head);
    const digest = tenants[0]?.planned?.digest ?? "";
    expect(at.comments()).toHaveLength(2);
    expect(at.comments()[1]).toContain(`7 ${MARK}\n`);
    expect(at.comments()[1]).toContain("waiting for approval; 2 created");
    expect(at.comments()[1]).toContain(`tenantry approve ${STACK} --digest ${digest}`);
    await plan(head);
    const writes = () => at.service().requests.filter((line) => line.startsWith(at.update));
    // Nothing new to say.
    expect(writes()).toEqual([]);
    await repository.approve(digest);
    await plan(head);
    expect(writes()).toHaveLength(1);
    expect(at.comments()).toHaveLength(2);
    expect(at.comments()[0]).toContain("Approved by everybody");
    expect(at.comments()[1]).toContain("✅ approved");
    await platform.close();
  });

  it("is told of an apply on the pull request that brought it", async () => {
    const repository = aRepository();
    const head = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    const { tenants } = await planChange(repository.context, { base: "main", head });
    const digest = tenants[0]?.planned?.digest ?? "";
    await repository.approve(digest);
    at.service().brought.set(repository.merge("one"), [12]);
    const applied = await applyMerged(repository.context, { base: "main", tenants: [] });
    const platform = await open();
    await publishApply(platform, applyReport(applied), applied);
    expect(at.comments()).toHaveLength(1);
    expect(at.comments()[0]).toMatch(/^12 /);
    expect(at.comments()[0]).toContain(`applied \`${digest}\``);
    await platform.close();
  });

  it("that refuses is named with the operation, and never with the token", async () => {
    const platform = await open({ [at.token]: "a-wrong-secret" });
    const refused = platform.comment(7, "Hello");
    await expect(refused).rejects.toMatchObject({ code: "platform-refused" });
    const error = (await refused.catch((caught: unknown) => caught)) as Error;
    expect(error.message).toMatch(new RegExp(`^${name} did not take GET /.*: 401\\.$`));
    expect(JSON.stringify([error.stack, error.cause])).not.toContain("a-wrong-secret");
    await platform.close();
  });

  it.each(["", "$(System.AccessToken)"])("is none where the token is %j", async (token) => {
    await expect(open({ [at.token]: token })).rejects.toMatchObject({ code: "no-platform" });
  });

  it("is none over a connection that others can read", async () => {
    const urls = { CI_API_V4_URL: "http://x.example", SYSTEM_COLLECTIONURI: "http://x.example/" };
    await expect(open(urls)).rejects.toMatchObject({ code: "no-platform" });
  });
});

describe("GitLab", () => {
  const found = {
    ...{ urn: "urn:pulumi:x::tenantry::azuread:index/user:User::anna@contoso.com" },
    ...{ type: "azuread:index/user:User", section: "users", name: "Anna", kind: "changed" },
    properties: [
      { path: "jobTitle", kind: "changed", before: "A", after: "Secret", secret: false },
    ],
    description: { nl: "x", en: "x" },
  } as const;

  it("has an issue for a tenant that drifted, until a look finds nothing", async () => {
    const platform = await openPlatform(gitLab.environment, signal);
    const { issues } = platform;
    if (issues === undefined) throw new Error("GitLab has issues");
    const world = aWorld();
    const watch = async () => {
      const watched = await watchTenants(world.context, { tenant: undefined, look: true });
      await publishDrift(issues, watched);
    };
    world.readBack = { ...world.readBack, drift: [found as never] };
    await watch();
    await watch();
    expect(gitLab.issues).toMatchObject([
      {
        title: `${STACK} differs from its file`,
        state: "opened",
        author: { username: GITLAB_BOT },
      },
    ]);
    expect(gitLab.issues[0]?.description).toContain("- Anna: jobTitle");
    expect(gitLab.issues[0]?.description).not.toContain("Secret");
    expect(gitLab.requests.filter((line) => line.startsWith("PUT"))).toEqual([]);
    world.readBack = { ...world.readBack, drift: [] };
    await watch();
    expect(gitLab.issues).toMatchObject([{ state: "closed" }]);
    expect(gitLab.notes).toMatchObject([{ on: "issues/1" }]);
    await platform.close();
  });

  it("does nothing that a text says at the start of a line", async () => {
    const platform = await openPlatform(gitLab.environment, signal);
    await platform.comment(7, "Hello\n/merge\n  /approve\n> /close\na/b");
    expect(gitLab.notes[0]?.body).toBe(`${MARK}\nHello\n\\/merge\n  \\/approve\n> \\/close\na/b`);
    await platform.close();
  });
});

describe("Azure DevOps", () => {
  it("has a comment that keeps nobody from merging, and no issues", async () => {
    const platform = await openPlatform(azure.environment, signal);
    await platform.comment(7, "Hello");
    expect(azure.threads).toMatchObject([{ status: "closed" }]);
    expect(platform.issues).toBeUndefined();
    await platform.close();
  });

  it("refuses to publish drift before it looks", async () => {
    for (const [key, value] of Object.entries(azure.environment)) vi.stubEnv(key, value);
    const context = { signal, operation: () => Promise.reject(new Error("looked")) };
    const options = ciOptions.parse({ publish: true });
    const refused = driftStep(context as never, options);
    await expect(refused).rejects.toMatchObject({ code: "no-platform" });
    vi.unstubAllEnvs();
  });

  it("is none for a repository that lies elsewhere", async () => {
    const elsewhere = { ...azure.environment, BUILD_REPOSITORY_PROVIDER: "GitHub" };
    await expect(openPlatform(elsewhere, signal)).rejects.toMatchObject({ code: "no-platform" });
  });
});
