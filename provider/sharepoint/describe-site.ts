/** What a change of a site means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { clauses, en, nl, text } from "../../core/i18n/phrases.ts";
import { BIN_DAYS, isClaim } from "./sharepoint-sites.ts";
import { sharingChange } from "./sharing-words.ts";

/** Inputs that have clauses of their own. */
const IN_WORDS = ["title", "owner", "storageQuota", "sharingCapability"];

export function describeSite({
  operation,
  before,
  after,
  changedPaths,
}: DescribedChange): Description {
  const title = text(after, "title") || text(before, "title");
  const url = text(after, "url") || text(before, "url");
  const owner = text(after, "owner");
  const base = { section: "sites" as const, affected: [title] };
  const sharing = sharingChange({ before, after });
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: sharing?.severity ?? "routine",
        nl: `De site ${title} komt erbij (${url}), met ${owner} als eigenaar${sharing ? `; ${sharing.nl}` : ""}`,
        en: `The site ${title} is added (${url}), owned by ${owner}${sharing ? `; ${sharing.en}` : ""}`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `De site ${title} (${url}) bestaat al en wordt voortaan hier beheerd`,
        en: `The site ${title} (${url}) already exists and is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `De site ${title} (${url}) wordt verwijderd met alle bestanden; ${BIN_DAYS} dagen terug te halen`,
        en: `The site ${title} (${url}) is removed with all its files; it can be restored for ${BIN_DAYS} days`,
      };
    case "replace": {
      const old = text(before, "url");
      return {
        ...base,
        severity: "destructive",
        nl: `De site ${title} wordt verwijderd (${old}) en opnieuw leeg aangemaakt (${url}); de bestanden verhuizen niet mee`,
        en: `The site ${title} is deleted (${old}) and recreated empty (${url}); its files are not moved`,
      };
    }
    case "update": {
      const keys = new Set(changedPaths.map(topLevelKey));
      const wasTitle = text(before, "title");
      const hasOther = [...keys].some((key) => !IN_WORDS.includes(key));
      const storage = after?.storageQuota;
      const wasOwner = text(before, "owner");
      return {
        ...base,
        severity: sharing?.severity ?? (keys.has("owner") ? "sensitive" : "routine"),
        nl: `De site ${wasTitle}: ${
          clauses([
            keys.has("title") && `heet voortaan ${title}`,
            keys.has("owner") &&
              `${isClaim(owner) ? "een groep" : owner} wordt eigenaar; de vorige eigenaar, ${isClaim(wasOwner) ? "een groep" : wasOwner}, blijft beheerder van de site`,
            typeof storage === "number" &&
              keys.has("storageQuota") &&
              `krijgt hoogstens ${nl.storage(storage)} aan opslag`,
            sharing?.nl ?? false,
            hasOther && "andere instellingen veranderen",
          ]) ?? "andere instellingen veranderen"
        }`,
        en: `The site ${wasTitle}: ${
          clauses([
            keys.has("title") && `is called ${title} from now on`,
            keys.has("owner") &&
              `${isClaim(owner) ? "a group" : owner} becomes the owner; the previous owner, ${isClaim(wasOwner) ? "a group" : wasOwner}, remains an administrator of the site`,
            typeof storage === "number" &&
              keys.has("storageQuota") &&
              `gets at most ${en.storage(storage)} of storage`,
            sharing?.en ?? false,
            hasOther && "other settings change",
          ]) ?? "other settings change"
        }`,
      };
    }
  }
}
