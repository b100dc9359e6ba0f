import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { platformAuthors } from "../../../operations/local/platform-authors.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-platform-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function onGitHub(name: string, event: object): Promise<string[]> {
  const path = join(folder, "event.json");
  writeFileSync(path, JSON.stringify(event));
  return await platformAuthors({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path });
}

describe("who the platform says made the change", () => {
  it("is nobody outside a pipeline", async () => {
    expect(await platformAuthors({})).toEqual([]);
  });

  it.each([
    {
      platform: "GitLab",
      environment: {
        CI_PIPELINE_SOURCE: "merge_request_event",
        GITLAB_USER_EMAIL: "anna@contoso.example",
      },
    },
    {
      platform: "Azure Pipelines",
      environment: {
        BUILD_REASON: "PullRequest",
        BUILD_REQUESTEDFOREMAIL: "anna@contoso.example",
      },
    },
  ])("is whose push or pull request started the run on $platform", async ({ environment }) => {
    expect(await platformAuthors(environment)).toEqual(["anna@contoso.example"]);
  });

  it.each([
    { CI_PIPELINE_SOURCE: "schedule", GITLAB_USER_EMAIL: "anna@contoso.example" },
    { BUILD_REASON: "Manual", BUILD_REQUESTEDFOREMAIL: "anna@contoso.example" },
    { BUILD_REASON: "IndividualCI", BUILD_REQUESTEDFOREMAIL: "" },
  ])("is nobody where no change started the run, or nothing is said: %j", async (environment) => {
    expect(await platformAuthors(environment)).toEqual([]);
  });

  it("is who opened a pull request on GitHub, and who brought it up to date", async () => {
    const event = { pull_request: { user: { login: "anna-b" } }, sender: { login: "ines" } };
    expect(await onGitHub("pull_request", event)).toEqual([
      "anna-b@users.noreply.github.com",
      "ines@users.noreply.github.com",
    ]);
  });

  it("is who pushed to GitHub, by account and by address where it is public", async () => {
    const event = { pusher: { email: "anna@contoso.example" }, sender: { login: "anna-b" } };
    expect(await onGitHub("push", event)).toEqual([
      "anna@contoso.example",
      "anna-b@users.noreply.github.com",
    ]);
    expect(await onGitHub("push", { pusher: { email: null } })).toEqual([]);
  });

  it("is not who started a run on GitHub by hand", async () => {
    expect(await onGitHub("workflow_dispatch", { sender: { login: "anna-b" } })).toEqual([]);
  });
});
