/**
 * Who wrote the change by git, and at which commit it stands: authors may not approve it. The working copy belongs to
 * the author, so that only commits count.
 */
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { normalizeEmail } from "../../approval/index.ts";
import { isSandbox } from "../../workspace/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import type { Authorship, AuthorshipRequest, FindAuthors } from "../ports.ts";
import { gitIn } from "./git.ts";
import type { Git } from "./git.ts";
import { platformAuthors } from "./platform-authors.ts";
import type { Environment } from "./platform-authors.ts";

/** In practice without a git identity, this person counts as the author. */
const SANDBOX_AUTHOR = "practice-author@practice.example";

/** What records take as a line of text. */
const LONGEST_REASON = 200;

/**
 * Authors, committers, co-authors and whoever signed off, and whoever opened or pushed it by the CI platform, of every commit that touched the tenant file since the last
 * apply; and whoever has changes in it that are in no commit. Without a last apply in this history: since the file
 * exists.
 * @throws ExpectedError `history-incomplete` in a shallow clone, which does not show who wrote what;
 * `nested-repository` where the file belongs to another repository than the workspace
 */
export const gitAuthorship =
  (workspace: Workspace, environment: Environment): FindAuthors =>
  async ({ named, ...request }) => {
    const known = [...named, ...(await platformAuthors(environment))];
    return await authorship(workspace, { ...request, named: known });
  };

/**
 * The same of tenant files that are commits and lie in no working copy.
 * @param tips commits in whose history the files became what they are; the first is the one that the record names
 * @throws ExpectedError `history-incomplete`
 */
export const authorshipAt =
  (
    workspace: Workspace,
    { environment, tips }: { readonly environment: Environment; readonly tips: readonly string[] },
  ): FindAuthors =>
  async ({ stack, named, since }) => {
    const git = gitIn(workspace.root);
    await refuseShallow(git);
    const path = `stacks/${stack}/tenant.yaml`;
    const found = [
      ...named,
      ...(await platformAuthors(environment)),
      ...(await committed(git, { path, since, tips })),
    ];
    const reason = await subjectOf(git, { path, tips });
    return { authors: await withOtherAddresses(git, found), commit: tips[0] ?? null, reason };
  };

async function authorship(
  workspace: Workspace,
  { stack, named, since }: AuthorshipRequest,
): Promise<Authorship> {
  const folder = join(workspace.stacksDirectory, stack);
  const file = join(folder, "tenant.yaml");
  const git = gitIn(workspace.root);
  await refuseNested(git, gitIn(folder));
  const commit = (await git(["rev-parse", "--verify", "--quiet", "HEAD"])) ?? null;
  const path = relative(workspace.root, file).split(sep).join("/");
  const found = [...named, ...(await uncommitted(git, { file, path }))];
  if (commit !== null) {
    await refuseShallow(git);
    found.push(...(await committed(git, { path, since, tips: ["HEAD"] })));
  }
  if (found.length === 0 && isSandbox(workspace)) found.push(SANDBOX_AUTHOR);
  const reason = commit === null ? null : await subjectOf(git, { path, tips: ["HEAD"] });
  return { authors: await withOtherAddresses(git, found), commit, reason };
}

async function withOtherAddresses(git: Git, found: readonly string[]): Promise<string[]> {
  const authors = [...found, ...(await otherAddresses(git, found))].map(normalizeEmail);
  return [...new Set(authors)];
}

async function refuseNested(outside: Git, inside: Git): Promise<void> {
  const topLevel = ["rev-parse", "--show-toplevel"];
  const [around, own] = await Promise.all([outside(topLevel), inside(topLevel)]);
  if (own === undefined || own === around) return;
  throw new ExpectedError(
    "nested-repository",
    `The tenant file belongs to a git repository of its own, ${own}.`,
    {
      hint: "Who wrote it has to follow from the repository of the workspace: take the inner one out (its .git folder, or the submodule), and commit the file here.",
    },
  );
}

const lines = (text: string | undefined): string[] =>
  (text ?? "").split("\n").filter((line) => line !== "");

/** By the bytes of the commit: the index can be told to overlook a change. */
async function uncommitted(
  git: Git,
  { file, path }: { readonly file: string; readonly path: string },
): Promise<string[]> {
  const isRepository = (await git(["rev-parse", "--git-dir"])) !== undefined;
  if (!isRepository) return [];
  const committed = await git(["cat-file", "blob", `HEAD:${path}`]);
  const found = await readFile(file, "utf8");
  // A checkout on Windows may write other line ends than the commit has.
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").replace(/\n$/, "");
  if (committed !== undefined && plain(committed) === plain(found)) return [];
  return lines(await git(["config", "user.email"]));
}

/** A file and the commits in whose history it became what it is. */
interface FileHistory {
  readonly path: string;
  readonly tips: readonly string[];
}

async function committed(
  git: Git,
  { path, tips, since }: FileHistory & { readonly since: string | null },
): Promise<string[]> {
  // A commit that is not in this history (a branch, a rewritten history) proves nothing about what came after it.
  const isKnown = since !== null && (await isIn(git, since, tips));
  const range = isKnown ? [`^${since}`] : [];
  const authors = await emailsOf(git, [...range, ...tips, "--", path]);
  // Nothing was written since: whoever wrote the file as it stands answers for it.
  return authors.length > 0 ? authors : await emailsOf(git, ["-1", ...tips, "--", path]);
}

async function isIn(git: Git, commit: string, tips: readonly string[]): Promise<boolean> {
  for (const tip of tips) {
    if ((await git(["merge-base", "--is-ancestor", commit, tip])) !== undefined) return true;
  }
  return false;
}

/** As records keep a line of text. */
async function subjectOf(git: Git, { path, tips }: FileHistory): Promise<string | null> {
  const subject = await git(["log", "-1", "--format=%s", ...tips, "--", path]);
  const line = (subject ?? "").replaceAll(/\p{C}+/gu, " ").trim();
  return line === "" ? null : line.slice(0, LONGEST_REASON).toWellFormed();
}

async function emailsOf(git: Git, which: readonly string[]): Promise<string[]> {
  const trailers = ["Co-authored-by", "Signed-off-by"].map(
    (key) => `%n%(trailers:key=${key},valueonly)`,
  );
  const format = `--format=%ae%n%ce${trailers.join("")}`;
  return addressesIn(await git(["log", "--full-history", format, ...which]));
}

/** Of lines such as `Ines <ines@provider.example>`, or with the address alone. */
const addressesIn = (text: string | undefined): string[] =>
  lines(text).map((line) => /<([^<>]+)>\s*$/.exec(line)?.[1] ?? line);

/**
 * The addresses that `.mailmap` gives for them: so a platform's account is known as the person. It adds authors and
 * takes none away, since the change may have written it.
 */
async function otherAddresses(git: Git, found: readonly string[]): Promise<string[]> {
  const contacts = found.filter((email) => /^[^\s<>]+$/.test(email)).map((email) => `<${email}>`);
  return contacts.length === 0 ? [] : addressesIn(await git(["check-mailmap", ...contacts]));
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
