/** Who wrote the change by git, and at which commit it stands: authors may not approve it. */
import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { normalizeEmail } from "../../approval/index.ts";
import { isSandbox } from "../../workspace/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Authorship, AuthorshipRequest, FindAuthors } from "../ports.ts";

const run = promisify(execFile);

/** In practice without a git identity, this person counts as the author. */
const SANDBOX_AUTHOR = "practice-author@practice.example";

/**
 * Authors and co-authors of every commit that touched the tenant file since the last apply, and whoever has
 * uncommitted changes in it. Without a last apply in this history: since the file exists.
 * @throws ExpectedError `history-incomplete` in a shallow clone, which does not show who wrote what.
 */
export const gitAuthorship =
  (workspace: Workspace): FindAuthors =>
  (request) =>
    authorship(workspace, request);

async function authorship(
  workspace: Workspace,
  { stack, named, since }: AuthorshipRequest,
): Promise<Authorship> {
  const file = relative(workspace.root, join(workspace.stacksDirectory, stack, "tenant.yaml"));
  const git = gitIn(workspace.root);
  const commit = (await git(["rev-parse", "--verify", "--quiet", "HEAD"])) ?? null;
  const found = [...named, ...(await uncommitted(git, file))];
  if (commit !== null) {
    await refuseShallow(git);
    found.push(...(await committed(git, { file, since })));
  }
  if (found.length === 0 && isSandbox(workspace)) found.push(SANDBOX_AUTHOR);
  return { authors: [...new Set(found.map(normalizeEmail))], commit };
}

/** Standard output of git, or undefined where git has nothing to say (no repository, no such commit or setting). */
type Git = (args: readonly string[]) => Promise<string | undefined>;

const gitIn =
  (folder: string): Git =>
  async (args) => {
    try {
      const { stdout } = await run("git", ["-C", folder, ...args]);
      return stdout.trim();
    } catch (error) {
      // Git ends with a code when there is none, and is missing on some machines.
      if (error instanceof Error && "code" in error) return undefined;
      throw error;
    }
  };

const lines = (text: string | undefined): string[] =>
  (text ?? "").split("\n").filter((line) => line !== "");

async function uncommitted(git: Git, file: string): Promise<string[]> {
  const changes = await git(["status", "--porcelain", "--", file]);
  return changes === undefined || changes === "" ? [] : lines(await git(["config", "user.email"]));
}

async function committed(
  git: Git,
  { file, since }: { readonly file: string; readonly since: string | null },
): Promise<string[]> {
  // A commit that is not in this history (a branch, a rewritten history) proves nothing about what came after it.
  const isKnown =
    since !== null && (await git(["merge-base", "--is-ancestor", since, "HEAD"])) !== undefined;
  const range = isKnown ? [`${since}..HEAD`] : [];
  const authors = await emailsOf(git, [...range, "--", file]);
  // Nothing was written since: whoever wrote the file as it stands answers for it.
  return authors.length > 0 ? authors : await emailsOf(git, ["-1", "--", file]);
}

async function emailsOf(git: Git, which: readonly string[]): Promise<string[]> {
  const format = "--format=%ae%n%(trailers:key=Co-authored-by,valueonly)";
  const found = lines(await git(["log", "--full-history", format, ...which]));
  return found.map((line) => /<([^<>]+)>\s*$/.exec(line)?.[1] ?? line);
}

async function refuseShallow(git: Git): Promise<void> {
  if ((await git(["rev-parse", "--is-shallow-repository"])) !== "true") return;
  throw new ExpectedError(
    "history-incomplete",
    "This is a shallow clone: part of the history is missing.",
    {
      hint: "Run `git fetch --unshallow`, so that the author of the change can be found.",
    },
  );
}
