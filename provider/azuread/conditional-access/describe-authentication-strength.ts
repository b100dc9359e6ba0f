/** What a change of an authentication strength means to the customer: a list of ways to sign in. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { topLevelKey } from "../../kit/diff.ts";
import { clauses, en, listChange, nl, text, texts } from "../../../core/i18n/phrases.ts";
import { combinationWords } from "./authentication-methods.ts";

type Sentences = Pick<Description, "nl" | "en" | "severity">;
type Words = Pick<Description, "nl" | "en">;

export function describeAuthenticationStrength(change: DescribedChange): Description {
  return { section: "tenant", affected: [], ...sentences(change) };
}

const ways = (combinations: readonly string[]): Words => ({
  nl: nl.list(combinations.map((combination) => combinationWords(combination, "nl"))),
  en: en.list(combinations.map((combination) => combinationWords(combination, "en"))),
});

function sentences(change: DescribedChange): Sentences {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const strength = { nl: `De verificatiesterkte “${name}”`, en: `The sign-in strength “${name}”` };
  const allowed = ways(texts(after ?? before, "allowedCombinations"));
  switch (operation) {
    case "create":
      return {
        severity: "sensitive",
        nl: `${strength.nl} komt erbij voor de toegangsregels; goed is: ${allowed.nl}`,
        en: `${strength.en} is added for the access rules; it accepts: ${allowed.en}`,
      };
    case "adopt":
      return {
        severity: "routine",
        nl: `${strength.nl} bestaat al en wordt voortaan hier beheerd; goed is: ${allowed.nl}`,
        en: `${strength.en} already exists and is managed here from now on; it accepts: ${allowed.en}`,
      };
    case "delete":
      return {
        severity: "sensitive",
        nl: `${strength.nl} verdwijnt: toegangsregels kunnen er niet meer om vragen`,
        en: `${strength.en} goes: access rules can no longer ask for it`,
      };
    case "replace":
      return {
        severity: "sensitive",
        nl: `${strength.nl} wordt opnieuw aangemaakt; goed is: ${allowed.nl}`,
        en: `${strength.en} is recreated; it accepts: ${allowed.en}`,
      };
    case "update":
      return { severity: "sensitive", ...updated(change, strength) };
  }
}

function updated({ before, after, changedPaths }: DescribedChange, strength: Words): Words {
  const { added, removed } = listChange(
    texts(before, "allowedCombinations"),
    texts(after, "allowedCombinations"),
  );
  const [more, less] = [ways(added), ways(removed)];
  const isRenamed = changedPaths.includes("displayName");
  const [was, is] = [before, after].map((side) => text(side, "displayName"));
  const isReordered =
    added.length + removed.length === 0 &&
    changedPaths.some((path) => topLevelKey(path) === "allowedCombinations");
  const hasDescription = changedPaths.includes("description");
  const dutch = clauses([
    added.length > 0 && `voortaan is ook goed: ${more.nl}`,
    removed.length > 0 && `niet langer goed is: ${less.nl}`,
    isRenamed && `heet voortaan “${is}” (was “${was}”)`,
    hasDescription && "krijgt een andere omschrijving",
    isReordered && "andere volgorde van wat goed is",
  ]);
  const english = clauses([
    added.length > 0 && `accepts from now on: ${more.en}`,
    removed.length > 0 && `no longer accepts: ${less.en}`,
    isRenamed && `is called “${is}” from now on (was “${was}”)`,
    hasDescription && "gets another description",
    isReordered && "another order of what it accepts",
  ]);
  return {
    nl: `${strength.nl}: ${dutch ?? "andere instellingen veranderen"}`,
    en: `${strength.en}: ${english ?? "other settings change"}`,
  };
}
