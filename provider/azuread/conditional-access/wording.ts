/** The parts of a conditional access policy in words: for whom, for which apps, from where, on what terms. */
import { localeOf } from "../../../core/i18n/format.ts";
import { en, nl, text, texts } from "../../../core/i18n/phrases.ts";
import { isZero } from "../../kit/zero-value.ts";
import { within } from "../nested-equality.ts";

export type Language = "nl" | "en";
type Properties = Readonly<Record<string, unknown>> | undefined;
type Words = Readonly<Record<Language, string>>;
type Forms = Readonly<Record<Language, { readonly one: string; readonly other: string }>>;

/** Words of the service that mean more than one object. */
const SPECIAL: Readonly<Record<string, Words>> = {
  "users:All": { nl: "iedereen", en: "everybody" },
  "users:GuestsOrExternalUsers": { nl: "alle gasten", en: "all guests" },
  "users:None": { nl: "niemand", en: "nobody" },
  "applications:All": { nl: "alle apps", en: "all apps" },
  "applications:MicrosoftAdminPortals": { nl: "de beheerportalen", en: "the admin portals" },
  "applications:None": { nl: "geen enkele app", en: "no app at all" },
  "applications:Office365": { nl: "Microsoft 365", en: "Microsoft 365" },
  "locations:All": { nl: "overal vandaan", en: "from anywhere" },
  "locations:AllTrusted": { nl: "vertrouwde locaties", en: "trusted locations" },
};
/** Guests of one kind only: whoever signs in for a provider as Microsoft's partner. */
const PARTNER: Words = {
  nl: "medewerkers van de beheerder",
  en: "the provider's staff",
};
const GUESTS: Words = { nl: "gasten van buiten", en: "guests from outside" };
const USERS: Forms = {
  nl: { one: "persoon", other: "personen" },
  en: { one: "person", other: "people" },
};
const GROUPS: Forms = {
  nl: { one: "groep", other: "groepen" },
  en: { one: "group", other: "groups" },
};
const ROLES: Forms = {
  nl: { one: "beheerdersrol", other: "beheerdersrollen" },
  en: { one: "administrator role", other: "administrator roles" },
};
const APPS: Forms = { nl: { one: "app", other: "apps" }, en: { one: "app", other: "apps" } };
const PLACES: Forms = {
  nl: { one: "locatie", other: "locaties" },
  en: { one: "location", other: "locations" },
};
const ACTIONS: Words = {
  nl: "beveiligingsgegevens of apparaten registreren",
  en: "registering security details or devices",
};

const DEMANDS: Readonly<Record<string, Words>> = {
  approvedApplication: { nl: "een goedgekeurde app", en: "an approved app" },
  compliantApplication: { nl: "een beschermde app", en: "a protected app" },
  compliantDevice: { nl: "een apparaat dat aan de regels voldoet", en: "a compliant device" },
  domainJoinedDevice: { nl: "een apparaat van de organisatie", en: "a device of the organisation" },
  mfa: { nl: "tweestapsverificatie", en: "two-step verification" },
  passwordChange: { nl: "een nieuw wachtwoord", en: "a new password" },
};

const EXCEPT: Words = { nl: "behalve", en: "except" };
const BLOCKED: Words = { nl: "geen toegang", en: "no access" };
const STRENGTH: Words = { nl: "sterke verificatie", en: "a strong sign-in" };
/**
 * Microsoft's own strength of this name, the same in every tenant.
 * @see https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths (checked 2026-11-27)
 */
const PHISHING_RESISTANT = "00000000-0000-0000-0000-000000000004";
const KEY: Words = {
  nl: "een beveiligingssleutel, toegangscode (passkey) of Windows Hello",
  en: "a security key, a passkey or Windows Hello",
};
const OLD_PROGRAMS: Words = {
  nl: "vanuit oude mailprogramma's en apparaten die geen tweede stap kennen",
  en: "from old mail programs and devices that know no second step",
};
const OLD_CLIENTS: ReadonlySet<string> = new Set(["exchangeActiveSync", "other"]);
const TERMS: Words = { nl: "instemming met de voorwaarden", en: "agreement to the terms" };
const OTHER: Words = { nl: "een andere eis", en: "another demand" };
const SESSION: Words = { nl: "met grenzen aan de sessie", en: "with limits on the session" };
const FURTHER: Words = { nl: "onder verdere voorwaarden", en: "under further conditions" };

/** Conditions that have no words of their own. */
const FURTHER_CONDITIONS = [
  "authenticationFlowTransferMethods",
  "clientApplications",
  "devices",
  "insiderRiskLevels",
  "platforms",
  "servicePrincipalRiskLevels",
  "signInRiskLevels",
  "userRiskLevels",
];

export type RulePart = "users" | "applications" | "locations" | "further" | "demand" | "session";

