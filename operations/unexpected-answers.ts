/**
 * Answers of a real tenant that the client did not expect, as cases for the emulator's list of differences. One file for the
 * whole workspace, a line for each case: nothing in it tells whose tenant it was.
 */
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { UnexpectedAnswer, UnexpectedObserver } from "../services/index.ts";
import type { OperationContext } from "./ports.ts";

export interface UnexpectedAnswers {
  /** Different ones in this look, whether or not an earlier one saw them. */
  readonly count: number;
  /** JSON, a line each; undefined where there are none. */
  readonly file: string | undefined;
}

/** Reads, keeps what came unexpected even where reading fails, and tells of it. */
export async function keepingUnexpected<T>(
  { workspace, report }: Pick<OperationContext, "workspace" | "report">,
  read: (onUnexpected: UnexpectedObserver) => Promise<T>,
): Promise<{ readonly read: T; readonly unexpected: UnexpectedAnswers }> {
  const seen = new Set<string>();
  const keep = async (): Promise<UnexpectedAnswers> => {
    if (seen.size === 0) return { count: 0, file: undefined };
    const file = join(workspace.dataDirectory, "unexpected", "answers.jsonl");
    await keepIn(file, seen);
    const unexpected = { count: seen.size, file };
    report({ kind: "unexpected-answers", ...unexpected });
    return unexpected;
  };
  const onUnexpected = (answer: UnexpectedAnswer): void => {
    seen.add(JSON.stringify(answer));
  };
  let result: T;
  try {
    result = await read(onUnexpected);
  } catch (error) {
    await keep();
    throw error;
  }
  return { read: result, unexpected: await keep() };
}

async function keepIn(file: string, seen: ReadonlySet<string>): Promise<void> {
  const text = existsSync(file) ? await readFile(file, "utf8") : "";
  const known = new Set(text.split("\n"));
  const added = [...seen].filter((line) => !known.has(line));
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, added.map((line) => `${line}\n`).join(""), { mode: 0o600 });
}
