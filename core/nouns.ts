/** The types of resource that people count, and what is lost when one goes. Tokens as the providers have them. */
import type { Change } from "../plan/model/model.ts";

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

/** Whether the object, as it is now, is gone after the change. */
export const removes = ({ operation }: Change): boolean =>
  operation === "delete" || operation === "replace";
