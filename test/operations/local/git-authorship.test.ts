import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gitAuthorship } from "../../../operations/local/git-authorship.ts";
import type { Environment } from "../../../operations/local/platform-authors.ts";
import { openWorkspace } from "../../../workspace/workspace.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-git-"));
  mkdirSync(join(root, "stacks", "contoso"), { recursive: true });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Git without the settings of this machine. */
function git(...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", ["-C", root, ...args], { env, encoding: "utf8" }).trim();
}

function startRepository(): void {
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Somebody");
  git("config", "user.email", COMMITTER);
}

function write(content: string, file = "stacks/contoso/tenant.yaml"): void {
  writeFileSync(join(root, file), content);
}

/** Commits everything in somebody's name, and gives the commit's id. */
function commit(email: string, message = "Change"): string {
  git("add", "--all");
  git("commit", "--quiet", "--message", message, `--author=Somebody <${email}>`);
  return git("rev-parse", "HEAD");
}

/** The commit of HEAD in another name, on no branch. */
const commitAs = (email: string): string =>
  git(
    "-c",
    `user.email=${email}`,
    "-c",
    "user.name=Other",
    "commit-tree",
    "HEAD^{tree}",
    "-m",
    "Change",
  );

/** Commits are made by this person, whoever wrote them. */
const COMMITTER = "worker@provider.example";

const ask = (
  since: string | null = null,
  named: readonly string[] = [],
  environment: Environment = {},
) => gitAuthorship(openWorkspace(root, root), environment)({ stack: "contoso", named, since });

describe("who wrote the change", () => {
  it("is everybody who committed the file since the last apply, not only the last one", async () => {
    startRepository();
    write("version: 1");
    const applied = commit("old@provider.example");
    write("version: 2");
    commit("Anna@Contoso.example");
    write("version: 3");
    const head = commit("bram@provider.example");
    const { authors, commit: at } = await ask(applied);
    expect(authors.toSorted()).toEqual([
      "anna@contoso.example",
      "bram@provider.example",
      COMMITTER,
    ]);
    expect(at).toBe(head);
  });

  it("is everybody who ever committed the file before the first apply", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    write("version: 2");
    commit("two@provider.example");
    const { authors } = await ask();
    expect(authors.toSorted()).toEqual(["one@provider.example", "two@provider.example", COMMITTER]);
  });

  it("leaves out who committed other files only", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    write("words", "README.md");
    commit("two@provider.example");
    expect((await ask()).authors).toEqual(["one@provider.example", COMMITTER]);
  });

  it("knows co-authors, who is named, and who has not committed yet", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example", "Change\n\nCo-authored-by: Anna <anna@contoso.example>");
    write("version: 2");
    const { authors } = await ask(null, ["named@provider.example"]);
    expect(authors.toSorted()).toEqual([
      "anna@contoso.example",
      "named@provider.example",
      "one@provider.example",
      "worker@provider.example",
    ]);
  });

  it("knows who opened or pushed the change by the platform, beside who committed it", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    const environment = { CI_PIPELINE_SOURCE: "push", GITLAB_USER_EMAIL: "Anna@contoso.example" };
    const { authors } = await ask(null, [], environment);
    expect(authors.toSorted()).toEqual(["anna@contoso.example", "one@provider.example", COMMITTER]);
  });

  it("knows people by the addresses that .mailmap gives them too, and forgets nobody", async () => {
    startRepository();
    write("version: 1");
    write("Anna <anna@contoso.example> <anna-b@users.noreply.github.com>\n", ".mailmap");
    commit("anna-b@users.noreply.github.com");
    const { authors } = await ask();
    expect(authors.toSorted()).toEqual([
      "anna-b@users.noreply.github.com",
      "anna@contoso.example",
      COMMITTER,
    ]);
  });

  it("is who wrote the file as it stands when nothing was committed since", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    write("version: 2");
    const applied = commit("two@provider.example");
    expect((await ask(applied)).authors).toEqual(["two@provider.example", COMMITTER]);
  });

  it("asks the whole history when the last apply's commit is not in it", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    write("version: 2");
    commit("two@provider.example");
    const { authors } = await ask("a1".repeat(20));
    expect(authors.toSorted()).toEqual(["one@provider.example", "two@provider.example", COMMITTER]);
  });

  it("is not told from a shallow clone, until the rest is fetched", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example");
    write("version: 2");
    commit("two@provider.example");
    const origin = root;
    root = mkdtempSync(join(tmpdir(), "tenantry-git-"));
    git("clone", "--quiet", "--depth=1", `file://${origin}`, root);
    await expect(ask()).rejects.toMatchObject({ code: "history-incomplete" });
    git("fetch", "--quiet", "--unshallow");
    rmSync(origin, { recursive: true, force: true });
    const { authors } = await ask();
    expect(authors).toEqual(
      expect.arrayContaining(["one@provider.example", "two@provider.example"]),
    );
  });

  it("is whoever signed off, too", async () => {
    startRepository();
    write("version: 1");
    commit("one@provider.example", "Change\n\nSigned-off-by: Anna <anna@contoso.example>");
    expect((await ask()).authors).toContain("anna@contoso.example");
  });

  describe("does not depend on what the author can set in the working copy (P4)", () => {
    /** What the working copy is to hide: a change of Anna's that is in no commit. */
    function changedByAnna(): void {
      startRepository();
      write("version: 1");
      commit("one@provider.example");
      git("config", "user.email", "anna@contoso.example");
      write("version: 2");
    }

    it.each(["--assume-unchanged", "--skip-worktree"])("such as %s", async (flag) => {
      changedByAnna();
      git("update-index", flag, "stacks/contoso/tenant.yaml");
      expect((await ask()).authors).toContain("anna@contoso.example");
    });

    it.each(["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES"])(
      "such as %s",
      async (name) => {
        changedByAnna();
        const other = mkdtempSync(join(tmpdir(), "tenantry-git-"));
        vi.stubEnv(name, other);
        try {
          expect((await ask()).authors).toContain("anna@contoso.example");
        } finally {
          vi.unstubAllEnvs();
          rmSync(other, { recursive: true, force: true });
        }
      },
    );

    it("such as replaced objects", async () => {
      startRepository();
      write("version: 1");
      const written = commit("anna@contoso.example");
      git("replace", written, commitAs("other@provider.example"));
      expect((await ask()).authors).toContain("anna@contoso.example");
    });

    it("such as a repository of its own around the file, until that is taken out", async () => {
      startRepository();
      write("version: 1");
      commit("one@provider.example");
      const inner = join(root, "stacks", "contoso");
      git("init", "--quiet", inner);
      await expect(ask()).rejects.toMatchObject({ code: "nested-repository" });
      rmSync(join(inner, ".git"), { recursive: true });
      expect((await ask()).authors).toContain("one@provider.example");
    });
  });

  it("is a person of practice where git knows nothing, and nobody on a real tenant", async () => {
    write("version: 1");
    expect(await ask()).toEqual({
      authors: ["practice-author@practice.example"],
      commit: null,
      reason: null,
    });
    write("service: microsoft", "tenantry.yaml");
    expect(await ask()).toEqual({ authors: [], commit: null, reason: null });
  });
});
