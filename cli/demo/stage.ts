/** Where the demo runs: a workspace of its own, and the real commands as processes in it. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { programDirectory } from "../../core/clone.ts";

export interface Called {
  readonly line: string;
  readonly exitCode: number;
  readonly output: string;
  /** Progress and remarks. */
  readonly remarks: string;
}

export interface Stage {
  readonly root: string;
  tenantFile(tenant: string): string;
  /** Runs a command as a user would; `onRemark` sees its progress as it comes. */
  tenantry(args: readonly string[], onRemark: (text: string) => void): Promise<Called>;
}

/** A fresh copy of the samples; what an earlier demo left there is gone. */
export function buildStage(options: { readonly samples: string; readonly root: string }): Stage {
  const { samples, root } = options;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync(samples, join(root, "stacks"), { recursive: true });
  return {
    root,
    tenantFile: (tenant) => join(root, "stacks", tenant, "tenant.yaml"),
    tenantry: (args, onRemark) => run(root, args, onRemark),
  };
}

async function run(
  root: string,
  args: readonly string[],
  onRemark: (text: string) => void,
): Promise<Called> {
  const program = join(programDirectory, "cli", "main.js");
  const child = spawn(process.execPath, [program, ...args, "--workspace", root], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  const remarks: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    remarks.push(text);
    onRemark(text);
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
  return {
    line: `tenantry ${args.join(" ")}`,
    exitCode,
    output: output.join("").trimEnd(),
    remarks: remarks.join("").trimEnd(),
  };
}
