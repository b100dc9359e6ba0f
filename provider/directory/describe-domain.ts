/** What a change of a domain means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { clauses, text, texts, nl, en } from "../../core/i18n/phrases.ts";
import type { Text } from "../../core/language.ts";

const SERVICES: Readonly<Record<string, Text>> = {
  Email: { nl: "mail", en: "mail" },
  OfficeCommunicationsOnline: { nl: "Teams", en: "Teams" },
  Yammer: { nl: "Viva Engage", en: "Viva Engage" },
};

const services = (properties: DescribedChange["after"], language: "nl" | "en"): string[] =>
  texts(properties, "supportedServices").map((one) => SERVICES[one]?.[language] ?? one);

export function describeDomain(change: DescribedChange): Description {
  const { before, after, operation } = change;
  const name = text(after, "name") || text(before, "name");
  const base = { section: "tenant" as const, affected: [name] };
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: "sensitive",
        nl: `Het domein ${name} komt bij de omgeving${usedFor(after).nl}; wie het DNS van ${name} beheert zet daarvoor een record dat Microsoft controleert`,
        en: `The domain ${name} is added to the tenant${usedFor(after).en}; whoever manages the DNS of ${name} sets a record for this, which Microsoft checks`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `Het domein ${name} is er al en wordt voortaan hier beheerd`,
        en: `The domain ${name} is there already and is managed here from now on`,
      };
    case "delete":
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `Het domein ${name} gaat uit de omgeving: niemand kan er nog mee inloggen of op mailen, en het is niet terug te halen`,
        en: `The domain ${name} leaves the tenant: nobody can sign in or receive mail with it any more, and it cannot be restored`,
      };
    case "update":
      return { ...base, severity: "sensitive", ...updated(change, name) };
  }
}

function usedFor(after: DescribedChange["after"]): Text {
  const [dutch, english] = [services(after, "nl"), services(after, "en")];
  const isDefault = after?.isDefault === true;
  return {
    nl: `${dutch.length > 0 ? ` voor ${nl.list(dutch)}` : ""}${isDefault ? ", als standaarddomein" : ""}`,
    en: `${english.length > 0 ? ` for ${en.list(english)}` : ""}${isDefault ? ", as the default domain" : ""}`,
  };
}

function updated({ after, changedPaths }: DescribedChange, name: string): Text {
  const keys = new Set(changedPaths.map(topLevelKey));
  const [dutch, english] = [services(after, "nl"), services(after, "en")];
  const isUsed = dutch.length > 0;
  const inDutch = clauses([
    // An apply that waited for the record goes on without a difference.
    (keys.size === 0 || keys.has("isVerified")) && "Microsoft controleert opnieuw het DNS-record",
    keys.has("supportedServices") &&
      (isUsed ? `wordt gebruikt voor ${nl.list(dutch)}` : "wordt nergens meer voor gebruikt"),
    keys.has("isDefault") && "wordt het standaarddomein voor nieuwe accounts en groepen",
  ]);
  const inEnglish = clauses([
    (keys.size === 0 || keys.has("isVerified")) && "Microsoft checks the DNS record again",
    keys.has("supportedServices") &&
      (isUsed ? `is used for ${en.list(english)}` : "is not used for anything any more"),
    keys.has("isDefault") && "becomes the default domain for new accounts and groups",
  ]);
  return {
    nl: `${name}: ${inDutch ?? "andere gegevens veranderen"}`,
    en: `${name}: ${inEnglish ?? "other details change"}`,
  };
}
