/** What a change of a person's account means to the customer. */
import type { DescribedChange, Description } from "../../kit/define.ts";
import { topLevelKey } from "../../kit/diff.ts";
import type { Language } from "../../../core/language.ts";
import { clauses, en, listChange, nl, text } from "../../../core/i18n/phrases.ts";

/** How a property is called in front of the customer; what has no name here is "another detail". */
const LABELS: Readonly<Record<string, { nl: string; en: string }>> = {
  businessPhones: { nl: "telefoonnummer op het werk", en: "business phone" },
  city: { nl: "plaats", en: "city" },
  companyName: { nl: "bedrijf", en: "company" },
  country: { nl: "land van het adres", en: "country of the address" },
  department: { nl: "afdeling", en: "department" },
  displayName: { nl: "naam", en: "name" },
  employeeHireDate: { nl: "datum in dienst", en: "hire date" },
  employeeId: { nl: "personeelsnummer", en: "employee number" },
  givenName: { nl: "voornaam", en: "given name" },
  jobTitle: { nl: "functie", en: "job title" },
  mail: { nl: "mailadres", en: "e-mail address" },
  mailNickname: { nl: "naam in het mailadres", en: "name in the e-mail address" },
  mobilePhone: { nl: "mobiel nummer", en: "mobile number" },
  officeLocation: { nl: "kantoor", en: "office" },
  otherMails: { nl: "andere mailadressen", en: "other e-mail addresses" },
  postalCode: { nl: "postcode", en: "postal code" },
  preferredLanguage: { nl: "taal", en: "language" },
  state: { nl: "provincie", en: "state or province" },
  streetAddress: { nl: "straat en huisnummer", en: "street address" },
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
        nl: `Het account, de mailbox en OneDrive van ${name} (${address}) worden verwijderd; 30 dagen terug te halen`,
        en: `The account, mailbox and OneDrive of ${name} (${address}) are deleted; they can be restored for 30 days`,
      };
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `${name} (${address}) wordt verwijderd en opnieuw aangemaakt; de huidige mailbox en bestanden raken los van de persoon`,
        en: `${name} (${address}) is deleted and recreated; the current mailbox and files lose their owner`,
      };
    case "update":
      return { ...base, ...describeUpdate(change, name) };
  }
}

/** What the update of an account can be besides a new value of a detail. */
interface AccountChange {
  readonly isBlocked: boolean;
  readonly isUnblocked: boolean;
  readonly hasNewName: boolean;
  readonly hasNewPassword: boolean;
  readonly mustChangePassword: boolean;
  readonly mayKeepPassword: boolean;
  readonly hasFirstManager: boolean;
  readonly hasOtherManager: boolean;
  readonly hasLostManager: boolean;
}

const ACCOUNT_KEYS = [
  "accountEnabled",
  "forcePasswordChange",
  "managerId",
  "password",
  "userPrincipalName",
];

interface Detail {
  readonly label: Readonly<Record<Language, string>>;
  readonly was: unknown;
  readonly is: unknown;
}

/** Of a list of several, only what comes and goes. */
function detailClause({ label, was, is }: Detail, language: Language): string {
  const phrases = { nl, en }[language];
  const { becomes, before, added, removed } = WORDS[language];
  const [old, now] = [was, is].map((side): readonly unknown[] => (Array.isArray(side) ? side : []));
  const isOne = Math.max(old?.length ?? 0, now?.length ?? 0) < 2;
  const change = isOne ? NO_CHANGE : listChange(old ?? [], now ?? []);
  const parts = [
    change.added.length > 0 && `${added} ${phrases.value(change.added)}`,
    change.removed.length > 0 && `${removed} ${phrases.value(change.removed)}`,
  ].filter((part) => part !== false);
  return parts.length > 0
    ? `${label[language]}: ${parts.join(", ")}`
    : `${label[language]} ${becomes} ${phrases.value(is)} (${before} ${phrases.value(was)})`;
}

