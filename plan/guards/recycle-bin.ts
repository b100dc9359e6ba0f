/** What still lies in a recycle bin under the name of something new: only people know whether it is the same. */
import { localeOf } from "../../core/i18n/format.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** @param deleted calendar day until which it can be restored, by URN of the creation */
export const recycleBinFindings = (
  changes: readonly Change[],
  deleted: ReadonlyMap<string, string>,
): Finding[] =>
  changes.flatMap((change): Finding[] => {
    const until = deleted.get(change.urn);
    if (until === undefined || change.recycleBin !== undefined) return [];
    const [nl, en] = [localeOf("nl").day(until), localeOf("en").day(until)];
    return [
      {
        ...bySafeguard("in-recycle-bin", [change]),
        message: {
          nl: `${change.name} staat tot ${nl} nog in de prullenbak: terugzetten of nieuw beginnen?`,
          en: `${change.name} is in the recycle bin until ${en}: restore it or start anew?`,
        },
        clearedBy: "declaration",
      },
    ];
  });
