/** What a tenant consists of: one entry a noun, from which every list of kinds derives. */

/** How people group what they see, in the order in which they see it. */
export const SECTIONS = [
  "people",
  "guests",
  "groups",
  "licenses",
  "sites",
  "mailboxes",
  "contacts",
  "backup",
  "tenant",
  "other",
] as const;
export type Section = (typeof SECTIONS)[number];

/** What the safeguards limit, by the keys of the tenant file. */
export const SAFEGUARDED = ["people", "mailboxes", "sites", "licenses"] as const;
export type Safeguarded = (typeof SAFEGUARDED)[number];

/** Sections of the tenant file that list objects and may be left out. */
const LIST_SECTIONS = [
  "domains",
  "users",
  "guests",
  "groups",
  "mailboxes",
  "mailContacts",
  "sites",
  "subscriptions",
] as const;
export type ListSection = (typeof LIST_SECTIONS)[number];

/** Sections that are managed as a whole once they are declared: left out later, they are released or refused. */
export const MANAGED_SECTIONS = [...LIST_SECTIONS, "dnsZones", "signInSecurity", "roles"] as const;
export type ManagedSection = (typeof MANAGED_SECTIONS)[number];

/** What the tenant file calls one of the objects that it removes, releases and accepts deviations of by name. */
export const OBJECT_KINDS = ["user", "guest", "group", "mailbox", "site", "domain"] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

export interface Noun {
  /** Type token as its provider has it. */
  readonly type: string;
  readonly section: Section;
  /** Objects that people count have a kind; relations and settings have none. */
  readonly kind?: Section;
  /** Where the tenant file lists these objects. */
  readonly listedIn?: ListSection;
  /** The section that declares it, where that is no list. */
  readonly declaredIn?: ManagedSection;
  /** The key that names such an object in that list; its value is also the name of the resource. */
  readonly fileKey?: string;
  /** Word of the `remove` entry without which such an object never goes. */
  readonly removedAs?: ObjectKind;
  /** A resource that holds one list of another object; it is named after that object. */
  readonly list?: {
    readonly owner: "user" | "group" | "mailbox" | "site";
    /** Key of the list in the tenant file, and of the owner's entry there. */
    readonly key:
      "licenses" | "members" | "permissions" | "aliases" | "fullAccess" | "mailbox" | "calendar";
    readonly suffix: string;
  };
  /** It holds data and is never removed: no longer declared, it is left as it is. */
  readonly isKept?: true;
  /** Properties that people know it by, the best first. */
  readonly naming: readonly string[];
  /** Properties that no two objects have in common; the first is the one that the tenant file names it by. */
  readonly unique: readonly string[];
  /**
   * Which safeguard counts what goes: the object itself, or what falls off a number. What people lose is counted by
   * the consequences of a plan.
   */
  readonly counted?: {
    readonly as: Safeguarded;
    readonly lost: "object" | { readonly number: string };
  };
  /** Properties whose release is a matter of safety or access. */
  readonly guarded?: readonly string[];
  /** Properties that hold ids of people, with the key of the tenant file that names those people. */
  readonly people?: Readonly<Record<string, "manager" | "owners" | "sponsors" | "holder">>;
}

