import * as z from "zod";
import { adopt } from "./adopt.ts";
import { recycleBin } from "./recycle-bin.ts";
import { aliases } from "./mail.ts";
import { disabledPlans, licenses } from "./sku.ts";
import { source } from "./source.ts";
import { userMailbox } from "./user-mailbox.ts";
import {
  calendarDay,
  countryCode,
  languageTag,
  phoneNumber,
  text,
  userPrincipalName,
} from "./values.ts";

/**
 * What the address book tells of a person. Lengths in characters.
 * @see https://learn.microsoft.com/graph/api/resources/user (checked 2026-11)
 */
export const details = z.strictObject({
  givenName: text(64),
  surname: text(64),
  jobTitle: text(128),
  department: text(64),
  companyName: text(64),
  employeeId: text(16),
  officeLocation: text(128),
  mobilePhone: phoneNumber,
  streetAddress: text(1024),
  postalCode: text(40),
  city: text(128),
  state: text(128),
  country: text(128).meta({ description: "Of the address, as people write it, e.g. Nederland" }),
  preferredLanguage: languageTag,
});

/** Not the usage location: Graph refuses to take it back once it is set. A list is cleared by []. */
const clearable = z.enum(["manager", ...details.keyof().options]);

/** In place of `lastDay`, for whom everything else is to follow; tenant-file/leavers.ts says what. */
const leaves = z
  .strictObject({
    lastDay: calendarDay.meta({ description: "Last day of work; the rest follows the day after" }),
    handOverTo: userPrincipalName
      .meta({
        description:
          "Who gets full access to the mailbox, and the groups that nobody else owns. Omitted: the manager",
      })
      .exactOptional(),
    until: calendarDay
      .meta({ description: "Last day of that access. Omitted: 90 days after the last day" })
      .exactOptional(),
  })
  .meta({
    description:
      "Somebody leaves: the day after the last day the account is blocked, out of groups, roles, sites and mailboxes of others, the mailbox becomes a shared one, and the licences fall free",
  });

export const user = z.strictObject({
  userPrincipalName: userPrincipalName.meta({
    description: "Sign-in name and primary e-mail address; in one of the tenant's domains",
  }),
  displayName: text(256),
  source: source.exactOptional(),
  accountEnabled: z
    .boolean()
    .meta({ description: "Whether the person may sign in. Omitted: not managed; true when new." })
    .exactOptional(),
  blockedBecause: text(500)
    .meta({ description: "Why accountEnabled is false; the decision maker reads this" })
    .exactOptional(),
  firstDay: calendarDay
    .meta({
      description:
        "First day of somebody who starts; the account is blocked before it. Says whether the person may sign in, in place of accountEnabled",
    })
    .exactOptional(),
  lastDay: calendarDay
    .meta({ description: "Last day of somebody who leaves; the account is blocked after it" })
    .exactOptional(),
  leaves: leaves.exactOptional(),
  ...details.exactPartial().shape,
  businessPhones: z
    .array(phoneNumber)
    .max(1)
    .meta({ description: "Graph keeps one. []: none" })
    .exactOptional(),
  usageLocation: countryCode
    .meta({
      description:
        "Two-letter code of the country of use, e.g. NL. Omitted: the tenant's country for who gets a licence, otherwise not managed",
    })
    .exactOptional(),
  manager: userPrincipalName.meta({ description: "Another user of this file" }).exactOptional(),
  aliases: aliases.exactOptional(),
  mailbox: userMailbox.exactOptional(),
  licenses: licenses.exactOptional(),
  disabledPlans: disabledPlans.exactOptional(),
  formerly: userPrincipalName
    .meta({
      description:
        "Name before a rename: the account stays the same, its old address is lost unless it is one of the aliases. Remove it afterwards",
    })
    .exactOptional(),
  recycleBin: recycleBin("account").exactOptional(),
  adopt: adopt.exactOptional(),
  clear: z
    .array(clearable)
    .meta({ description: "Keys to clear; an omitted key is not managed" })
    .exactOptional(),
});

export const users = z.array(user).meta({
  title: "Users",
  description: "People with an account. Omitted: not managed. []: none may exist.",
});
