/** Who wrote the change: they may not approve it. */
import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { normalizeEmail } from "../plan/approval/fields.ts";
import { isPractice } from "./trust.ts";
import type { Workspace } from "./workspace.ts";

const run = promisify(execFile);

/** In practice, where nobody is known to git, this person is said to have written the file. */
const PRACTICE_AUTHOR = "practice-author@practice.example";

/**
 * Addresses of everybody who wrote the tenant file: authors in git, whoever has uncommitted changes, and who
 * was named. Empty when nobody is known; then nothing can be approved.
 */
export async function changeAuthors(
  workspace: Workspace,
  stack: string,
  named: readonly string[],
): Promise<readonly string[]> {
  const file = relative(workspace.root, join(workspace.stacksDirectory, stack, "tenant.yaml"));
  const committed = await git(workspace.root, ["log", "-1", "--format=%ae", "--", file]);
  const dirty = await git(workspace.root, ["status", "--porcelain", "--", file]);
  const current = dirty === "" ? "" : await git(workspace.root, ["config", "user.email"]);
  const found = [...named, ...committed.split("\n"), current].filter((email) => email !== "");
  if (found.length === 0 && isPractice(workspace)) return [PRACTICE_AUTHOR];
  return [...new Set(found.map(normalizeEmail))];
}

/** Standard output of git, or nothing where git has nothing to say (no repository, no such setting). */
async function git(folder: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args]);
    return stdout.trim();
  } catch (error) {
    // Git ends with a code when there is no repository or no setting, and is missing on some machines.
    if (error instanceof Error && "code" in error) return "";
    throw error;
  }
}
