/** What a change of a conditional access policy means to the customer: an access rule. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { clauses, en, nl, text } from "../../../core/i18n/phrases.ts";
import type { Phrases } from "../../../core/i18n/phrases.ts";
import { rulePart } from "./wording.ts";
import type { Language, RulePart } from "./wording.ts";
import { within } from "../nested-equality.ts";

type Properties = DescribedChange["after"];

const STATES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  enabled: { nl: "geldt meteen", en: "takes effect at once" },
  enabledForReportingButNotEnforced: {
    nl: "telt alleen mee in rapporten en houdt niemand tegen",
    en: "only counts in reports and stops nobody",
  },
  disabled: { nl: "staat uit", en: "is switched off" },
};
const NEW_STATES: typeof STATES = {
  enabled: { nl: "geldt voortaan", en: "is in force from now on" },
  enabledForReportingButNotEnforced: {
    nl: "telt voortaan alleen mee in rapporten en houdt niemand meer tegen",
    en: "only counts in reports from now on and stops nobody",
  },
  disabled: { nl: "gaat uit", en: "is switched off" },
};
const OTHER_STATE = { nl: "krijgt een andere stand", en: "gets another state" };

const PHRASES: Readonly<Record<Language, Phrases>> = { nl, en };
const LANGUAGES: readonly Language[] = ["nl", "en"];

const isInForce = (properties: Properties): boolean => text(properties, "state") === "enabled";

const blocks = (properties: Properties): boolean => {
  const controls = within(properties, "grantControls")?.builtInControls;
  return Array.isArray(controls) && controls.includes("block");
};

export function describeConditionalAccess(change: DescribedChange): Description {
  const [dutch, english] = LANGUAGES.map((language) => sentence(change, language));
  return {
    section: "tenant",
    affected: [],
    severity: severityOf(change),
    nl: dutch ?? "",
    en: english ?? "",
  };
}

/** A rule that shuts people out, or is made anew and is not there in between, is more than worth a look. */
function severityOf({ operation, after }: DescribedChange): Description["severity"] {
  if (operation === "adopt") return "routine";
  if (operation === "delete") return "sensitive";
  return isInForce(after) && blocks(after) ? "destructive" : "sensitive";
}

function sentence(change: DescribedChange, language: Language): string {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const rule = { nl: `De toegangsregel “${name}”`, en: `The access rule “${name}”` }[language];
  const state = STATES[text(after ?? before, "state")]?.[language] ?? OTHER_STATE[language];
  const what = whole(after ?? before, language);
  switch (operation) {
    case "create":
      return {
        nl: `${rule} komt erbij en ${state}: ${what}`,
        en: `${rule} is added and ${state}: ${what}`,
      }[language];
    case "adopt":
      return {
        nl: `${rule} bestaat al en wordt voortaan hier beheerd: ${what}`,
        en: `${rule} already exists and is managed here from now on: ${what}`,
      }[language];
    case "replace":
      return {
        nl: `${rule} wordt opnieuw aangemaakt en ${state}: ${what}`,
        en: `${rule} is recreated and ${state}: ${what}`,
      }[language];
    case "delete":
      return {
        nl: `${rule} verdwijnt; wat ${isInForce(before) ? "tot nu toe gold" : "erin stond"}: ${what}`,
        en: `${rule} goes; what ${isInForce(before) ? "held until now" : "it said"}: ${what}`,
      }[language];
    case "update":
      return `${rule}: ${updated(change, language)}`;
  }
}

/** "voor iedereen, bij alle apps – alleen met tweestapsverificatie" */
function whole(properties: Properties, language: Language): string {
  const said = (...parts: RulePart[]): string =>
    parts
      .map((part) => rulePart(properties, part, language))
      .filter((words) => words !== undefined)
      .join(", ");
  return `${said("users", "applications", "locations", "further")} – ${said("demand", "session")}`;
}

/** Where the parts that have words of their own stand among the inputs, and what to say where the words are the same. */
const PARTS: readonly (Readonly<Record<Language, string>> & {
  readonly part: RulePart;
  readonly path: string;
})[] = [
  {
    part: "users",
    path: "conditions.users",
    nl: "geldt voor andere personen of groepen",
    en: "applies to other people or groups",
  },
  {
    part: "applications",
    path: "conditions.applications",
    nl: "geldt bij andere apps",
    en: "applies to other apps",
  },
  {
    part: "locations",
    path: "conditions.locations",
    nl: "geldt vanaf andere locaties",
    en: "applies from other locations",
  },
  { part: "demand", path: "grantControls", nl: "stelt andere eisen", en: "makes other demands" },
];
const OTHER = { nl: "andere voorwaarden veranderen", en: "other conditions change" };
const NOT_SAID = { nl: "niets bepaald", en: "not specified" };

function updated({ before, after, changedPaths }: DescribedChange, language: Language): string {
  const phrases = PHRASES[language];
  const [was, is] = [before, after].map((side) => phrases.value(side?.displayName));
  const isUnder = (path: string, key: string): boolean =>
    path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
  const changed = (key: string): boolean => changedPaths.some((path) => isUnder(path, key));
  const parts = PARTS.filter(({ path }) => changed(path)).map(({ part, ...otherwise }) => {
    const [old = NOT_SAID[language], now = NOT_SAID[language]] = [before, after].map((side) =>
      rulePart(side, part, language),
    );
    return old === now ? otherwise[language] : `${now} (was ${old})`;
  });
  const named = ["state", "displayName", ...PARTS.map(({ path }) => path)];
  const hasOther = changedPaths.some((path) => !named.some((key) => isUnder(path, key)));
  const said = clauses([
    changed("state") && (NEW_STATES[text(after, "state")]?.[language] ?? OTHER_STATE[language]),
    changed("displayName") &&
      { nl: `heet voortaan ${is} (was ${was})`, en: `is called ${is} from now on (was ${was})` }[
        language
      ],
    ...parts,
    hasOther && OTHER[language],
  ]);
  return said ?? OTHER[language];
}
