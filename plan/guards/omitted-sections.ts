/**
 * Leaving something out of the tenant file means "not managed", never "take it away". To the engine both look
 * alike, so what was managed and is left out now is refused: it is emptied, or removed by name, or kept.
 */
import { nounOf, ownerOfList } from "../../core/nouns.ts";
import type { ListSection, Noun } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";

/** What the tenant file still has. */
export interface DeclaredSections {
  /** Sections that stand in the file, be they empty. */
  readonly sections: readonly ListSection[];
  /** Names of the objects of each kind that the file declares. */
  readonly objects: Readonly<Record<"user" | "group" | "site", readonly string[]>>;
}

export function omissionFindings(
  changes: readonly Change[],
  declared: DeclaredSections,
): Finding[] {
  const urnsByWhat = new Map<string, string[]>();
  for (const { operation, type, urn } of changes) {
    const noun = nounOf(type);
    if (operation !== "delete" || noun === undefined) continue;
    const what = omitted(noun, urn, declared);
    if (what !== undefined) urnsByWhat.set(what, [...(urnsByWhat.get(what) ?? []), urn]);
  }
  return [...urnsByWhat].map(([what, urns]) => ({
    code: "left-out",
    source: "omission",
    urns,
    message: {
      nl: `${what.replace(" of ", " van ")} werd beheerd en staat niet meer in het bestand`,
      en: `${what} was managed and is left out of the file now`,
    },
    clearedBy: "declaration",
  }));
}

/** Such as "`members` of finance"; undefined for what was taken out of a list that is still there. */
function omitted(
  { listedIn, list }: Noun,
  urn: string,
  { sections, objects }: DeclaredSections,
): string | undefined {
  if (listedIn !== undefined) return sections.includes(listedIn) ? undefined : `\`${listedIn}\``;
  if (list === undefined) return undefined;
  const owner = ownerOfList({ list }, nameOfUrn(urn));
  return objects[list.owner].includes(owner) ? `\`${list.key}\` of ${owner}` : undefined;
}
