/** What every attack ends with: exit code 2, the right code, and nothing written anywhere. */
import { expect } from "vitest";
import { aTenantFile, TestWorkspace } from "./workspace.ts";
import type { Outcome, RunOptions, TenantFileOptions } from "./workspace.ts";

/** The second person gets this job title: the change that was approved. */
export const promotion = (jobTitle: string): TenantFileOptions => ({
  people: [{ name: "Anna Bakker" }, { name: "Bram Visser", jobTitle }, { name: "Carla Smit" }],
});

export const APPROVED_CHANGE = aTenantFile(promotion("Vennoot"));

/** A new tenant of which the first plan is approved and not applied yet. */
export async function anApprovedWorkspace(file: string = aTenantFile()): Promise<TestWorkspace> {
  const workspace = TestWorkspace.create({ example: file });
  await planAndApprove(workspace);
  return workspace;
}

export async function planAndApprove(workspace: TestWorkspace): Promise<void> {
  await workspace.succeed(["plan", "example"]);
  await workspace.succeed(["approve", "example"]);
}

export async function expectRefused(
  workspace: TestWorkspace,
  args: readonly string[],
  expected: { readonly code: string } & RunOptions,
): Promise<Outcome> {
  const { code, ...options } = expected;
  const before = workspace.written();
  const outcome = await workspace.run(args, options);
  const { exitCode, refusal, stdout, stderr } = outcome;
  expect({ exitCode, refusal }, `${stdout}${stderr}`).toEqual({ exitCode: 2, refusal: code });
  expect(workspace.written()).toEqual(before);
  return outcome;
}