export const NOUNS = {
  tenant: {
    type: "m365:directory:Tenant",
    section: "tenant",
    naming: ["displayName"],
    unique: ["tenantId"],
  },
  domain: {
    type: "m365:directory:Domain",
    section: "tenant",
    listedIn: "domains",
    fileKey: "name",
    removedAs: "domain",
    naming: ["name"],
    unique: ["name"],
  },
  dnsRecords: {
    type: "m365:dns:RecordSet",
    ...{ section: "tenant", declaredIn: "dnsZones" },
    ...{ naming: ["name"], unique: [] },
  },
  user: {
    type: "azuread:index/user:User",
    section: "people",
    kind: "people",
    listedIn: "users",
    fileKey: "userPrincipalName",
    removedAs: "user",
    naming: ["displayName", "userPrincipalName"],
    unique: ["userPrincipalName", "mail", "mailNickname", "objectId"],
    counted: { as: "people", lost: "object" },
    guarded: ["accountEnabled"],
    people: { managerId: "manager" },
  },
  guest: {
    type: "m365:directory:Guest",
    section: "guests",
    kind: "guests",
    listedIn: "guests",
    fileKey: "email",
    removedAs: "guest",
    naming: ["displayName", "email"],
    unique: ["email", "objectId"],
    guarded: ["until"],
    people: { sponsors: "sponsors" },
  },
  userLicense: {
    type: "m365:licensing:UserLicense",
    section: "licenses",
    list: { owner: "user", key: "licenses", suffix: "-licenses" },
    naming: ["displayName", "userPrincipalName"],
    unique: ["userPrincipalName"],
  },
  userMail: {
    type: "m365:exchange:UserMail",
    section: "people",
    list: { owner: "user", key: "aliases", suffix: "-mail-settings" },
    naming: ["displayName", "userPrincipalName"],
    unique: ["userPrincipalName"],
    guarded: [
      ...["forwardingSmtpAddress", "litigationHoldEnabled", "smtpClientAuthenticationDisabled"],
    ],
  },
  userMailboxSettings: {
    type: "m365:exchange:MailboxSettings",
    section: "people",
    list: { owner: "user", key: "mailbox", suffix: "-mailbox-settings" },
    naming: ["displayName", "userPrincipalName"],
    unique: ["userPrincipalName"],
  },
  userMailboxType: {
    ...{ type: "m365:exchange:MailboxType", section: "people" },
    list: { owner: "user", key: "mailbox", suffix: "-mailbox-type" },
    ...{ naming: ["displayName", "userPrincipalName"], unique: ["userPrincipalName"] },
    guarded: ["type"],
  },
  userMailboxPermissions: {
    type: "m365:exchange:UserMailboxPermissions",
    section: "people",
    list: { owner: "user", key: "fullAccess", suffix: "-mailbox-permissions" },
    naming: ["displayName", "mailbox"],
    unique: ["mailbox"],
    guarded: ["fullAccess", "sendAs", "sendOnBehalf"],
  },
  userCalendar: {
    type: "m365:exchange:UserCalendarPermissions",
    section: "people",
    list: { owner: "user", key: "calendar", suffix: "-calendar-permissions" },
    naming: ["displayName", "mailbox"],
    unique: ["mailbox"],
    guarded: ["permissions"],
  },
  subscription: {
    type: "m365:licensing:Subscription",
    section: "licenses",
    listedIn: "subscriptions",
    fileKey: "sku",
    naming: ["sku"],
    unique: ["sku"],
    counted: { as: "licenses", lost: { number: "count" } },
  },
  site: {
    type: "m365:sharepoint:Site",
    section: "sites",
    kind: "sites",
    listedIn: "sites",
    fileKey: "url",
    removedAs: "site",
    naming: ["title", "url"],
    unique: ["url"],
    counted: { as: "sites", lost: "object" },
  },
  sitePermissions: {
    type: "m365:sharepoint:SitePermissions",
    section: "sites",
    list: { owner: "site", key: "permissions", suffix: "-permissions" },
    naming: ["siteTitle", "siteUrl"],
    unique: ["siteUrl"],
  },
  library: {
    type: "m365:sharepoint:Library",
    section: "sites",
    isKept: true,
    naming: ["title", "siteTitle", "siteUrl"],
    unique: [],
  },
  group: {
    type: "azuread:index/group:Group",
    section: "groups",
    kind: "groups",
    listedIn: "groups",
    fileKey: "name",
    removedAs: "group",
    naming: ["displayName"],
    unique: ["mailNickname", "mail", "objectId"],
    guarded: ["owners", "members"],
    people: { owners: "owners" },
  },
  /** Distribution lists and security groups with mail: groups like the others, which another service makes. */
  mailGroup: {
    type: "m365:exchange:DistributionGroup",
    section: "groups",
    kind: "groups",
    listedIn: "groups",
    fileKey: "name",
    removedAs: "group",
    naming: ["displayName"],
    unique: ["mailNickname", "mail", "objectId"],
    guarded: ["owners"],
    people: { owners: "owners" },
  },
  groupMembership: {
    type: "m365:directory:GroupMembership",
    section: "groups",
    list: { owner: "group", key: "members", suffix: "-members" },
    naming: ["groupDisplayName", "groupName"],
    unique: ["groupName"],
    guarded: ["members", "memberGroups"],
  },
  groupMail: {
    type: "m365:exchange:GroupMail",
    section: "groups",
    list: { owner: "group", key: "aliases", suffix: "-mail-settings" },
    naming: ["groupDisplayName", "groupName"],
    unique: ["groupName"],
    guarded: ["requireSenderAuthentication", "acceptMessagesOnlyFrom"],
  },
  sharedMailbox: {
    type: "m365:exchange:SharedMailbox",
    section: "mailboxes",
    kind: "mailboxes",
    listedIn: "mailboxes",
    fileKey: "address",
    removedAs: "mailbox",
    naming: ["displayName", "address"],
    unique: ["address", "objectId"],
    counted: { as: "mailboxes", lost: "object" },
    guarded: ["accountEnabled"],
  },
  mailboxPermissions: {
    ...{ type: "m365:exchange:MailboxPermissions", section: "mailboxes" },
    list: { owner: "mailbox", key: "fullAccess", suffix: "-mailbox-permissions" },
    ...{ naming: ["displayName", "mailbox"], unique: ["mailbox"] },
    guarded: ["fullAccess", "sendAs", "sendOnBehalf"],
  },
  calendarPermissions: {
    ...{ type: "m365:exchange:CalendarPermissions", section: "mailboxes" },
    list: { owner: "mailbox", key: "calendar", suffix: "-calendar-permissions" },
    ...{ naming: ["displayName", "mailbox"], unique: ["mailbox"] },
    guarded: ["permissions"],
  },
  mailContact: {
    ...{ type: "m365:exchange:MailContact", section: "contacts", kind: "contacts" },
    ...{ listedIn: "mailContacts", fileKey: "email" },
    ...{ naming: ["displayName", "email"], unique: ["email", "objectId"] },
  },
  groupLicense: {
    type: "m365:licensing:GroupLicense",
    section: "licenses",
    list: { owner: "group", key: "licenses", suffix: "-licenses" },
    naming: ["groupDisplayName", "groupName"],
    unique: ["groupName"],
  },
  accessRule: {
    type: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
    section: "tenant",
    declaredIn: "signInSecurity",
    naming: ["displayName"],
    unique: [],
  },
  namedLocation: {
    type: "azuread:index/namedLocation:NamedLocation",
    section: "tenant",
    declaredIn: "signInSecurity",
    naming: ["displayName"],
    unique: [],
  },
  roleAssignment: {
    type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    section: "tenant",
    declaredIn: "roles",
    naming: [],
    unique: [],
    people: { principalObjectId: "holder" },
  },
  securityDefaults: {
    ...{ type: "m365:directory:SecurityDefaults", section: "tenant", isKept: true },
    ...{ naming: [], unique: [] },
  },
  backup: {
    type: "m365:backup:Policy",
    section: "backup",
    naming: [],
    unique: ["organization"],
  },
} as const satisfies Record<string, Noun>;

