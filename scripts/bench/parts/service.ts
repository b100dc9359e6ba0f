import type * as EngineModule from "../../../engine/automation.ts";
import { company } from "../company.ts";
import { median } from "../measure.ts";
import type { BenchContext, Part, Row } from "../part.ts";
import { compiled } from "../product.ts";
import { extrapolated } from "../service/extrapolate.ts";
import type { Cost } from "../service/protocol.ts";
import { fewestWrites } from "../service/resources.ts";
import { LATENCY_MS, runProduct, runService, type ServiceRun } from "../service/run.ts";

const FULL_SIZE = 1000;
const SIZE = 100;
const SAMPLE = 20;
/** People for the product with its engine, which gets slower with each resource. */
const FULL_PRODUCT_SIZE = 200;
const PRODUCT_SIZE = 50;
/** Of directory writes per application and tenant. */
const WINDOW_SECONDS = 150;
const WRITES_AT_ONCE = 3000;
const WRITES_PER_SECOND = WRITES_AT_ONCE / WINDOW_SECONDS;
const SLOWER_THAN_BOUND = 1.25;
const FEWER_REQUESTS = 20;
/** Of a second look. */
const MOST_REQUESTS = 10;

export const service: Part = {
  name: "service",
  summary:
    `first apply and full read of ${SIZE} people (${FULL_SIZE} with --full), their groups and licences, without the engine, ` +
    `and of ${PRODUCT_SIZE} (${FULL_PRODUCT_SIZE}) with it, on the emulator with documented quotas and ${LATENCY_MS} ms an answer`,
  run: async ({ rounds, full, report }) => {
    const people = full ? FULL_SIZE : SIZE;
    report(`${SAMPLE} people one by one`);
    const { byKind } = await runService({ people: SAMPLE, oneByOne: true });
    if (byKind === undefined) throw new Error("One by one says what each kind took");
    const companies = { from: company(SAMPLE), to: company(people) };
    const alone = {
      apply: extrapolated({ byKind }, companies, "apply"),
      read: extrapolated({ byKind }, companies, "read"),
    };
    const { PARALLEL } = await compiled<typeof EngineModule>("engine/automation.js");
    const asEngine: ServiceRun[] = [];
    const atOnce: ServiceRun[] = [];
    for (let round = 0; round < rounds; round++) {
      report(`${people} people, ${PARALLEL} resources at a time, ${round + 1} of ${rounds}`);
      asEngine.push(await runService({ people, parallel: PARALLEL, oneByOne: false }));
      report(`${people} people, all resources at once, ${round + 1} of ${rounds}`);
      atOnce.push(await runService({ people, oneByOne: false }));
    }
    const writes = fewestWrites(companies.to);
    const bound = writes / WRITES_PER_SECOND;
    const product = await productRows({ rounds, full, report });
    return [
      { what: "fewest writes that make the company", value: writes, unit: "requests" },
      {
        what: `  at the quota's ${WRITES_PER_SECOND} a second: the bound`,
        value: bound,
        unit: "s",
      },
      {
        what: `  when nothing else has used the quota: ${WRITES_AT_ONCE} may go at once`,
        value: Math.floor((writes - 1) / WRITES_AT_ONCE) * WINDOW_SECONDS,
        unit: "s",
      },
      ...costRows("first apply one by one, extrapolated", alone.apply),
      ...costRows("full read one by one, extrapolated", alone.read),
      ...runRows(`${PARALLEL} at a time`, asEngine, { bound, alone: alone.read }),
      ...runRows("all at once", atOnce, { bound, alone: alone.read }),
      ...product,
    ];
  },
};

/** The engine's own time is in it: it writes its whole state down before and after each step. */
async function productRows({ rounds, full, report }: BenchContext): Promise<Row[]> {
  const people = full ? FULL_PRODUCT_SIZE : PRODUCT_SIZE;
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    report(`${people} people by the product, ${round + 1} of ${rounds}`);
    runs.push(await runProduct(people));
  }
  const bound = fewestWrites(company(people)) / WRITES_PER_SECOND;
  return [
    {
      what: `first apply of ${people} people by the product, the engine's run`,
      value: median(runs.map(({ applySeconds }) => applySeconds)),
      unit: "s",
      aim: SLOWER_THAN_BOUND * bound,
    },
    {
      what: "  writes sent by it",
      value: median(runs.map(({ writes }) => writes)),
      unit: "requests",
    },
    {
      what: "  reading it back",
      value: median(runs.map(({ readBackSeconds }) => readBackSeconds)),
      unit: "s",
    },
  ];
}

type Size = Pick<Cost, "requests" | "seconds">;

function costRows(what: string, { requests, seconds }: Size, aims: Partial<Size> = {}): Row[] {
  return [
    { what, value: seconds, unit: "s", ...(aims.seconds && { aim: aims.seconds }) },
    {
      what: "  on the wire",
      value: requests,
      unit: "requests",
      ...(aims.requests && { aim: aims.requests }),
    },
  ];
}

function runRows(
  how: string,
  runs: readonly ServiceRun[],
  { bound, alone }: { readonly bound: number; readonly alone: Size },
): Row[] {
  const middle = (of: (run: ServiceRun) => number): number => median(runs.map(of));
  const cost = (
    what: keyof Pick<ServiceRun, "apply" | "read" | "readBack" | "firstLook" | "secondLook">,
  ): Size => ({
    requests: middle((run) => run[what].requests),
    seconds: middle((run) => run[what].seconds),
  });
  const writes = middle(({ apply }) => apply.writes);
  return [
    ...costRows(`first apply, ${how}`, cost("apply"), { seconds: SLOWER_THAN_BOUND * bound }),
    ...costRows(`full read, ${how}`, cost("read"), {
      requests: alone.requests / FEWER_REQUESTS,
    }),
    ...costRows("  by the client that has just applied", cost("readBack")),
    ...costRows("  as a first status reads", cost("firstLook"), {
      requests: alone.requests / FEWER_REQUESTS,
    }),
    ...costRows("  as a second status reads", cost("secondLook"), { requests: MOST_REQUESTS }),
    {
      what: "  writes sent by that apply",
      value: writes,
      unit: "requests",
    },
    { what: `    at ${WRITES_PER_SECOND} a second`, value: writes / WRITES_PER_SECOND, unit: "s" },
    {
      what: "  answers 429 in all of them",
      value: middle(
        ({ apply, readBack, read }) => apply.throttled + readBack.throttled + read.throttled,
      ),
      unit: "requests",
      aim: 0,
    },
    {
      what: "  memory of the client at its peak",
      value: middle(({ peakMemoryMb }) => peakMemoryMb),
      unit: "MB",
    },
    {
      what: "  memory of the emulator at its peak",
      value: middle(({ emulatorMemoryMb }) => emulatorMemoryMb),
      unit: "MB",
    },
  ];
}
