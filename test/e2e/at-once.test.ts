/** Eight of each command at the same time, in one workspace: nothing is lost, and nothing happens twice. */
import { expect, it } from "vitest";
import { aTenantFile, TestWorkspace } from "./support/workspace.ts";
import type { Outcome } from "./support/workspace.ts";

const EIGHT = 8;
const NAMES = ["Anna", "Bram", "Carla", "Daan", "Els", "Finn", "Gijs", "Hanna"];
const people = NAMES.map((name) => ({ name: `${name} Bakker` }));
const decisionMakers = people.map(({ name }) => ({
  name,
  email: `${name.toLowerCase().replace(" ", ".")}@example.com`,
}));

const eight = async (
  workspace: TestWorkspace,
  args: (at: number) => string[],
): Promise<Outcome[]> =>
  await Promise.all(Array.from({ length: EIGHT }, (_, at) => workspace.run(args(at))));

it("plans, decides and applies", async () => {
  const example = aTenantFile({ people, decisionMakers, required: EIGHT });
  const workspace = TestWorkspace.create({ example });

  const plans = await eight(workspace, () => ["plan", "example"]);
  expect(plans.map(({ exitCode, refusal }) => [exitCode, refusal])).toEqual(
    plans.map(() => [0, undefined]),
  );
  expect(new Set(plans.map(({ json }) => json.digest)).size).toBe(1);

  const decided = await eight(workspace, (at) => [
    ...["approve", "example", "--as", decisionMakers[at]?.email ?? ""],
  ]);
  expect(decided.map(({ exitCode, refusal }) => [exitCode, refusal])).toEqual(
    decided.map(() => [0, undefined]),
  );
  const log = await workspace.succeed(["log", "example", "--verify"]);
  // The registration in practice, and each decision.
  expect(log.json.entries).toBe(1 + EIGHT);

  const applies = await eight(workspace, () => ["apply", "example"]);
  const changed = applies.filter(({ exitCode, json }) => exitCode === 0 && json.changed === true);
  expect(changed).toHaveLength(1);
  // The others see the first at work, or come after it and find nothing left to do.
  for (const other of applies.filter(({ exitCode }) => exitCode !== 0)) {
    expect(["tenant-locked", "record-busy"]).toContain(other.refusal);
  }
  const { json } = await workspace.succeed(["status", "example"]);
  expect(json).toMatchObject({ drift: [], lastApply: { result: "succeeded" } });
});
