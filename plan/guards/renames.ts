/** Renames that the tenant file speaks of, and such as it may have meant. */
import { nounOf } from "../../core/nouns.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** A former name that finds nothing, or was found already: no harm, and to be taken out. */
export const renameFindings = (changes: readonly Change[]): Finding[] =>
  changes
    .filter(({ options, formerUrn, operation, type }) => {
      const isUnused = operation !== "adopt" && formerUrn === undefined;
      return isUnused && options.aliases.length > 0 && nounOf(type)?.list === undefined;
    })
    .map((change) => {
      const former = change.options.aliases.join(", ");
      return {
        ...bySafeguard("former-name-unused", [change]),
        message: {
          nl: `${change.name}: “formerly: ${former}” doet niets meer en kan uit het bestand`,
          en: `${change.name}: “formerly: ${former}” no longer has any effect and can be removed from the file`,
        },
        clearedBy: "none-needed",
      };
    });

/** Properties that often stay the same when somebody gets another name. */
const TELLING: ReadonlySet<string> = new Set([
  ...["displayName", "givenName", "surname", "jobTitle", "department"],
  ...["mobilePhone", "managerId", "description", "title"],
]);

/** What comes in the same plan and looks like the one that goes; undefined where nothing does. */
export function successorOf(gone: Change, changes: readonly Change[]): Change | undefined {
  const before = new Map(gone.properties.map(({ path, before: value }) => [path, value]));
  const alike = (other: Change): number =>
    other.properties.filter(
      ({ path, after }) =>
        TELLING.has(path) &&
        typeof after === "string" &&
        after !== "" &&
        before.get(path) === after,
    ).length;
  const [best] = changes
    .filter(({ operation, type }) => operation === "create" && type === gone.type)
    .map((change) => ({ change, count: alike(change) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
  return best?.change;
}