const NO_CHANGE = { added: [], removed: [] };

const WORDS = {
  nl: { becomes: "wordt", before: "was", added: "erbij", removed: "eraf" },
  en: { becomes: "becomes", before: "was", added: "added", removed: "removed" },
} as const;

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

function describeUpdate(
  { before, after, changedPaths }: DescribedChange,
  name: string,
): Pick<Description, "nl" | "en" | "severity"> {
  const keys = new Set(changedPaths.map(topLevelKey));
  const account: AccountChange = {
    isBlocked: keys.has("accountEnabled") && after?.accountEnabled === false,
    isUnblocked: keys.has("accountEnabled") && after?.accountEnabled !== false,
    hasNewName: keys.has("userPrincipalName"),
    hasNewPassword: keys.has("password"),
    mustChangePassword: keys.has("forcePasswordChange") && after?.forcePasswordChange === true,
    mayKeepPassword:
      keys.has("forcePasswordChange") &&
      before?.forcePasswordChange === true &&
      after?.forcePasswordChange !== true,
    hasFirstManager:
      keys.has("managerId") && hasValue(after?.managerId) && !hasValue(before?.managerId),
    hasOtherManager:
      keys.has("managerId") && hasValue(after?.managerId) && hasValue(before?.managerId),
    hasLostManager: keys.has("managerId") && !hasValue(after?.managerId),
  };
  const names = {
    before: text(before, "userPrincipalName"),
    after: text(after, "userPrincipalName"),
  };
  // Left out or false: no difference to the person.
  const hasSamePasswordRule =
    keys.has("forcePasswordChange") && !account.mustChangePassword && !account.mayKeepPassword;
  const details = [...keys].filter((key) => !ACCOUNT_KEYS.includes(key));
  const labelled = details.flatMap((key) => {
    const label = LABELS[key];
    return label === undefined ? [] : [{ label, was: before?.[key], is: after?.[key] }];
  });
  const hasOther = labelled.length < details.length || hasSamePasswordRule;
  const dutch = clauses([
    account.isBlocked && "kan niet meer inloggen",
    account.isUnblocked && "kan weer inloggen",
    account.hasNewName && `logt voortaan in als ${names.after} (was ${names.before})`,
    account.hasNewPassword && "krijgt een nieuw wachtwoord",
    account.mustChangePassword && "moet bij het inloggen het wachtwoord wijzigen",
    account.mayKeepPassword && "hoeft bij het inloggen het wachtwoord niet te wijzigen",
    account.hasFirstManager && "krijgt een leidinggevende",
    account.hasOtherManager && "krijgt een andere leidinggevende",
    account.hasLostManager && "heeft geen leidinggevende meer",
    ...labelled.map(({ label, was, is }) => detailClause({ label, was, is }, "nl")),
    hasOther && `${OTHER.nl} veranderen`,
  ]);
  const english = clauses([
    account.isBlocked && "can no longer sign in",
    account.isUnblocked && "can sign in again",
    account.hasNewName && `signs in as ${names.after} from now on (was ${names.before})`,
    account.hasNewPassword && "gets a new password",
    account.mustChangePassword && "must change the password at sign-in",
    account.mayKeepPassword && "need not change the password at sign-in",
    account.hasFirstManager && "gets a manager",
    account.hasOtherManager && "gets a different manager",
    account.hasLostManager && "no longer has a manager",
    ...labelled.map(({ label, was, is }) => detailClause({ label, was, is }, "en")),
    hasOther && `${OTHER.en} change`,
  ]);
  const isSensitive =
    account.isBlocked ||
    account.isUnblocked ||
    account.hasNewName ||
    account.hasNewPassword ||
    keys.has("usageLocation");
  return {
    nl: `${name}: ${dutch ?? `${OTHER.nl} veranderen`}`,
    en: `${name}: ${english ?? `${OTHER.en} change`}`,
    severity: isSensitive ? "sensitive" : "routine",
  };
}
