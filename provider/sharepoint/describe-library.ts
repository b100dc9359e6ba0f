/** What a change of a library with permissions of its own means to the customer. */
import type { Text } from "../../core/language.ts";
import { clauses, text } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { clausesOf, movesIn, siteNameIn } from "./describe-grants.ts";

export function describeLibrary(change: DescribedChange): Description {
  const { operation, before, after } = change;
  const site = siteNameIn(change);
  const place = placeOf(text(after, "title") || text(before, "title"), site);
  const { moves, affected } = movesIn(change);
  const base = { section: "sites" as const, affected };
  switch (operation) {
    case "create": {
      const said = clausesOf(moves, place);
      return {
        ...base,
        severity: "sensitive",
        ...told(place, {
          nl: [
            "krijgt eigen rechten; wie bij de site kan, kan er daardoor niet meer bij",
            said.nl ?? "alleen wie de site beheert, kan erbij",
          ],
          en: [
            "gets permissions of its own; access to the site no longer opens it",
            said.en ?? "only administrators of the site can open it",
          ],
        }),
      };
    }
    case "adopt":
      return {
        ...base,
        severity: "routine",
        ...told(place, {
          nl: ["heeft eigen rechten, die voortaan hier beheerd worden"],
          en: ["has permissions of its own, which are managed here from now on"],
        }),
      };
    case "delete":
      return { ...base, affected: [], severity: "sensitive", ...letGo(place) };
    case "replace": {
      const former = letGo(placeOf(text(before, "title"), siteNameIn({ before, after: before })));
      const now = told(place, {
        nl: ["krijgt eigen rechten"],
        en: ["gets permissions of its own"],
      });
      return {
        ...base,
        severity: "sensitive",
        nl: `${former.nl}; ${now.nl}`,
        en: `${former.en}; ${now.en}`,
      };
    }
    case "update":
      return { ...base, ...describeUpdate(change, place, moves) };
  }
}

const placeOf = (title: string, site: string): Text => ({
  nl: `de bibliotheek ${title} (site ${site})`,
  en: `the library ${title} (site ${site})`,
});

const told = (
  place: Text,
  said: { readonly nl: readonly string[]; readonly en: readonly string[] },
): Text => ({
  nl: `D${place.nl.slice(1)} ${said.nl.join("; ")}`,
  en: `T${place.en.slice(1)} ${said.en.join("; ")}`,
});

const letGo = (place: Text): Text =>
  told(place, {
    nl: ["wordt hier niet langer beheerd: bestanden en rechten blijven zoals ze zijn"],
    en: ["is no longer managed here: its files and permissions stay as they are"],
  });

function describeUpdate(
  { before, after, changedPaths }: DescribedChange,
  place: Text,
  moves: ReturnType<typeof movesIn>["moves"],
): Pick<Description, "nl" | "en" | "severity"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const isOpened =
    before?.hasUniqueRoleAssignments === true && after?.hasUniqueRoleAssignments === false;
  const isClosed =
    before?.hasUniqueRoleAssignments === false && after?.hasUniqueRoleAssignments === true;
  const said = clausesOf(moves, place);
  const inherited = isOpened
    ? {
        nl: "staat open voor iedereen die bij de site kan",
        en: "is open to everybody who can open the site",
      }
    : isClosed
      ? {
          nl: "krijgt weer eigen rechten; wie alleen bij de site kan, verliest de toegang",
          en: "gets permissions of its own again; those who can only open the site lose access",
        }
      : undefined;
  const isMoved = keys.has("siteId");
  const isNothingSaid = inherited === undefined && said.nl === undefined && !isMoved;
  const whole = inherited && told(place, { nl: [inherited.nl], en: [inherited.en] });
  const anew = told(place, { nl: ["staat op een nieuwe site"], en: ["is on a new site"] });
  return {
    severity:
      moves.removed.length > 0 || isClosed
        ? "destructive"
        : isNothingSaid
          ? "routine"
          : "sensitive",
    nl:
      clauses([
        isMoved && anew.nl,
        whole?.nl ?? false,
        said.nl ?? false,
        isNothingSaid && `andere gegevens van ${place.nl} veranderen`,
      ]) ?? "",
    en:
      clauses([
        isMoved && anew.en,
        whole?.en ?? false,
        said.en ?? false,
        isNothingSaid && `other details of ${place.en} change`,
      ]) ?? "",
  };
}