type NounName = keyof typeof NOUNS;

const ALL: readonly Noun[] = Object.values(NOUNS);

const BY_TYPE = new Map(ALL.map((noun) => [noun.type, noun]));

/** The noun that a resource of this type stands for; undefined for types that no tenant file can name. */
export const nounOf = (type: string): Noun | undefined => BY_TYPE.get(type);

type KindOf<N> = N extends { readonly kind: infer K } ? K : never;
/** Objects that people count. */
export type Kind = KindOf<(typeof NOUNS)[NounName]>;

const isKind = (kind: Section | undefined): kind is Kind => kind !== undefined;
export const KINDS: readonly Kind[] = [...new Set(ALL.map(({ kind }) => kind).filter(isKind))];

export function kindOf(type: string): Kind | undefined {
  const kind = nounOf(type)?.kind;
  return isKind(kind) ? kind : undefined;
}

/** Whether such an object is removed only if the tenant file says why, and what happens to its data. */
export const mustBeRemovedByName = (type: string): boolean =>
  nounOf(type)?.removedAs !== undefined || type === NOUNS.tenant.type;

/** The nouns of the sections of the tenant file that may be left out, in the order of the table. */
export const LISTED = ALL.flatMap((noun) =>
  noun.listedIn === undefined || noun.fileKey === undefined
    ? []
    : [{ ...noun, listedIn: noun.listedIn, fileKey: noun.fileKey }],
);

/** Of each of these sections the first noun: those of one section have key and place in common. */
export const LISTED_SECTIONS = LISTED.filter(
  ({ listedIn }, at) => LISTED.findIndex((noun) => noun.listedIn === listedIn) === at,
);

/** What an entry may say `adopt` of. */
const ADOPTABLE: readonly (ObjectKind | undefined)[] = ["user", "guest", "group", "site"];
export const ADOPTABLE_SECTIONS = LISTED_SECTIONS.filter(({ removedAs }) =>
  ADOPTABLE.includes(removedAs),
);

/** The noun that stands for such objects: place and key in the tenant file are those of all that make one. */
export const NOUN_OF = {
  user: NOUNS.user,
  guest: NOUNS.guest,
  group: NOUNS.group,
  mailbox: NOUNS.sharedMailbox,
  site: NOUNS.site,
  domain: NOUNS.domain,
} as const satisfies Record<ObjectKind, Noun>;

/** Types of the objects that the tenant file removes by this word: whatever makes them, they are one kind to people. */
export const typesOf = (kind: ObjectKind): string[] =>
  ALL.filter(({ removedAs }) => removedAs === kind).map(({ type }) => type);

/** Name of the resource that holds the list of the object with this name. */
export const nameOfList = (
  { list }: { readonly list: { readonly suffix: string } },
  owner: string,
): string => `${owner}${list.suffix}`;

/** Name of the object whose list the resource with this name holds. */
export const ownerOfList = (
  { list }: { readonly list: { readonly suffix: string } },
  name: string,
): string => (name.endsWith(list.suffix) ? name.slice(0, -list.suffix.length) : name);

/**
 * `adopt` takes an existing object under management; `forget` ends the management and leaves the object
 * where it is.
 */
export const OPERATIONS = ["create", "update", "replace", "delete", "adopt", "forget"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** destructive: data or access of a person can be lost; sensitive: access, cost or safety changes. */
export const SEVERITIES = ["routine", "sensitive", "destructive"] as const;
export type Severity = (typeof SEVERITIES)[number];
