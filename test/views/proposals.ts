/** What a customer of 25 people is asked, one plan a case: what the pages are looked at with. */
import { NOUNS } from "../../core/nouns.ts";
import type { Change, Finding, Plan } from "../../plan/model/model.ts";
import { aChange, aConsequence, aPlan, property, RULES } from "../plan/support.ts";

const upnOf = (name: string): string =>
  `${name.toLowerCase().replace(" ", ".").replaceAll(" ", "")}@contoso.com`;

const PEOPLE = Array.from({ length: 25 }, (_item, index) => `Medewerker Nummer${index + 1}`);
const BAS = "Bas Kok";

function account(name: string, overrides: Partial<Change> = {}): Change {
  return aChange(upnOf(name), {
    name,
    severity: "sensitive",
    affected: [name],
    description: {
      nl: `${name} komt erbij als gebruiker (${upnOf(name)})`,
      en: `${name} joins as a user (${upnOf(name)})`,
    },
    properties: [
      property("accountEnabled", undefined, true),
      property("department", undefined, "Kantoor"),
      property("displayName", undefined, name),
      property("jobTitle", undefined, "Medewerker"),
      { path: "password", kind: "added", after: "[secret]", secret: true },
      property("userPrincipalName", undefined, upnOf(name)),
    ],
    ...overrides,
  });
}

function members(
  group: string,
  change: { readonly in?: string[]; readonly out?: string[] },
): Change {
  const list = (names: readonly string[] = []) =>
    names.map((name) => ({ id: `id of ${name}`, userPrincipalName: upnOf(name) }));
  return aChange(`${group.toLowerCase()}-members`, {
    type: NOUNS.groupMembership.type,
    operation: "update",
    section: "groups",
    name: group,
    severity: change.out === undefined ? "sensitive" : "destructive",
    description: { nl: `De groep ${group} wisselt van leden`, en: `The group ${group} changes` },
    properties: [property("members", list(change.out), list(change.in))],
  });
}

interface More {
  readonly atRenewal?: number;
  readonly cost?: Change["cost"];
}

const PREMIUM = "Microsoft 365 Business Premium";

const priceOf = (perYear: string, asOf = "2026-11-01"): Change["cost"] => ({
  product: PREMIUM,
  price: { perYear, currency: "EUR", asOf },
});

function subscription(
  countBefore: number,
  countAfter: number,
  { atRenewal, cost }: More = {},
): Change {
  return aChange("SPB", {
    type: NOUNS.subscription.type,
    operation: countBefore === 0 ? "create" : "update",
    section: "licenses",
    ...(cost === undefined ? {} : { cost }),
    name: "SPB",
    severity: "sensitive",
    description: { nl: "Microsoft 365 Business Premium", en: "Microsoft 365 Business Premium" },
    commitment: {
      nl: "vastgelegd tot 1 februari 2027",
      en: "committed until 1 February 2027",
      product: "Microsoft 365 Business Premium",
      ...{ countBefore, countAfter, until: "2027-02-01" },
      ...(atRenewal === undefined ? {} : { atRenewal }),
    },
    properties:
      atRenewal === undefined
        ? [property("count", countBefore === 0 ? undefined : countBefore, countAfter)]
        : [property("atRenewal", undefined, atRenewal)],
  });
}

const group = aChange("kantoor", {
  type: NOUNS.group.type,
  section: "groups",
  name: "Kantoor",
  description: { nl: "De groep Kantoor komt erbij", en: "The group Kantoor is added" },
  properties: [property("displayName", undefined, "Kantoor")],
});

const leaver = account(BAS, {
  operation: "delete",
  severity: "destructive",
  description: {
    nl: `${BAS} gaat weg: de gebruiker wordt verwijderd en is nog 30 dagen te herstellen`,
    en: `${BAS} leaves: the user is removed and can be restored for 30 days`,
  },
  properties: [property("displayName", BAS, undefined)],
  removal: { reason: "Uit dienst per 1 december", data: "Postvak 90 dagen voor Marieke" },
});

const stop: Finding = {
  code: "remove-entry-missing",
  source: "safeguard",
  urns: [leaver.urn],
  clearedBy: "declaration",
  message: { nl: `${BAS} zou weggaan zonder reden`, en: `${BAS} would go without a reason` },
};

const HANDBOOK = {
  url: "https://contoso.sharepoint.com/sites/kantoorhandboek",
  title: "Kantoorhandboek",
};

