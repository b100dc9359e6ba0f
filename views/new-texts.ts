/** What is said of something new, in clauses for its line. */
import { isJsonObject } from "../core/json.ts";
import type { Locale } from "../core/i18n/format.ts";
import { labelOf, wordOf } from "../core/i18n/labels.ts";
import type { Change, PropertyChange } from "../plan/index.ts";

/** @param of what is new, as `remove` names it */
export function newTexts(
  { recycleBin, properties }: Pick<Change, "recycleBin" | "properties">,
  locale: Locale,
  of: keyof Locale["texts"]["isNew"],
): string[] {
  const { texts } = locale;
  const said = recycleBin === undefined ? [] : [texts.recycleBin[recycleBin]];
  const own = properties.flatMap((property) => ownTexts(property, locale));
  return recycleBin === "restore" ? said : [texts.isNew[of], ...said, ...own];
}

/** A room or a distribution list says what it is, and a group by which rule people belong to it: else nobody could tell who gets what it gives. */
function ownTexts({ path, after }: PropertyChange, { language }: Locale): string[] {
  const kind = typeof after === "string" && path === "type" ? wordOf(path, after) : undefined;
  if (kind !== undefined) return [kind[language]];
  if (path !== "dynamicMembership" || after === undefined || !isJsonObject(after)) return [];
  const { rule } = after;
  const label = labelOf(path)?.[language].toLowerCase() ?? path;
  return typeof rule === "string" ? [`${label}: ${rule}`] : [];
}
