/** The tenant file's word on what goes: why, and what happens to the data. */
import { mustBeRemovedByName } from "../../core/nouns.ts";
import type { Change, Finding } from "../model/model.ts";

/** One line of the tenant file's `remove` section. */
export interface RemoveEntry {
  /** User principal name, mail nickname, or address of the site or mailbox, as the tenant file has it. */
  readonly object: string;
  readonly reason: string;
  /** What happens to the data. */
  readonly data: string;
}

/** What every finding of a safeguard has. */
export const bySafeguard = (code: Finding["code"], changes: readonly Change[]) => ({
  code,
  source: "safeguard" as const,
  urns: changes.map(({ urn }) => urn),
});

/** Whether one of the object's keys is in the list; a site may be listed by its path alone. */
export function isListed(
  { identifiers }: Pick<Change, "identifiers">,
  list: readonly string[],
): boolean {
  const wanted = new Set(list.map((entry) => entry.toLowerCase().replace(/\/$/, "")));
  return identifiers.some((identifier) => {
    const known = identifier.replace(/\/$/, "");
    const path = /^https:\/\/[^/]+(\/.+)$/.exec(known)?.[1];
    return wanted.has(known) || (path !== undefined && wanted.has(path));
  });
}

/** What the file says of an object that goes; undefined for what stays, and for relations and settings. */
export function removalOf(
  change: Change,
  entries: readonly RemoveEntry[],
): Change["removal"] | undefined {
  if (change.operation !== "delete" || !mustBeRemovedByName(change.type)) return undefined;
  const entry = entries.find(({ object }) => isListed(change, [object]));
  return entry && { reason: entry.reason, data: entry.data };
}
