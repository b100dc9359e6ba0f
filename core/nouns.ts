/** The types of resource that people count, and what is lost when one goes. Tokens as the providers have them. */

export const KINDS = ["people", "mailboxes", "sites", "groups"] as const;
export type Kind = (typeof KINDS)[number];

const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  "azuread:index/user:User": "people",
  "m365:exchange:Mailbox": "mailboxes",
  "m365:exchange:SharedMailbox": "mailboxes",
  "m365:sharepoint:Site": "sites",
  "azuread:index/group:Group": "groups",
};

/** The kind of object that a resource of this type is; undefined for relations and settings. */
export const kindOf = (type: string): Kind | undefined => KIND_OF_TYPE[type];

export const TENANT_TYPE = "m365:directory:Tenant";

/** How people group what they see, in the order in which they see it. */
export const SECTIONS = [
  "people",
  "groups",
  "licenses",
  "sites",
  "mailboxes",
  "backup",
  "tenant",
  "other",
] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * `adopt` takes an existing object under management; `forget` ends the management and leaves the object
 * where it is (retainOnDelete).
 */
export const OPERATIONS = ["create", "update", "replace", "delete", "adopt", "forget"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** destructive: data or access of a person can be lost; sensitive: access, cost or safety changes. */
export const SEVERITIES = ["routine", "sensitive", "destructive"] as const;
export type Severity = (typeof SEVERITIES)[number];
