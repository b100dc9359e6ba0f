/**
 * Git as a witness: nothing counts that can be set in a working copy without changing a commit (the environment, the
 * index, replaced objects, grafts).
 */
import { execFile } from "node:child_process";
import { devNull } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** More than the longest tenant file. */
const LONGEST_OUTPUT_BYTES = 32 * 1024 * 1024;

/** What git said, and with which code it ended: a number, or the system's word where it could not be run. */
export interface GitAnswer {
  readonly code: unknown;
  readonly output: Buffer;
}

/** Bytes as git has them: text files of strangers may hold anything. */
export async function askGit(folder: string, args: readonly string[]): Promise<GitAnswer> {
  const settings = ["core.fsmonitor=false", "core.commitGraph=false"];
  const options = ["--no-replace-objects", ...settings.flatMap((one) => ["-c", one])];
  try {
    const { stdout } = await run("git", ["-C", folder, ...options, ...args], {
      env: gitEnvironment(process.env),
      maxBuffer: LONGEST_OUTPUT_BYTES,
      encoding: "buffer",
    });
    return { code: 0, output: stdout };
  } catch (error) {
    // Git ends with a code when there is none, and is missing on some machines.
    if (!(error instanceof Error && "code" in error)) throw error;
    const { code, stdout } = error as { readonly code: unknown; readonly stdout?: Buffer };
    return { code, output: stdout ?? Buffer.alloc(0) };
  }
}

/** Standard output of git, or undefined where git has nothing to say (no repository, no such commit or setting). */
export type Git = (args: readonly string[]) => Promise<string | undefined>;

export const gitIn =
  (folder: string): Git =>
  async (args) => {
    const { code, output } = await askGit(folder, args);
    return code === 0 ? output.toString().replace(/\n$/, "") : undefined;
  };

/** Where git's settings of the machine lie stays; which repository, index and objects it reads is not to be chosen. */
function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith("GIT_") || name.startsWith("GIT_CONFIG_"),
  );
  return { ...Object.fromEntries(kept), GIT_GRAFT_FILE: devNull, GIT_OPTIONAL_LOCKS: "0" };
}