/** Undefined where the policy says nothing of the part. */
export function rulePart(
  properties: Properties,
  part: RulePart,
  language: Language,
): string | undefined {
  const conditions = within(properties, "conditions");
  switch (part) {
    case "users":
      return users(within(conditions, "users"), language);
    case "applications":
      return applications(within(conditions, "applications"), language);
    case "locations":
      return locations(within(conditions, "locations"), language);
    case "further":
      return further(conditions, language);
    case "demand":
      return demand(within(properties, "grantControls"), language);
    case "session":
      return isZero(properties?.sessionControls) ? undefined : SESSION[language];
  }
}

/** What a list names: words of the service by their meaning, the rest by number (an id means nothing to people). */
function named(
  list: unknown,
  kind: string,
  { forms, language }: { forms: Forms; language: Language },
): string[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const special = items.map((item) => SPECIAL[`${kind}:${String(item)}`]?.[language]);
  const plain = special.filter((words) => words === undefined).length;
  const phrases = language === "nl" ? nl : en;
  return [
    ...special.filter((words) => words !== undefined),
    ...(plain === 0 ? [] : [phrases.count(plain, forms[language])]),
  ];
}

function listed(names: readonly string[], language: Language): string {
  return (language === "nl" ? nl : en).list(names);
}

function withExceptions(
  included: readonly string[],
  excluded: readonly string[],
  language: Language,
): string {
  const all = listed(included, language);
  if (excluded.length === 0) return all;
  return `${all} ${EXCEPT[language]} ${listed(excluded, language)}`;
}

function users(part: Properties, language: Language): string | undefined {
  if (part === undefined) return undefined;
  const people = (side: "included" | "excluded"): string[] => [
    ...named(part[`${side}Users`], "users", { forms: USERS, language }),
    ...named(part[`${side}Groups`], "groups", { forms: GROUPS, language }),
    ...named(part[`${side}Roles`], "roles", { forms: ROLES, language }),
    ...guests(part[`${side}GuestsOrExternalUsers`], language),
  ];
  const words = withExceptions(people("included"), people("excluded"), language);
  return words === "" ? undefined : `${{ nl: "voor", en: "for" }[language]} ${words}`;
}

function guests(blocks: unknown, language: Language): string[] {
  if (isZero(blocks)) return [];
  const [block] = Array.isArray(blocks) ? (blocks as unknown[]) : [];
  const types = texts(within(block), "guestOrExternalUserTypes");
  const isPartner = types.length === 1 && types[0] === "serviceProvider";
  return [(isPartner ? PARTNER : GUESTS)[language]];
}

function applications(part: Properties, language: Language): string | undefined {
  if (part === undefined) return undefined;
  const how = { forms: APPS, language };
  const included = isZero(part.includedUserActions)
    ? named(part.includedApplications, "applications", how)
    : [ACTIONS[language]];
  const excluded = named(part.excludedApplications, "applications", how);
  const words = withExceptions(included, excluded, language);
  return words === "" ? undefined : `${{ nl: "bij", en: "at" }[language]} ${words}`;
}

function locations(part: Properties, language: Language): string | undefined {
  if (part === undefined) return undefined;
  const how = { forms: PLACES, language };
  const included = named(part.includedLocations, "locations", how);
  const excluded = named(part.excludedLocations, "locations", how);
  const words = withExceptions(included, excluded, language);
  const isAnywhere = texts(part, "includedLocations").includes("All");
  if (words === "") return undefined;
  return isAnywhere ? words : `${{ nl: "vanaf", en: "from" }[language]} ${words}`;
}

function further(conditions: Properties, language: Language): string | undefined {
  const clients = texts(conditions, "clientAppTypes");
  const isOld = clients.length > 0 && clients.every((client) => OLD_CLIENTS.has(client));
  const isSomeClients = !isOld && !clients.includes("all");
  const hasOther = isSomeClients || FURTHER_CONDITIONS.some((key) => !isZero(conditions?.[key]));
  const said = [
    ...(isOld ? [OLD_PROGRAMS[language]] : []),
    ...(hasOther ? [FURTHER[language]] : []),
  ];
  return said.length === 0 ? undefined : said.join(", ");
}

const strength = (id: string, language: Language): string[] =>
  id === "" ? [] : [(id.endsWith(PHISHING_RESISTANT) ? KEY : STRENGTH)[language]];

function demand(grant: Properties, language: Language): string | undefined {
  if (grant === undefined) return undefined;
  const controls = texts(grant, "builtInControls");
  if (controls.includes("block")) return BLOCKED[language];
  const demands = [
    ...controls.map((control) => (DEMANDS[control] ?? OTHER)[language]),
    ...strength(text(grant, "authenticationStrengthPolicyId"), language),
    ...(isZero(grant.termsOfUses) ? [] : [TERMS[language]]),
    ...(isZero(grant.customAuthenticationFactors) ? [] : [OTHER[language]]),
  ];
  const or = text(grant, "operator") === "OR";
  const { either, list } = localeOf(language);
  const joined = (or ? either : list)(demands.length === 0 ? [OTHER[language]] : demands);
  const only = { nl: "alleen met", en: "only with" }[language];
  return `${only} ${joined}`;
}
