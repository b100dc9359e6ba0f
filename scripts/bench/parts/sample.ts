import { alternating, median } from "../measure.ts";
import type { ChildRun } from "../child.ts";
import type { Part, Row } from "../part.ts";
import { openBenchWorkspace, planApproveApply } from "../product.ts";
import { splitRows, type Split } from "../split-rows.ts";

export const sample: Part = {
  name: "sample",
  summary: "`tenantry plan contoso`, applied before, nothing to change: whole and in parts",
  run: async ({ rounds, report }) => {
    const workspace = await openBenchWorkspace();
    try {
      report("applying the sample once");
      await planApproveApply(workspace);
      const { tenantry, script, stack, folder } = workspace;
      const [plans = [], starts = [], splits = []] = await alternating<ChildRun>(rounds, [
        () => tenantry("plan", stack),
        () => tenantry("--version"),
        () => script("plan-split.ts", folder, stack),
      ]);
      return [
        ...costRows("warm plan", plans, 3),
        ...costRows("`tenantry --version`", starts),
        {
          what: "the same plan, in parts:",
          value: median(splits.map(({ wallMs }) => wallMs)),
          unit: "ms",
        },
        ...splitRows(splits.map(({ stdout }) => JSON.parse(stdout) as Split)),
      ];
    } finally {
      await workspace.remove();
    }
  },
};

export function costRows(what: string, runs: readonly ChildRun[], aimSeconds?: number): Row[] {
  const known = (values: readonly (number | undefined)[]): number[] =>
    values.filter((value) => value !== undefined);
  const cpu = known(runs.map(({ cpuMs }) => cpuMs));
  const memory = known(runs.map(({ peakMemoryMb }) => peakMemoryMb));
  return [
    {
      what,
      value: median(runs.map(({ wallMs }) => wallMs)) / 1000,
      unit: "s",
      ...(aimSeconds === undefined ? {} : { aim: aimSeconds }),
    },
    ...(cpu.length === 0
      ? []
      : [
          {
            what: "  processor time, all processes",
            value: median(cpu) / 1000,
            unit: "s" as const,
          },
        ]),
    ...(memory.length === 0
      ? []
      : [
          { what: "  peak memory, all processes", value: Math.max(...memory), unit: "MB" as const },
        ]),
  ];
}
