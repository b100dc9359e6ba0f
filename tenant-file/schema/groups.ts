import * as z from "zod";
import { adopt } from "./adopt.ts";
import { groupName } from "./group-name.ts";
import { groupMail } from "./mail.ts";
import { recycleBin } from "./recycle-bin.ts";
import { disabledPlans, licenses } from "./sku.ts";
import { source } from "./source.ts";
import { principalName, text } from "./values.ts";

const people = z.array(
  principalName("users and guests, as name@domain; groups go under memberGroups"),
);

/** No length is documented; this is enough for a description and small enough for a preview. */
const DESCRIPTION_MAX_LENGTH = 1024;

/** @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership (checked 2026-11) */
const MEMBERSHIP_RULE_MAX_LENGTH = 3072;

export const group = z.strictObject({
  name: groupName.meta({ description: "Key of the group and its mailNickname" }),
  displayName: text(256),
  type: z.enum(["security", "microsoft365", "distribution", "mailSecurity"]).meta({
    description:
      "security: gives access; microsoft365: with a mailbox and a site; distribution: for mail only; mailSecurity: gives access and receives mail",
  }),
  source: source.exactOptional(),
  description: text(DESCRIPTION_MAX_LENGTH).exactOptional(),
  owners: people.meta({ description: "Users. Omitted: not managed." }).exactOptional(),
  members: people
    .meta({
      description: "Users and guests. Omitted: not managed.",
    })
    .exactOptional(),
  memberGroups: z
    .array(groupName)
    .meta({
      description:
        "Groups of this file that belong to it, with everybody in them; licences of this group do not reach those. Omitted: not managed.",
    })
    .exactOptional(),
  membershipRule: text(MEMBERSHIP_RULE_MAX_LENGTH)
    .meta({
      description:
        'Who belongs to it by what the directory knows of them, in place of members, e.g. user.department -eq "Finance". Needs Entra ID P1',
    })
    .exactOptional(),
  ...groupMail.exactPartial().shape,
  licenses: licenses.exactOptional(),
  disabledPlans: disabledPlans.exactOptional(),
  formerly: groupName
    .meta({
      description:
        "Name before a rename: the group stays the same, its old address is lost. Remove it afterwards",
    })
    .exactOptional(),
  recycleBin: recycleBin("group").exactOptional(),
  adopt: adopt.exactOptional(),
  clear: z
    .array(z.literal("description"))
    .meta({ description: "Keys to clear; an omitted key is not managed" })
    .exactOptional(),
});

export const groups = z.array(group).meta({
  title: "Groups",
  description: "Groups of every kind. Omitted: not managed. []: none may exist.",
});
