/** Mailboxes that are to do without a licence and cannot: found where somebody looked. */
import type { Text } from "../../core/language.ts";
import { NOUNS } from "../../core/nouns.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** By URN of the change, what keeps the mailbox from doing without a licence. */
export type LicenseNeeds = ReadonlyMap<string, readonly Text[]>;

/** Whether a plan makes a mailbox a shared one that is to have no licence, or takes the licence of one. */
export const needsNoLicenseAnyMore = ({
  type,
  operation,
  properties,
}: Pick<Change, "type" | "operation" | "properties">): boolean =>
  type === NOUNS.userMailboxType.type &&
  operation !== "delete" &&
  operation !== "forget" &&
  properties.some(({ path, after }) => path === "withoutLicense" && after === true);

export const licenseNeedFindings = (
  changes: readonly Change[],
  needs: LicenseNeeds | undefined,
): Finding[] =>
  changes.flatMap((change) => {
    const found = needs?.get(change.urn) ?? [];
    if (found.length === 0) return [];
    const why = (language: keyof Text): string => found.map((one) => one[language]).join(", ");
    return [
      {
        ...bySafeguard("mailbox-needs-license", [change]),
        message: {
          nl: `De mailbox van ${change.name} kan niet zonder licentie: ${why("nl")}`,
          en: `The mailbox of ${change.name} cannot do without a licence: ${why("en")}`,
        },
        clearedBy: "declaration" as const,
      },
    ];
  });
