/** The command line in this process: the same words and files, without a process for each call. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runProgram } from "../../../cli/program.ts";

export interface Call {
  readonly exitCode: number;
  /** Standard output. */
  readonly printed: string;
  /** Standard error, without colours. */
  readonly said: string;
}

export async function call(argv: readonly string[], directory: string): Promise<Call> {
  const printed: string[] = [];
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const exitCode = await runProgram(argv, {
    directory,
    terminal: {
      note: say,
      warn: say,
      progress: () => ({ advance: () => undefined, end: () => undefined }),
      leave: () => undefined,
      style: (_style, text) => text,
    },
    signal: new AbortController().signal,
    print: (text) => printed.push(text),
  });
  return { exitCode, printed: printed.join(""), said: said.join("\n") };
}

/** The failure that `--json` prints. */
export async function refusalOf(
  argv: readonly string[],
  directory: string,
): Promise<{ readonly code: string; readonly message: string; readonly hint: string }> {
  const { exitCode, printed } = await call([...argv, "--json"], directory);
  if (exitCode !== 2) throw new Error(`Not refused, but ended with ${exitCode}`);
  return (JSON.parse(printed) as { error: Awaited<ReturnType<typeof refusalOf>> }).error;
}

/** A folder for one test, with a file `stacks/<tenant>/tenant.yaml` for each tenant. */
export function folderWith(tenants: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "tenantry-cli-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  for (const tenant of tenants) {
    mkdirSync(join(root, "stacks", tenant), { recursive: true });
    writeFileSync(join(root, "stacks", tenant, "tenant.yaml"), "");
  }
  return root;
}
