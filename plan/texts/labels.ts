/** How properties are called in front of people. What has no name here is shown by its technical path. */
import type { Text } from "../model.ts";

const LABELS: Readonly<Record<string, Text>> = {
  accountEnabled: { nl: "Mag aanmelden", en: "May sign in" },
  businessPhones: { nl: "Telefoon (werk)", en: "Business phone" },
  city: { nl: "Plaats", en: "City" },
  companyName: { nl: "Bedrijf", en: "Company" },
  count: { nl: "Aantal", en: "Number" },
  country: { nl: "Land", en: "Country" },
  covers: { nl: "Omvang", en: "Coverage" },
  department: { nl: "Afdeling", en: "Department" },
  disabledPlans: { nl: "Uitgezette onderdelen", en: "Disabled parts" },
  description: { nl: "Omschrijving", en: "Description" },
  displayName: { nl: "Naam", en: "Name" },
  domains: { nl: "Domeinen", en: "Domains" },
  exceptions: { nl: "Uitzonderingen", en: "Exceptions" },
  givenName: { nl: "Voornaam", en: "Given name" },
  grants: { nl: "Toegang", en: "Access" },
  groupDisplayName: { nl: "Groep", en: "Group" },
  jobTitle: { nl: "Functie", en: "Job title" },
  kind: { nl: "Soort", en: "Kind" },
  lcid: { nl: "Taal", en: "Language" },
  licenses: { nl: "Licenties", en: "Licences" },
  location: { nl: "Locatie", en: "Location" },
  mailboxes: { nl: "Postvakken", en: "Mailboxes" },
  mailNickname: { nl: "Naam in het mailadres", en: "Name in the mail address" },
  managerId: { nl: "Leidinggevende", en: "Manager" },
  members: { nl: "Leden", en: "Members" },
  mobilePhone: { nl: "Mobiel nummer", en: "Mobile number" },
  officeLocation: { nl: "Kantoor", en: "Office" },
  operator: { nl: "Uitvoerder", en: "Operator" },
  owner: { nl: "Eigenaar", en: "Owner" },
  owners: { nl: "Eigenaren", en: "Owners" },
  password: { nl: "Wachtwoord", en: "Password" },
  permissions: { nl: "Toegang", en: "Access" },
  principal: { nl: "Naam", en: "Name" },
  retention: { nl: "Bewaartermijn", en: "Retention" },
  role: { nl: "Rol", en: "Role" },
  serviceLevel: { nl: "Serviceniveau", en: "Service level" },
  siteTitle: { nl: "Site", en: "Site" },
  siteUrl: { nl: "Adres van de site", en: "Address of the site" },
  sites: { nl: "Sites", en: "Sites" },
  sku: { nl: "Product", en: "Product" },
  skus: { nl: "Licenties", en: "Licences" },
  start: { nl: "Begin van de termijn", en: "Start of the term" },
  surname: { nl: "Achternaam", en: "Surname" },
  term: { nl: "Termijn", en: "Term" },
  title: { nl: "Titel", en: "Title" },
  url: { nl: "Adres", en: "Address" },
  usageLocation: { nl: "Land voor licenties", en: "Country for licences" },
  userPrincipalName: { nl: "Aanmeldnaam", en: "Sign-in name" },
  vendor: { nl: "Leverancier", en: "Vendor" },
};

/** The label of a property by the last part of its path, or undefined when people have no word for it. */
export function labelOf(path: string): Text | undefined {
  const key = path.split(".").at(-1) ?? "";
  return Object.hasOwn(LABELS, key) ? LABELS[key] : undefined;
}

/** Words for values that are the same everywhere, by the property that holds them. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  kind: { user: { nl: "persoon", en: "person" }, group: { nl: "groep", en: "group" } },
  role: {
    read: { nl: "lezen", en: "read" },
    edit: { nl: "bewerken", en: "edit" },
    "full-control": { nl: "volledig beheer", en: "full control" },
  },
  term: {
    monthly: { nl: "per maand", en: "monthly" },
    annual: { nl: "per jaar", en: "annual" },
  },
  until: { "contract-end": { nl: "einde van het contract", en: "end of the contract" } },
};

/** The word for a value, or undefined when the value speaks for itself. */
export function wordOf(path: string, value: string): Text | undefined {
  const words = WORDS[path.split(".").at(-1) ?? ""];
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}
