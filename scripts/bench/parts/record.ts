import type * as RecordModule from "../../../approval/record.ts";
import { EMPTY, encodeEntry, entryHash, sealEntry } from "../../../approval/index.ts";
import type { RecordPosition } from "../../../approval/index.ts";
import {
  anna,
  decision,
  ines,
  joost,
  minute,
  registration,
  trustRoots,
} from "../../../test/approval/support.ts";
import { median, timed } from "../measure.ts";
import type { Part } from "../part.ts";
import { compiled } from "../product.ts";

const ENTRIES = 10_000;

export const record: Part = {
  name: "record",
  summary: `chain and signatures of a record with ${ENTRIES} entries, in memory`,
  run: async ({ rounds, report }) => {
    report("making the record");
    const entries = entriesOf(ENTRIES);
    const { verifyRecord } = await compiled<typeof RecordModule>("approval/record.js");
    const runs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { value, ms } = await timed(() => verifyRecord(entries, { trustRoots }));
      if (!value.ok) throw new Error(`The record does not verify: ${value.break.message}`);
      runs.push(ms / 1000);
    }
    return [{ what: `${ENTRIES} entries verified`, value: median(runs), unit: "s", aim: 2 }];
  },
};

/** One registration, then a decision a minute; sealed here, since adding one by one checks each time. */
function entriesOf(count: number): Uint8Array[] {
  let seen: RecordPosition = EMPTY;
  return Array.from({ length: count }, (_, at) => {
    const envelope =
      at === 0 ? registration(seen, at, { by: [ines, joost] }) : decision(seen, at, { by: anna });
    const bytes = encodeEntry(sealEntry(seen, { envelope, recordedAt: minute(at) }));
    seen = { sequence: at + 1, hash: entryHash(bytes) };
    return bytes;
  });
}
