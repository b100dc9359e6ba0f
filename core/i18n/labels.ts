/** How properties are called in front of people. What has no name here is shown by its technical path. */
import type { Text } from "../language.ts";

const LABELS: Readonly<Record<string, Text>> = {
  accountEnabled: { nl: "Mag inloggen", en: "May sign in" },
  acceptMessagesOnlyFrom: { nl: "Alleen mail van", en: "Mail only from" },
  address: { nl: "Adres", en: "Address" },
  aliases: { nl: "Aliassen", en: "Aliases" },
  approval: { nl: "Goedkeuring", en: "Approval" },
  atRenewal: { nl: "Aantal vanaf de verlenging", en: "Number from the renewal" },
  businessPhones: { nl: "Telefoon (werk)", en: "Business phone" },
  city: { nl: "Plaats", en: "City" },
  companyName: { nl: "Bedrijf", en: "Company" },
  conditions: { nl: "Voorwaarden", en: "Conditions" },
  contract: { nl: "Contract", en: "Contract" },
  count: { nl: "Aantal", en: "Number" },
  country: { nl: "Land", en: "Country" },
  covers: { nl: "Omvang", en: "Coverage" },
  decisionMakers: { nl: "Beslissers", en: "Decision makers" },
  deletedUserPersonalSiteRetentionPeriodInDays: {
    nl: "OneDrive van een verwijderde gebruiker bewaard (dagen)",
    en: "OneDrive of a deleted user kept (days)",
  },
  department: { nl: "Afdeling", en: "Department" },
  description: { nl: "Omschrijving", en: "Description" },
  dynamicMembership: { nl: "Regel voor wie erbij hoort", en: "Rule for who belongs to it" },
  disabledPlans: { nl: "Uitgeschakelde onderdelen", en: "Disabled parts" },
  disclaimer: { nl: "Vrijwaring", en: "Disclaimer" },
  displayName: { nl: "Naam", en: "Name" },
  document: { nl: "Document", en: "Document" },
  domains: { nl: "Domeinen", en: "Domains" },
  email: { nl: "Mailadres", en: "E-mail address" },
  emergencyAccounts: { nl: "Noodaccounts", en: "Emergency accounts" },
  employeeId: { nl: "Personeelsnummer", en: "Employee number" },
  end: { nl: "Einde", en: "End" },
  exceptions: { nl: "Uitzonderingen", en: "Exceptions" },
  forcePasswordChange: {
    nl: "Wachtwoord wijzigen bij inloggen",
    en: "Password change at sign-in",
  },
  fullAccess: { nl: "Volledige toegang", en: "Full access" },
  givenName: { nl: "Voornaam", en: "Given name" },
  globalAdministrators: { nl: "Globale beheerders", en: "Global administrators" },
  grantControls: { nl: "Eisen", en: "Demands" },
  grants: { nl: "Toegang", en: "Access" },
  groupDisplayName: { nl: "Groep", en: "Group" },
  groupId: { nl: "Kenmerk van de groep", en: "Id of the group" },
  groupName: { nl: "Groep", en: "Group" },
  hasUniqueRoleAssignments: { nl: "Eigen rechten", en: "Permissions of its own" },
  hideFromAddressLists: { nl: "Verborgen in de adreslijst", en: "Hidden from the address list" },
  initialDomain: { nl: "Eerste domein", en: "First domain" },
  isDefault: { nl: "Standaarddomein", en: "Default domain" },
  isEnabled: { nl: "Staat aan", en: "Is on" },
  isVerified: { nl: "Gecontroleerd door Microsoft", en: "Verified by Microsoft" },
  isSitesStorageLimitAutomatic: {
    nl: "SharePoint verdeelt de opslag zelf",
    en: "SharePoint divides the storage by itself",
  },
  jobTitle: { nl: "Functie", en: "Job title" },
  kind: { nl: "Soort", en: "Kind" },
  lcid: { nl: "Taal", en: "Language" },
  licenses: { nl: "Licenties", en: "Licences" },
  location: { nl: "Locatie", en: "Location" },
  mail: { nl: "Mailadres", en: "E-mail address" },
  mailboxes: { nl: "Mailboxen", en: "Mailboxes" },
  mailEnabled: { nl: "Ontvangt mail", en: "Receives mail" },
  mailNickname: { nl: "Naam in het mailadres", en: "Name in the e-mail address" },
  managedBy: { nl: "Beheerd door", en: "Managed by" },
  managerId: { nl: "Leidinggevende", en: "Manager" },
  members: { nl: "Leden", en: "Members" },
  mobilePhone: { nl: "Mobiel nummer", en: "Mobile number" },
  name: { nl: "Naam", en: "Name" },
  officeLocation: { nl: "Kantoor", en: "Office" },
  operator: { nl: "Uitvoerder", en: "Operator" },
  organization: { nl: "Organisatie", en: "Organisation" },
  owner: { nl: "Eigenaar", en: "Owner" },
  owners: { nl: "Eigenaren", en: "Owners" },
  password: { nl: "Wachtwoord", en: "Password" },
  permissions: { nl: "Toegang", en: "Access" },
  postalCode: { nl: "Postcode", en: "Postal code" },
  preferredLanguage: { nl: "Taal", en: "Language" },
  principal: { nl: "Naam", en: "Name" },
  required: { nl: "Nodig", en: "Needed" },
  replacedBy: { nl: "Pas uit als geldt", en: "Off only while in force" },
  requireSenderAuthentication: { nl: "Alleen mail van binnen", en: "Mail from inside only" },
  retention: { nl: "Bewaartermijn", en: "Retention" },
  role: { nl: "Rol", en: "Role" },
  schedule: { nl: "Hoe vaak", en: "How often" },
  securityEnabled: { nl: "Kan toegang geven", en: "Can grant access" },
  serviceLevel: { nl: "Serviceniveau", en: "Service level" },
  sharingCapability: {
    nl: "Delen met mensen buiten de organisatie",
    en: "Sharing with people outside",
  },
  showInAddressList: { nl: "Staat in het adresboek", en: "In the address book" },
  signedBy: { nl: "Getekend door", en: "Signed by" },
  signedOn: { nl: "Getekend op", en: "Signed on" },
  sendAs: { nl: "Mailen als de mailbox", en: "Send as" },
  sendOnBehalf: { nl: "Mailen namens de mailbox", en: "Send on behalf" },
  siteId: { nl: "Kenmerk van de site", en: "Id of the site" },
  sites: { nl: "Sites", en: "Sites" },
  siteTitle: { nl: "Site", en: "Site" },
  siteUrl: { nl: "Adres van de site", en: "Address of the site" },
  sku: { nl: "Product", en: "Product" },
  skus: { nl: "Licenties", en: "Licences" },
  start: { nl: "Ingangsdatum", en: "Start date" },
  state: { nl: "Provincie", en: "State or province" },
  storageQuota: { nl: "Opslag, hoogstens", en: "Storage, at most" },
  streetAddress: { nl: "Straat en huisnummer", en: "Street address" },
  supportedServices: { nl: "Gebruikt voor", en: "Used for" },
  surname: { nl: "Achternaam", en: "Surname" },
  template: { nl: "Sjabloon", en: "Template" },
  tenantId: { nl: "Kenmerk bij Microsoft", en: "Id at Microsoft" },
  term: { nl: "Termijn", en: "Term" },
  title: { nl: "Titel", en: "Title" },
  types: { nl: "Soort groep", en: "Kind of group" },
  type: { nl: "Soort", en: "Type" },
  until: { nl: "Tot en met", en: "Until" },
  url: { nl: "Adres", en: "Address" },
  usageLocation: { nl: "Land voor licenties", en: "Country for licences" },
  userId: { nl: "Kenmerk van de persoon", en: "Id of the person" },
  userPrincipalName: { nl: "Inlognaam", en: "Sign-in name" },
  vendor: { nl: "Leverancier", en: "Vendor" },
  years: { nl: "Jaren", en: "Years" },
};

