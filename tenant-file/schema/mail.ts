/** What people and groups with mail have in common. */
import * as z from "zod";
import { groupName } from "./group-name.ts";
import { emailAddress, principalName } from "./values.ts";

export const aliases = z.array(emailAddress).meta({
  description:
    "Further addresses, in the tenant's domains. Omitted: not managed. []: none. Others than mail addresses and those at onmicrosoft.com are left alone",
});

const sender = principalName("a user or guest, as name@domain").or(groupName);

/** Of groups with mail. */
export const groupMail = z.strictObject({
  aliases,
  hideFromAddressLists: z
    .boolean()
    .meta({ description: "Whether Outlook does not show the group. Omitted: not managed" }),
  senders: z.enum(["anyone", "inside"]).or(z.array(sender).min(1)).meta({
    description:
      "Who may send to it: anyone; inside: people of the tenant; or these users, guests and groups with mail. Omitted: not managed; Microsoft makes a group with inside",
  }),
});
