/**
 * Leaving a section out of the tenant file means "not managed", never "take everything in it away". What was managed
 * and is omitted without a word is refused: it is kept, emptied, or released by name.
 */
import { nounOf } from "../../core/nouns.ts";
import type { ManagedSection } from "../../core/nouns.ts";
import type { Change, Finding } from "../model/model.ts";

/** @param declared sections that stand in the file, be they empty */
export function omissionFindings(
  changes: readonly Change[],
  declared: readonly ManagedSection[],
): Finding[] {
  const omitted = changes.flatMap(({ operation, type, urn }) => {
    const { listedIn, declaredIn } = nounOf(type) ?? {};
    const section = listedIn ?? declaredIn;
    const isLeftOut = operation === "delete" && section !== undefined;
    return isLeftOut && !declared.includes(section) ? [{ section, urn }] : [];
  });
  return [...Map.groupBy(omitted, ({ section }) => section)].map(([section, objects]) => ({
    code: "left-out",
    source: "omission",
    urns: objects.map(({ urn }) => urn),
    message: {
      nl: `\`${section}\` werd beheerd en staat niet meer in het bestand`,
      en: `\`${section}\` was managed and is no longer in the file`,
    },
    clearedBy: "declaration",
  }));
}
