/**
 * What takes longer than CI has: `npm run torture -- kills <rounds>` kills the built product at random moments (needs
 * Linux), `npm run torture -- promise <stories>` has others change a tenant while it is planned, approved and applied,
 * `npm run torture -- take-over <tenants>` takes random tenants over and makes them again, `npm run torture -- fleet
 * <tenants> --runners 20` has that many runners apply to that many tenants through two servers, `npm run torture -- fuzz
 * <requests>` sends a server requests that nobody meant.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { fleet } from "./torture/fleet.ts";
import { kills } from "./torture/kills.ts";
import { fuzz, promise, takeOver } from "./torture/tests.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string" }, runners: { type: "string", default: "20" } },
});
const [what, count = "", ...more] = positionals;
const rounds = Number(count);
const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
const runners = Number(values.runners);
const tortures = new Map([
  ["promise", promise],
  ["take-over", takeOver],
  ["fuzz", fuzz],
  ["fleet", fleetInTable],
]);
if (process.platform === "linux") tortures.set("kills", killsInTable);
const torture = tortures.get(what ?? "");
const isWhole = [rounds, seed, runners].every((number) => Number.isInteger(number) && number > 0);
if (torture === undefined || more.length > 0 || !isWhole) {
  process.stderr.write(
    "Usage: npm run torture -- promise <stories> [--seed S]\n" +
      "       npm run torture -- take-over <tenants> [--seed S]\n" +
      "       npm run torture -- fuzz <requests> [--seed S]\n" +
      "       npm run torture -- fleet <tenants> [--runners 20] [--seed S]\n" +
      "On Linux: npm run torture -- kills <rounds> [--seed S]\n",
  );
  process.exit(2);
}

process.stdout.write(`Seed ${seed}\n`);
process.exitCode = await torture({ rounds, seed });

async function fleetInTable(): Promise<number> {
  const { problems, figures } = await fleet({
    ...{ tenants: rounds, runners, seed },
    report: (line) => process.stderr.write(`${line}\n`),
  });
  for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name}\t${value}\n`);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`${problems.length} problems.\n`);
  return problems.length === 0 ? 0 : 1;
}

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
