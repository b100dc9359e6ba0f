import * as z from "zod";
import { adopt } from "./adopt.ts";
import { recycleBin } from "./recycle-bin.ts";
import { disabledPlans, licenses } from "./sku.ts";
import { source } from "./source.ts";
import { principalName, shapedAs, text } from "./values.ts";

/**
 * mailNickname: ASCII, at most 64, without @ ( ) \ [ ] " ; : < > , and space.
 * @see https://learn.microsoft.com/graph/api/resources/group (checked 2026-11)
 */
const MAIL_NICKNAME = /^[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}$/;

/** Lower case: the name is the local part of the group's address, where case does not count. */
export const groupName = z
  .string()
  .toLowerCase()
  .check(
    shapedAs((value) => MAIL_NICKNAME.test(value), {
      message: "Not a valid group name",
      allowed: 'at most 64 ASCII characters without spaces and @ ( ) \\ [ ] " ; : < > ,',
    }),
  );

const people = z.array(
  principalName("users and guests, as name@domain; groups in groups are not supported"),
);

/** No length is documented; this is enough for a description and small enough for a preview. */
const DESCRIPTION_MAX_LENGTH = 1024;

/** @see https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership (checked 2026-11) */
const MEMBERSHIP_RULE_MAX_LENGTH = 3072;

export const group = z.strictObject({
  name: groupName.meta({ description: "Key of the group and its mailNickname" }),
  displayName: text(256),
  type: z.enum(["security", "microsoft365"]),
  source: source.exactOptional(),
  description: text(DESCRIPTION_MAX_LENGTH).exactOptional(),
  owners: people.meta({ description: "Users. Omitted: not managed." }).exactOptional(),
  members: people
    .meta({
      description: "Users and guests; groups in groups are not supported. Omitted: not managed.",
    })
    .exactOptional(),
  membershipRule: text(MEMBERSHIP_RULE_MAX_LENGTH)
    .meta({
      description:
        'Who belongs to it by what the directory knows of them, in place of members, e.g. user.department -eq "Finance". Needs Entra ID P1',
    })
    .exactOptional(),
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
  description: "Security and Microsoft 365 groups. Omitted: not managed. []: none may exist.",
});
