/**
 * Licences of a group stop at who is in it directly, which is easily taken otherwise.
 * @see https://learn.microsoft.com/entra/fundamentals/how-to-manage-groups ("Add a group to another group", checked 2026-11-28)
 */
import { NOUNS, ownerOfList } from "../../core/nouns.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

const LISTS = [NOUNS.groupMembership, NOUNS.groupLicense];

/** @param groups names of those that give licences and contain groups */
export function nestedLicenseFindings(
  changes: readonly Change[],
  groups: readonly string[] = [],
): Finding[] {
  const isOfThem = ({ type, urn, operation }: Change): boolean =>
    operation !== "delete" &&
    operation !== "forget" &&
    LISTS.some((list) => list.type === type && groups.includes(ownerOfList(list, nameOfUrn(urn))));
  const byName = Map.groupBy(changes.filter(isOfThem), ({ name }) => name);
  return [...byName].map(([name, all]) => ({
    ...bySafeguard("licenses-not-nested", all),
    message: {
      nl: `De licenties van de groep ${name} gaan niet naar wie er alleen via een andere groep in zit`,
      en: `The licences of the group ${name} do not reach who is in it only through another group`,
    },
    clearedBy: "none-needed",
  }));
}
