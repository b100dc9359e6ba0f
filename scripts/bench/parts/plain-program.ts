import { company, tenantFile } from "../company.ts";
import { alternating, median } from "../measure.ts";
import type { ChildRun } from "../child.ts";
import type { Part } from "../part.ts";
import { openPlain } from "../plain/plain.ts";
import { openBenchWorkspace, planApproveApply } from "../product.ts";
import { costRows } from "./sample.ts";

const FULL_SIZE = 200;
const SIZE = 50;

export const plainProgram: Part = {
  name: "plain-program",
  summary:
    `plan without changes and first apply of ${SIZE} people (${FULL_SIZE} with --full), their groups and licences, on ` +
    "the emulator, next to a plain Pulumi program with one resource per fact and its provider as a process",
  run: async ({ rounds, full, report }) => {
    const size = full ? FULL_SIZE : SIZE;
    const ours = await openBenchWorkspace(tenantFile({ ...company(size), sites: [] }));
    const plain = await openPlain(size);
    try {
      report(`first apply of the plain program, ${size} people`);
      const plainUp = await plain.up();
      report(`first apply of ours, ${size} people`);
      const oursUp = await planApproveApply(ours);
      report("plans without changes");
      const [oursPlans = [], plainPlans = []] = await alternating<ChildRun>(rounds, [
        () => ours.tenantry("plan", ours.stack),
        () => plain.preview(),
      ]);
      return [
        ...costRows("our plan", oursPlans),
        ...costRows("plain plan", plainPlans),
        {
          what: "plain plan : our plan",
          value: ratio(plainPlans, oursPlans),
          unit: "times",
          aim: 3,
        },
        ...costRows("our first apply: plans, applies, reads back, records", [oursUp]),
        ...costRows("plain first up", [plainUp]),
        { what: "plain up : our apply", value: plainUp.wallMs / oursUp.wallMs, unit: "times" },
      ];
    } finally {
      await plain.close();
      await ours.remove();
    }
  },
};

/** Median of the ratios of each round: both were measured under about the same load. */
const ratio = (ones: readonly ChildRun[], others: readonly ChildRun[]): number =>
  median(ones.map(({ wallMs }, at) => wallMs / (others[at]?.wallMs ?? Number.NaN)));