/** The label of a property by the last part of its path, or undefined when people have no word for it. */
export function labelOf(path: string, value?: unknown): Text | undefined {
  const key = path.split(".").at(-1) ?? "";
  // Two services have a property of this name: where somebody lives, and whether a rule holds.
  if (key === "state" && wordOf(key, String(value)) !== undefined) return STAGE;
  return Object.hasOwn(LABELS, key) ? LABELS[key] : undefined;
}

const STAGE: Text = { nl: "Stand", en: "Stage" };

/** Words for values that are the same everywhere, by the property that holds them. */
const WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  kind: { user: { nl: "persoon", en: "person" }, group: { nl: "groep", en: "group" } },
  role: {
    read: { nl: "lezen", en: "read" },
    edit: { nl: "bewerken", en: "edit" },
    "full-control": { nl: "volledig beheer", en: "full control" },
  },
  serviceLevel: {
    bronze: { nl: "brons", en: "bronze" },
    silver: { nl: "zilver", en: "silver" },
    gold: { nl: "goud", en: "gold" },
  },
  sharingCapability: {
    Disabled: { nl: "niemand", en: "nobody" },
    ExistingExternalUserSharingOnly: { nl: "bestaande gasten", en: "existing guests" },
    ExternalUserSharingOnly: { nl: "nieuwe en bestaande gasten", en: "new and existing guests" },
    ExternalUserAndGuestSharing: { nl: "iedereen met een link", en: "anyone with a link" },
  },
  state: {
    enabled: { nl: "geldt", en: "in force" },
    enabledForReportingButNotEnforced: { nl: "telt alleen", en: "only counts" },
    disabled: { nl: "staat uit", en: "switched off" },
  },
  schedule: { daily: { nl: "elke dag", en: "every day" } },
  template: {
    team: { nl: "teamsite", en: "team site" },
    communication: { nl: "communicatiesite", en: "communication site" },
  },
  term: {
    monthly: { nl: "per maand", en: "monthly" },
    annual: { nl: "per jaar", en: "annual" },
  },
  types: { Unified: { nl: "Microsoft 365", en: "Microsoft 365" } },
  until: { "contract-end": { nl: "einde van het contract", en: "end of the contract" } },
};

/** The word for a value, or undefined when the value speaks for itself. */
export function wordOf(path: string, value: string): Text | undefined {
  const words = WORDS[path.split(".").at(-1) ?? ""];
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}
