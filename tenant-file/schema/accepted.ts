import * as z from "zod";
import { OBJECT_KINDS } from "../../core/nouns.ts";
import { domain } from "./domains.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { group } from "./groups.ts";
import { objectNames } from "./object-names.ts";
import { calendarRole, mailboxRights } from "./mailboxes.ts";
import { siteRole, site } from "./sites.ts";
import { automaticReplies, message, userMailbox } from "./user-mailbox.ts";
import { details, user } from "./users.ts";
import { calendarDay, text } from "./values.ts";

const RIGHTS = mailboxRights.keyof().options;

/** Rights on the calendar, which have a role. */
const CALENDARS = ["calendar", "mailbox.calendar"] as const;
export const WITH_ROLE: readonly string[] = ["permissions", ...CALENDARS];

/** Lists of which one element can be accepted. */
export const ACCEPTABLE_LISTS = [
  "members",
  "memberGroups",
  "owners",
  "sponsors",
  "licenses",
  "permissions",
  "aliases",
  ...RIGHTS,
  ...RIGHTS.map((key) => `mailbox.${key}` as const),
] as const;

const { automaticReplies: _replies, ...own } = userMailbox.omit({
  ...{ fullAccess: true, sendAs: true, sendOnBehalf: true, calendar: true },
}).shape;
const ownKeys = Object.keys(own) as (keyof typeof own)[];

/** What names people and groups, who are told apart by their ids: many have the same name, and names change. */
export const NAMING_SOMEBODY = [
  "manager",
  "members",
  "memberGroups",
  "owners",
  "sponsors",
  "permissions",
] as const;

/** What can differ and be left so. */
const property = z.enum([
  ...details.keyof().options,
  ...user.pick({ displayName: true, accountEnabled: true, businessPhones: true }).keyof().options,
  ...user.pick({ usageLocation: true, manager: true }).keyof().options,
  ...domain.pick({ supportedServices: true }).keyof().options,
  ...group.pick({ description: true, hideFromAddressLists: true, senders: true }).keyof().options,
  ...site.pick({ title: true, owner: true, sharingCapability: true }).keyof().options,
  ...ownKeys.map((key) => `mailbox.${key}` as const),
  ...automaticReplies.keyof().options.map((key) => `mailbox.automaticReplies.${key}` as const),
  ...ACCEPTABLE_LISTS,
]);

/** Whether a deviation of the key can be accepted. */
export const isAcceptable = (key: string): boolean => property.safeParse(key).success;

/** No length of its own: as long as the longest of the properties. */
const MAX_VALUE_LENGTH = 1024;
const value = text(MAX_VALUE_LENGTH)
  .or(z.literal(""))
  .or(message)
  .or(z.boolean())
  .or(z.array(text(256)));

const deviation = exactlyOneOf(
  z.strictObject({
    ...objectNames,
    property: property.meta({ description: "Key of the object's entry in this file" }),
    value: value
      .meta({ description: 'What the tenant has instead; "" or []: nothing' })
      .exactOptional(),
    extra: text(256)
      .meta({ description: "Of a list: what the tenant has and this file does not list" })
      .exactOptional(),
    missing: text(256)
      .meta({ description: "Of a list: what this file lists and the tenant does not have" })
      .exactOptional(),
    id: text(64)
      .meta({ description: "Object id of who is named: required for people and groups" })
      .exactOptional(),
    role: siteRole
      .or(calendarRole)
      .meta({
        description: "Of permissions and calendar, with extra: the right that the tenant gives",
      })
      .exactOptional(),
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
    until: calendarDay.meta({ description: "Last day; after it, this is drift again" }),
  }),
  OBJECT_KINDS,
);

export const accepted = z.array(deviation).meta({
  title: "Accepted",
  description:
    "Differences between this file and the tenant that are accepted for a while. Each is for this one value",
});
