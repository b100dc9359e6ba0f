/**
 * What takes longer than CI has: `npm run torture -- kills <rounds>` kills the built product at random moments (needs
 * Linux), `npm run torture -- promise <stories>` has others change a tenant while it is planned, approved and applied,
 * `npm run torture -- take-over <tenants>` takes random tenants over and makes them again.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { kills } from "./torture/kills.ts";
import { promise, takeOver } from "./torture/tests.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" } },
});
const [what, count = "", ...more] = positionals;
const rounds = Number(count);
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
const inProcess = what === "promise" ? promise : what === "take-over" ? takeOver : undefined;
const isKnown = inProcess !== undefined || (what === "kills" && process.platform === "linux");
if (!isKnown || more.length > 0 || ![rounds, seed].every(Number.isInteger) || rounds < 1) {
  process.stderr.write(
    "Usage: npm run torture -- promise <stories> [--seed S]\n" +
      "       npm run torture -- take-over <tenants> [--seed S]\n" +
      "On Linux: npm run torture -- kills <rounds> [--seed S]\n",
  );
  process.exit(2);
}

process.stdout.write(`Seed ${seed}\n`);
process.exitCode = await (inProcess?.({ rounds, seed }) ?? killsInTable());

async function killsInTable(): Promise<number> {
  const done = await kills({
    ...{ rounds, seed, moment: "anywhere" },
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const table = Map.groupBy(
    done,
    ({ command, start, victim }) => `${command}\t${start}\t${victim}`,
  );
  process.stdout.write("command\tstart\tkilled\trounds\tafter one apply\tafter two\tnot settled\n");
  for (const [key, group] of [...table].sort()) {
    const settled = group.filter(({ problems }) => problems.length === 0);
    const after = (applies: number): number =>
      settled.filter((round) => round.applies === applies).length;
    const counts = [group.length, after(1), after(2), group.length - settled.length];
    process.stdout.write(`${key}\t${counts.join("\t")}\n`);
  }
  const failed = done.filter(({ problems }) => problems.length > 0);
  process.stdout.write(`${failed.length} of ${done.length} not settled.\n`);
  return failed.length === 0 ? 0 : 1;
}
