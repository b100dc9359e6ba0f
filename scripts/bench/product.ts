/** The product as it is built: what is measured is what users run. */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild, type ChildRun } from "./child.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A compiled module; `path` from dist/, `T` the type of its source. */
export async function compiled<T>(path: string): Promise<T> {
  return (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as T;
}

export interface BenchWorkspace {
  readonly stack: string;
  readonly folder: string;
  readonly tenantry: (...args: string[]) => Promise<ChildRun>;
  /** `file` is a script of this folder. */
  readonly script: (file: string, ...args: string[]) => Promise<ChildRun>;
  readonly remove: () => Promise<void>;
}

/** A workspace of its own with one tenant: the sample, or the one whose file is given. */
export async function openBenchWorkspace(tenantFile?: string): Promise<BenchWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-bench-"));
  const stack = tenantFile === undefined ? "contoso" : "company";
  const target = join(folder, "stacks", stack, "tenant.yaml");
  await mkdir(dirname(target), { recursive: true });
  if (tenantFile === undefined) await cp(join(root, "stacks", "contoso", "tenant.yaml"), target);
  else await writeFile(target, tenantFile);
  const command = join(root, "bin", "tenantry.mjs");
  return {
    stack,
    folder,
    tenantry: (...args) => runChild([command, "--workspace", folder, ...args]),
    script: (file, ...args) => runChild([join(root, "scripts", "bench", file), ...args]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** First apply, the way a user does it. */
export async function planApproveApply({ tenantry, stack }: BenchWorkspace): Promise<ChildRun> {
  await tenantry("plan", stack);
  await tenantry("approve", stack);
  return await tenantry("apply", stack);
}
