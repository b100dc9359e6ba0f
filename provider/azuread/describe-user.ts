/** What a change of a person's account means to the customer. */
import type { DescribedChange, Description } from "../define.ts";
import { topLevelKey } from "../diff.ts";
import { clauses, en, nl, text } from "../phrases.ts";

/** How a property is called in front of the customer; what has no name here is "another detail". */
const LABELS: Readonly<Record<string, { nl: string; en: string }>> = {
  businessPhones: { nl: "telefoonnummer op het werk", en: "business phone" },
  city: { nl: "plaats", en: "city" },
  companyName: { nl: "bedrijf", en: "company" },
  country: { nl: "land", en: "country" },
  department: { nl: "afdeling", en: "department" },
  displayName: { nl: "naam", en: "name" },
  employeeHireDate: { nl: "datum in dienst", en: "hire date" },
  employeeId: { nl: "personeelsnummer", en: "employee number" },
  givenName: { nl: "voornaam", en: "given name" },
  jobTitle: { nl: "functie", en: "job title" },
  mail: { nl: "e-mailadres", en: "e-mail address" },
  mobilePhone: { nl: "mobiel nummer", en: "mobile number" },
  officeLocation: { nl: "kantoor", en: "office" },
  otherMails: { nl: "andere e-mailadressen", en: "other e-mail addresses" },
  preferredLanguage: { nl: "taal", en: "language" },
  surname: { nl: "achternaam", en: "surname" },
  usageLocation: { nl: "land voor licenties", en: "country for licences" },
};
const OTHER = { nl: "andere gegevens", en: "other details" };

export function describeUser(change: DescribedChange): Description {
  const { before, after, operation } = change;
  const name = text(after, "displayName") || text(before, "displayName");
  const address = text(after, "userPrincipalName") || text(before, "userPrincipalName");
  const base = { section: "people" as const, affected: [name] };
  switch (operation) {
    case "create":
      return {
        ...base,
        severity: "sensitive",
        nl: `${name} komt erbij als gebruiker (${address})`,
        en: `${name} joins as a user (${address})`,
      };
    case "adopt":
      return {
        ...base,
        severity: "routine",
        nl: `${name} (${address}) bestaat al en wordt voortaan hier beheerd`,
        en: `${name} (${address}) already exists and is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "destructive",
        nl: `${name} (${address}) gaat weg: de gebruiker wordt verwijderd en is nog 30 dagen te herstellen`,
        en: `${name} (${address}) leaves: the user is removed and can be restored for 30 days`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `${name} (${address}) wordt verwijderd en opnieuw gemaakt; postvak en bestanden van nu raken los van de persoon`,
        en: `${name} (${address}) is removed and made again; the present mailbox and files lose their owner`,
      };
    case "update":
      return { ...base, ...describeUpdate(change, name) };
  }
}

function describeUpdate(
  { before, after, changedPaths }: DescribedChange,
  name: string,
): Pick<Description, "nl" | "en" | "severity"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const isBlocked = keys.has("accountEnabled") && after?.["accountEnabled"] === false;
  const isUnblocked = keys.has("accountEnabled") && !isBlocked;
  const hasNewName = keys.has("userPrincipalName");
  const hasNewPassword = keys.has("password");
  const names = {
    before: text(before, "userPrincipalName"),
    after: text(after, "userPrincipalName"),
  };
  const special = [
    "accountEnabled",
    "userPrincipalName",
    "password",
    "forcePasswordChange",
    "managerId",
  ];
  const plain = [...keys].filter((key) => !special.includes(key));
  const labelled = plain.filter((key) => LABELS[key] !== undefined);
  const hasOther = labelled.length < plain.length;
  const sentence = (language: "nl" | "en"): string | undefined => {
    const { value } = language === "nl" ? nl : en;
    const details = labelled.map((key) => {
      const [was, is] = [value(before?.[key]), value(after?.[key])];
      return language === "nl"
        ? `${LABELS[key]?.nl ?? key} wordt ${is} (was ${was})`
        : `${LABELS[key]?.en ?? key} becomes ${is} (was ${was})`;
    });
    const dutch = language === "nl";
    return clauses([
      isBlocked && (dutch ? "kan niet meer inloggen" : "can no longer sign in"),
      isUnblocked && (dutch ? "kan weer inloggen" : "can sign in again"),
      hasNewName &&
        (dutch
          ? `logt voortaan in als ${names.after} (was ${names.before})`
          : `signs in as ${names.after} from now on (was ${names.before})`),
      hasNewPassword && (dutch ? "krijgt een nieuw wachtwoord" : "gets a new password"),
      keys.has("managerId") &&
        (dutch ? "krijgt een andere leidinggevende" : "gets another manager"),
      ...details,
      hasOther && (dutch ? `${OTHER.nl} veranderen` : `${OTHER.en} change`),
    ]);
  };
  return {
    nl: `${name}: ${sentence("nl") ?? `${OTHER.nl} veranderen`}`,
    en: `${name}: ${sentence("en") ?? `${OTHER.en} change`}`,
    severity:
      isBlocked || isUnblocked || hasNewName || hasNewPassword || keys.has("usageLocation")
        ? "sensitive"
        : "routine",
  };
}
