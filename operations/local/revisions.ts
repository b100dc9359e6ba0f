/**
 * Commits as data: tenant files are taken out of git's objects into a folder of their own. Nothing of a branch is checked
 * out, so that no filter, hook, attribute or link of it comes to anything.
 * @see https://git-scm.com/docs/git-merge-tree (`--write-tree`, since 2.38; tried with 2.39.5 on 2026-11-27)
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Workspace } from "../../workspace/index.ts";
import type { FindAuthors, OperationContext, Revision, Revisions } from "../ports.ts";
import { askGit, gitIn } from "./git.ts";
import { authorshipAt } from "./git-authorship.ts";
import type { Environment } from "./platform-authors.ts";

const REMOTE = "origin";
const MOST_STEPS = 20;
/** `100644 blob <id>\t<path>`; modes of links and of other repositories are others. */
const ENTRY = /^(\d+) blob ([0-9a-f]+)\t(.+)$/;
/** Also under names that no operation takes: they are meant to be tenants. A hand-made tree may hold `..`. */
const TENANT_FILE = /^stacks\/(?!\.{1,2}\/)([^/\\]+)\/tenant\.yaml$/;

export interface GitRevisionsOptions {
  readonly workspace: Workspace;
  readonly environment: Environment;
  /** The ports of a workspace with other tenant files. */
  readonly contextOf: (files: {
    readonly workspace: Workspace;
    readonly findAuthors: FindAuthors;
  }) => OperationContext;
}

interface TenantBlob {
  readonly tenant: string;
  readonly id: string;
  readonly isFile: boolean;
}

export function gitRevisions({
  workspace,
  environment,
  contextOf,
}: GitRevisionsOptions): Revisions {
  const { root } = workspace;
  const git = gitIn(root);
  const commit = async (name: string): Promise<string> => {
    const found = await git(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    if (found !== undefined && !name.startsWith("-")) return found;
    throw new ExpectedError("revision-unknown", `${name} is not a commit of this clone.`, {
      hint: "Fetch it first, with its whole history.",
    });
  };
  return {
    checkedOut: async () => {
      const head = await git(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
      if (head !== undefined) return head;
      throw new ExpectedError("no-repository", `${root} is not a git repository with a commit.`, {
        hint: "Run the pipeline in a clone of the repository that holds the tenant files.",
      });
    },
    commit,
    // By its whole name: a tag or a branch of the same name would come first.
    branch: (name = "HEAD") => commit(`refs/remotes/${REMOTE}/${name}`),
    isIn: async (one, history) =>
      (await git(["merge-base", "--is-ancestor", one, history])) !== undefined,
    merge: async (base, head) => await mergeOf(root, base, head),
    changedFiles: async (from, to) =>
      zeroSeparated(
        await git(["diff-tree", "-r", "-z", "--no-renames", "--relative", "--name-only", from, to]),
      ),
    tenants: async (tree) => (await blobsOf(root, tree)).map(({ tenant }) => tenant).toSorted(),
    steps: async (stack, { since, to }) => {
      const isKnown =
        since !== null && (await git(["merge-base", "--is-ancestor", since, to])) !== undefined;
      const range = isKnown ? [`^${since}`] : [];
      const which = ["--first-parent", `--max-count=${MOST_STEPS}`, to, ...range];
      const found = await git(["rev-list", ...which, "--", `stacks/${stack}/tenant.yaml`]);
      return (found ?? "").split("\n").filter((line) => line !== "");
    },
    open: async (revision) => {
      const folder = await mkdtemp(join(tmpdir(), "tenantry-revision-"));
      const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        const stacksDirectory = await takeOut(root, revision, folder);
        const findAuthors = authorshipAt(workspace, { environment, tips: revision.tips });
        const context = contextOf({ workspace: { ...workspace, stacksDirectory }, findAuthors });
        return { context, close };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

const zeroSeparated = (text: string | undefined): string[] =>
  (text ?? "").split("\0").filter((part) => part !== "");

async function mergeOf(
  root: string,
  base: string,
  head: string,
): Promise<{ readonly tree: string } | { readonly conflicts: readonly string[] }> {
  const options = ["--write-tree", "--name-only", "--no-messages"];
  const { code, output } = await askGit(root, ["merge-tree", ...options, base, head]);
  const [tree = "", ...conflicts] = output.toString().split("\n");
  if (code === 0 && tree !== "") return { tree };
  if (code === 1) return { conflicts: conflicts.filter((line) => line !== "") };
  throw new ExpectedError("merge-unknown", `Git could not merge ${head} into ${base}.`, {
    hint: "It takes git 2.38 or newer, and a clone with the whole history of both.",
  });
}

async function blobsOf(root: string, tree: string): Promise<TenantBlob[]> {
  const listed = await gitIn(root)(["ls-tree", "-r", "-z", tree, "--", "stacks/"]);
  return zeroSeparated(listed).flatMap((entry) => {
    const [, mode = "", id = "", path = ""] = ENTRY.exec(entry) ?? [];
    const [, tenant] = TENANT_FILE.exec(path) ?? [];
    return tenant === undefined ? [] : [{ tenant, id, isFile: mode.startsWith("100") }];
  });
}

/** @returns the folder that takes the place of `stacks/` */
async function takeOut(root: string, { tree }: Revision, folder: string): Promise<string> {
  const stacks = join(folder, "stacks");
  await mkdir(stacks);
  for (const { tenant, id, isFile } of await blobsOf(root, tree)) {
    await mkdir(join(stacks, tenant));
    const file = join(stacks, tenant, "tenant.yaml");
    // A link leads nowhere else from here, and is refused as one when the file is read.
    if (isFile) await writeFile(file, await bytesOf(root, id));
    else await symlink(".", file);
  }
  return stacks;
}

async function bytesOf(root: string, id: string): Promise<Buffer> {
  const { code, output } = await askGit(root, ["cat-file", "blob", id]);
  if (code === 0) return output;
  throw new ExpectedError("revision-unknown", `Git cannot read the file ${id}.`, {
    hint: "Fetch it first, with its whole history; a tenant file of more than 32 MB is not one.",
  });
}
