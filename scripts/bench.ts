/** `npm run bench [-- <part>… --rounds 3 --full --json]`: measures the built product; see docs/benchmarks.md. */
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { parts } from "./bench/registry.ts";
import { table } from "./bench/table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    full: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  const names = parts.map(({ name }) => name).join(", ");
  process.stderr.write(
    `Usage: npm run bench [-- <part>… --rounds 3 --full --json]; parts: ${names}.\n`,
  );
  process.exit(2);
}

const machine = {
  processors: `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}`,
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.versions.node,
  /** Of the last minute, before the first measurement: above the number of processors, times are too long. */
  load: loadavg()[0] ?? 0,
};
if (!values.json) {
  const { processors, memoryGb, node, load } = machine;
  process.stdout.write(`${processors}, ${memoryGb} GB, Node ${node}, load ${load.toFixed(1)}\n`);
}
const results = [];
for (const { name, summary, run } of parts) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const rows = await run({
    rounds,
    full: values.full,
    report: (line) => process.stderr.write(`${name}: ${line} …\n`),
  });
  results.push({ name, summary, rows });
  if (!values.json) process.stdout.write(`\n${name}: ${summary}\n${table(rows)}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify({ machine, rounds, results }, null, 2)}\n`);
