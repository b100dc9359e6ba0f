import { company, tenantFile } from "../company.ts";
import { median } from "../measure.ts";
import type { Part, Row } from "../part.ts";
import { openBenchWorkspace } from "../product.ts";
import { splitRows, type Split } from "../split-rows.ts";

const FULL_SIZE = 1000;
const SIZE = 100;

export const firstWrite: Part = {
  name: "first-write",
  summary:
    "from apply to the first object made, on the emulator, without the approval and lock (milliseconds each): " +
    `the sample, and a company of ${SIZE} people (${FULL_SIZE} with --full)`,
  run: async ({ rounds, full, report }) => {
    const size = full ? FULL_SIZE : SIZE;
    const rows: Row[] = [];
    for (const [name, file] of [
      ["the sample", undefined],
      [`${size} people`, tenantFile(company(size))],
    ] as const) {
      const splits: Split[] = [];
      for (let round = 0; round < rounds; round++) {
        report(`${name}, ${round + 1} of ${rounds}`);
        const workspace = await openBenchWorkspace(file);
        try {
          const { stdout } = await workspace.script(
            "plan-split.ts",
            workspace.folder,
            workspace.stack,
            "first-write",
          );
          splits.push(JSON.parse(stdout) as Split);
        } finally {
          await workspace.remove();
        }
      }
      const totals = splits.map((split) => Object.values(split).reduce((sum, ms) => sum + ms, 0));
      rows.push({ what: name, value: median(totals), unit: "ms" }, ...splitRows(splits));
    }
    return rows;
  },
};
