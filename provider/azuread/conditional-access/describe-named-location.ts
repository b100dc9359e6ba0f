/** What a change of a named location means to the customer. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { clauses, en, listChange, nl, text, texts } from "../../../core/i18n/phrases.ts";
import { within } from "../nested-equality.ts";

type Sentences = Pick<Description, "nl" | "en" | "severity">;

export function describeNamedLocation(change: DescribedChange): Description {
  return { section: "tenant", affected: [], ...sentences(change) };
}

function sentences(change: DescribedChange): Sentences {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const place = { nl: `De locatie “${name}”`, en: `The location “${name}”` };
  const what = whatItIs(after ?? before);
  switch (operation) {
    case "create":
      return {
        severity: "sensitive",
        nl: `${place.nl} (${what.nl}) komt erbij voor de toegangsregels`,
        en: `${place.en} (${what.en}) is added for the access rules`,
      };
    case "adopt":
      return {
        severity: "routine",
        nl: `${place.nl} (${what.nl}) bestaat al en wordt voortaan hier beheerd`,
        en: `${place.en} (${what.en}) already exists and is managed here from now on`,
      };
    case "delete":
      return {
        severity: "sensitive",
        nl: `${place.nl} verdwijnt: toegangsregels kunnen er niet meer naar verwijzen`,
        en: `${place.en} goes: access rules can no longer refer to it`,
      };
    case "replace":
      return {
        severity: "sensitive",
        nl: `${place.nl} wordt opnieuw aangemaakt en is daarna ${what.nl}`,
        en: `${place.en} is recreated and is then ${what.en}`,
      };
    case "update":
      return { severity: "sensitive", ...updated(change, place) };
  }
}

/** By which addresses or countries the place is known, and whether it is trusted. */
function whatItIs(properties: DescribedChange["after"]): { nl: string; en: string } {
  const ip = within(properties, "ip");
  if (ip === undefined) {
    const countries = texts(within(properties, "country"), "countriesAndRegions");
    return { nl: `landen ${nl.list(countries)}`, en: `countries ${en.list(countries)}` };
  }
  const ranges = texts(ip, "ipRanges");
  const isTrusted = ip.trusted === true;
  return {
    nl: `adressen ${nl.list(ranges)}${isTrusted ? ", vertrouwd" : ""}`,
    en: `addresses ${en.list(ranges)}${isTrusted ? ", trusted" : ""}`,
  };
}

function updated(
  { before, after, changedPaths }: DescribedChange,
  place: { nl: string; en: string },
): Pick<Sentences, "nl" | "en"> {
  const listed = (properties: DescribedChange["after"]): string[] => [
    ...texts(within(properties, "ip"), "ipRanges"),
    ...texts(within(properties, "country"), "countriesAndRegions"),
  ];
  const { added, removed } = listChange(listed(before), listed(after));
  const isTrusted = (properties: DescribedChange["after"]): boolean =>
    within(properties, "ip")?.trusted === true;
  const [was, is] = [text(before, "displayName"), text(after, "displayName")];
  const becomesTrusted = isTrusted(after) && !isTrusted(before);
  const losesTrust = !isTrusted(after) && isTrusted(before);
  // Says the same to people: another order, or that it is not trusted as it was not before.
  const isUnsaid = (path: string): boolean => {
    if (path === "ip.trusted") return !becomesTrusted && !losesTrust;
    if (LISTS.test(path)) return added.length + removed.length === 0;
    return path !== "displayName";
  };
  const hasOther = changedPaths.some(isUnsaid);
  const dutch = clauses([
    was !== is && `heet voortaan “${is}” (was “${was}”)`,
    added.length > 0 && `${nl.list(added)} ${nl.form(added.length, ONE_OR_MORE.nl)} erbij`,
    removed.length > 0 && `${nl.list(removed)} ${nl.form(removed.length, GOES.nl)} eraf`,
    becomesTrusted && "geldt voortaan als vertrouwd",
    losesTrust && "geldt niet langer als vertrouwd",
    hasOther && "andere instellingen veranderen",
  ]);
  const english = clauses([
    was !== is && `is called “${is}” from now on (was “${was}”)`,
    added.length > 0 && `${en.list(added)} ${en.form(added.length, ONE_OR_MORE.en)} added`,
    removed.length > 0 && `${en.list(removed)} ${en.form(removed.length, GOES.en)} removed`,
    becomesTrusted && "is trusted from now on",
    losesTrust && "is no longer trusted",
    hasOther && "other settings change",
  ]);
  return {
    nl: `${place.nl}: ${dutch ?? "andere instellingen veranderen"}`,
    en: `${place.en}: ${english ?? "other settings change"}`,
  };
}

const LISTS = /^(ip\.ipRanges|country\.countriesAndRegions)(\[|$)/;

const ONE_OR_MORE = {
  nl: { one: "komt", other: "komen" },
  en: { one: "is", other: "are" },
};
const GOES = {
  nl: { one: "gaat", other: "gaan" },
  en: { one: "is", other: "are" },
};
