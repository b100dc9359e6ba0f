import { median } from "../measure.ts";
import type { Part } from "../part.ts";
import type { ImportResult } from "../service/protocol.ts";
import { LATENCY_MS, runImport } from "../service/run.ts";

/** With the groups of their company, about 5,000 objects. */
const FULL_SIZE = 4970;
const SIZE = 500;
const FEWER_REQUESTS = 20;
/** An account, its licences, its mailbox with rules, settings and calendar, who may open it and who may send as it. */
const LISTS_OF_PERSON = 8;
/** A group, its licences, its owners and its members. */
const LISTS_OF_GROUP = 4;

export const importing: Part = {
  name: "import",
  summary:
    `${SIZE} people (${FULL_SIZE} with --full) and their groups read as an import reads them, and written as a tenant file, ` +
    `without the engine, on the emulator with documented quotas and ${LATENCY_MS} ms an answer`,
  run: async ({ rounds, full, report }) => {
    const people = full ? FULL_SIZE : SIZE;
    const runs: ImportResult[] = [];
    for (let round = 0; round < rounds; round++) {
      report(`${people} people, ${round + 1} of ${rounds}`);
      runs.push(await runImport(people));
    }
    const middle = (of: (run: ImportResult) => number): number => median(runs.map(of));
    const alone = middle((run) => run.people * LISTS_OF_PERSON + run.groups * LISTS_OF_GROUP);
    return [
      {
        what: "people and groups",
        value: middle((run) => run.people + run.groups),
        unit: "resources",
      },
      { what: "reading them and writing the file", value: middle((run) => run.seconds), unit: "s" },
      {
        what: "  on the wire",
        value: middle((run) => run.requests),
        unit: "requests",
        aim: alone / FEWER_REQUESTS,
      },
      { what: "  one by one, at least", value: alone, unit: "requests" },
      { what: "  answers 429", value: middle((run) => run.throttled), unit: "requests", aim: 0 },
      {
        what: "  memory of the client at its peak",
        value: middle((run) => run.peakMemoryMb),
        unit: "MB",
      },
    ];
  },
};
