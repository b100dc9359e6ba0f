/** What a change of security defaults means to the customer. */
import { clauses } from "../../core/i18n/phrases.ts";
import type { DescribedChange, Description } from "../kit/define.ts";

const IS = {
  on: {
    nl: "Microsofts standaardbeveiliging staat aan: iedereen stelt een tweede stap in voor het inloggen",
    en: "Microsoft's security defaults are on: everybody sets up a second step for signing in",
  },
  off: {
    nl: "Microsofts standaardbeveiliging staat uit; de regels die voor haar in de plaats komen, gelden",
    en: "Microsoft's security defaults are off; the rules that take their place are in force",
  },
} as const;

const GOES = {
  on: {
    nl: "Microsofts standaardbeveiliging gaat aan: iedereen moet een tweede stap instellen voor het inloggen, en oude mailprogramma's zonder tweede stap komen er niet meer in",
    en: "Microsoft's security defaults go on: everybody has to set up a second step for signing in, and old mail programs without one no longer get in",
  },
  off: {
    nl: "Microsofts standaardbeveiliging gaat uit",
    en: "Microsoft's security defaults go off",
  },
} as const;

/** Of a tenant whose rules are to be in force before. */
const AFTER_RULES = {
  nl: "de andere regels, die voor haar in de plaats komen, gelden eerst",
  en: "the other rules, which take their place, are in force first",
} as const;

const OTHER = {
  nl: "Andere gegevens van Microsofts standaardbeveiliging veranderen",
  en: "Other details of Microsoft's security defaults change",
} as const;

export function describeSecurityDefaults({
  operation,
  before,
  after,
  changedPaths,
}: DescribedChange): Description {
  const base = { section: "tenant" as const, affected: [] };
  const state = (after ?? before)?.isEnabled === true ? "on" : "off";
  if (operation === "delete") {
    return {
      ...base,
      severity: "routine",
      nl: "Microsofts standaardbeveiliging wordt niet meer vanuit hier beheerd en blijft zoals zij is",
      en: "Microsoft's security defaults are no longer managed here and stay as they are",
    };
  }
  if (operation === "adopt") return { ...base, severity: "routine", ...IS[state] };
  const isSwitched = operation !== "update" || changedPaths.includes("isEnabled");
  const isOther = operation === "update" && changedPaths.some((path) => path !== "isEnabled");
  const other = after?.replacedBy === undefined ? OTHER : AFTER_RULES;
  const isAfterRules = isOther || (operation === "create" && other === AFTER_RULES);
  return {
    ...base,
    severity: isSwitched ? "sensitive" : "routine",
    nl: clauses([isSwitched && GOES[state].nl, isAfterRules && other.nl]) ?? OTHER.nl,
    en: clauses([isSwitched && GOES[state].en, isAfterRules && other.en]) ?? OTHER.en,
  };
}