const [ONE = "", TWO = "", THREE = ""] = PEOPLE;

const update = (name: string, properties: Change["properties"]): Change =>
  account(name, {
    operation: "update",
    description: { nl: `${name}: gegevens veranderen`, en: `${name}: details change` },
    properties,
  });

const directLicenses = (
  name: string,
  { before = [], after = [] }: { before?: object[]; after?: object[] },
): Change =>
  aChange(`${upnOf(name)}-licenses`, {
    type: NOUNS.userLicense.type,
    operation: "update",
    section: "licenses",
    name,
    description: { nl: `${name}: andere eigen licenties`, en: `${name}: other direct licences` },
    properties: [property("licenses", before, after)],
  });

const releasing = (changes: Change[]): Plan =>
  aPlan(changes, {
    consequences: [aConsequence(upnOf(TWO), { lost: ["SPB"], mailbox: "lost" })],
  });

export const PROPOSALS: Readonly<Record<string, Plan>> = {
  "a first plan": aPlan(
    [
      ...PEOPLE.map((name) => account(name)),
      group,
      members("Kantoor", { in: PEOPLE }),
      subscription(0, 25, { cost: priceOf("6180") }),
    ],
    {
      consequences: PEOPLE.map((name) =>
        aConsequence(upnOf(name), {
          gained: ["SPB"],
          mailbox: "gained",
          sites: [{ ...HANDBOOK, after: "read" }],
        }),
      ),
    },
  ),
  "a month's changes": aPlan(
    [
      leaver,
      account("Chris de Haan"),
      members("Kantoor", { in: ["Chris de Haan"], out: [BAS, ONE] }),
      update(TWO, [property("jobTitle", "Medewerker", "Kandidaat-notaris")]),
      update(THREE, [property("accountEnabled", true, false)]),
    ],
    { unchanged: [{ section: "people", name: ONE, urn: account(ONE).urn }] },
  ),
  "people out of a licence group": aPlan(
    [
      members("Kantoor", { out: [...PEOPLE.slice(0, 12), BAS] }),
      directLicenses(ONE, { before: [{ sku: "EXCHANGESTANDARD" }] }),
      directLicenses(THREE, { after: [{ sku: "SPB" }] }),
    ],
    {
      unchanged: PEOPLE.map((name) => ({ section: "people", name, urn: account(name).urn })),
      consequences: [
        aConsequence(upnOf(ONE), {
          lost: ["EXCHANGESTANDARD"],
          gained: ["SPB"],
          sites: [
            { url: "https://contoso.sharepoint.com/sites/hr", title: "HR", before: "edit" },
            {
              ...{ url: "https://contoso.sharepoint.com/sites/hr#Dossiers", before: "edit" },
              ...{ title: "Dossiers (HR)", after: "read" },
            },
          ],
        }),
        aConsequence(upnOf(TWO), { lost: ["SPB"], mailbox: "lost", asFarAsKnown: true }),
        aConsequence(upnOf(PEOPLE[13] ?? ""), {
          ...{ lost: ["SPB"], gained: ["VISIOCLIENT"], swaps: true },
        }),
        ...PEOPLE.slice(3, 12).map((name) =>
          aConsequence(upnOf(name), { lost: ["SPB"], mailbox: "lost" }),
        ),
      ],
    },
  ),
  "one licence more": aPlan([subscription(25, 26, { cost: priceOf("247.2") })]),
  "fewer from the renewal on": aPlan([subscription(25, 25, { atRenewal: 20 })]),
  "one product instead of another": aPlan([
    subscription(9, 7, { cost: priceOf("-494.4") }),
    aChange("POWER_BI_PRO", {
      type: NOUNS.subscription.type,
      section: "licenses",
      description: { nl: "Power BI Pro", en: "Power BI Pro" },
      cost: { ...priceOf("100", "2026-10-01"), product: "Power BI Pro" },
    }),
    aChange("VISIOCLIENT", {
      type: NOUNS.subscription.type,
      section: "licenses",
      description: { nl: "Visio Plan 2", en: "Visio Plan 2" },
      cost: { product: "Visio Plan 2" },
    }),
  ]),
  "a backup of fewer people": aPlan(
    [
      aChange("all", {
        type: NOUNS.backup.type,
        operation: "update",
        section: "backup",
        severity: "destructive",
        name: "all",
        description: {
          nl: `Back-up: ${upnOf(ONE)} en ${upnOf(TWO)} horen er niet meer bij`,
          en: `Backup: ${upnOf(ONE)} and ${upnOf(TWO)} are no longer covered`,
        },
        properties: [property("mailboxes", [upnOf(ONE), upnOf(TWO)], [])],
      }),
    ],
    { unchanged: [ONE, TWO].map((name) => ({ section: "people", name, urn: account(name).urn })) },
  ),
  "rules for signing in": aPlan([
    account(ONE),
    ...["Alle apps", "Oude programma's"].map((name) =>
      aChange(name, {
        type: NOUNS.accessRule.type,
        section: "tenant",
        name,
        description: {
          nl: `De toegangsregel “${name}” komt erbij`,
          en: `The access rule “${name}” is added`,
        },
        properties: [
          property("conditions", undefined, { clientAppTypes: ["all"] }),
          property("state", undefined, "enabled"),
        ],
      }),
    ),
  ]),
  "a site for a group of the same name": aPlan([
    aChange("/sites/kantoor", {
      type: NOUNS.sitePermissions.type,
      operation: "update",
      section: "sites",
      name: "Kantoor",
      description: { nl: "Kantoor: toegang verandert", en: "Kantoor: access changes" },
      properties: [
        property(
          "grants",
          [],
          [{ kind: "group", principal: "kantoor", displayName: "Kantoor", role: "edit" }],
        ),
      ],
    }),
  ]),
  "a mailbox that another opens": aPlan(
    [
      aChange("info@contoso.com", {
        type: NOUNS.mailboxPermissions.type,
        operation: "update",
        section: "mailboxes",
        severity: "sensitive",
        name: "Info",
        description: {
          nl: `Info: ${upnOf(ONE)} kan de mailbox openen; ${upnOf(TWO)} kan de mailbox niet meer openen`,
          en: `Info: ${upnOf(ONE)} can open the mailbox; ${upnOf(TWO)} can no longer open the mailbox`,
        },
        properties: [
          property(
            "fullAccess",
            [{ userPrincipalName: upnOf(TWO) }],
            [{ userPrincipalName: upnOf(ONE) }],
          ),
        ],
      }),
    ],
    { unchanged: [ONE, TWO].map((name) => ({ section: "people", name, urn: account(name).urn })) },
  ),
  "a refused plan": aPlan([leaver], { findings: [stop] }),
  "a refresh that undoes handiwork": aPlan([
    { ...update(ONE, [property("accountEnabled", false, true)]), byHand: ["accountEnabled"] },
    {
      ...update(TWO, [
        property("department", "Kantoor", "Verkoop"),
        property("jobTitle", "Keizer", "Medewerker"),
      ]),
      byHand: ["jobTitle"],
    },
    { ...account(THREE), byHand: [] },
  ]),
  "a rename": aPlan([
    {
      ...update(ONE, [
        property("mail", "oude.naam@contoso.com", upnOf(ONE)),
        property("mailNickname", "oude.naam", "medewerker.nummer1"),
        property("userPrincipalName", "oude.naam@contoso.com", upnOf(ONE)),
      ]),
      formerUrn: account("Oude Naam").urn,
    },
    aChange("all", {
      type: NOUNS.backup.type,
      operation: "update",
      section: "backup",
      name: "all",
      description: { nl: "De back-up", en: "The backup" },
      properties: [property("mailboxes", ["oude.naam@contoso.com"], [upnOf(ONE)])],
    }),
  ]),
  "a release": releasing([
    account(TWO, { operation: "forget", releaseReason: "Werkt voor het zusterkantoor" }),
    aChange(`${upnOf(TWO)}-licenses`, {
      ...{ type: NOUNS.userLicense.type, operation: "forget", section: "licenses", name: TWO },
      description: { nl: "Licenties", en: "Licences" },
    }),
    members("Kantoor", { out: [TWO] }),
    update(ONE, [{ ...property("jobTitle", "Medewerker", undefined), kind: "released" }]),
    aChange("/sites/dossiers", {
      type: NOUNS.site.type,
      operation: "forget",
      section: "sites",
      severity: "sensitive",
      name: "Dossiers",
      description: {
        nl: "Dossiers blijft bestaan, maar wordt hier niet langer beheerd",
        en: "Dossiers stays where it is, but is no longer managed here",
      },
      releaseReason: "De maatschap beheert die zelf",
    }),
  ]),
  "a change of rules": aPlan([], {
    rules: { applied: RULES, proposed: { ...RULES, required: 2 } },
  }),
};
