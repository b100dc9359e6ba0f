/** `npm run torture -- kills <rounds> [--seed S]`: kills the built product at random moments; needs Linux. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { kills } from "./torture/kills.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" } },
});
const [what, count = "", ...more] = positionals;
const rounds = Number(count);
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
if (
  what !== "kills" ||
  more.length > 0 ||
  ![rounds, seed].every(Number.isInteger) ||
  rounds < 1 ||
  process.platform !== "linux"
) {
  process.stderr.write("Usage, on Linux: npm run torture -- kills <rounds> [--seed S]\n");
  process.exit(2);
}

process.stdout.write(`Seed ${seed}\n`);
const done = await kills({
  ...{ rounds, seed, moment: "anywhere" },
  report: (line) => process.stderr.write(`${line}\n`),
});
const table = Map.groupBy(done, ({ command, start, victim }) => `${command}\t${start}\t${victim}`);
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
process.exitCode = failed.length === 0 ? 0 : 1;
