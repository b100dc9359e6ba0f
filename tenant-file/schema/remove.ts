import * as z from "zod";
import { OBJECT_KINDS } from "../../core/nouns.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { groupName } from "./group-name.ts";
import { siteUrl } from "./sites.ts";
import { emailAddress, text, userPrincipalName } from "./values.ts";

const removal = exactlyOneOf(
  z.strictObject({
    user: userPrincipalName.exactOptional(),
    guest: emailAddress.exactOptional(),
    group: groupName.exactOptional(),
    mailbox: emailAddress.exactOptional(),
    site: siteUrl.exactOptional(),
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
    data: text(500).meta({ description: "What happens to the mail and files" }),
  }),
  OBJECT_KINDS,
);

export const remove = z.array(removal).meta({
  title: "Remove",
  description:
    "One entry for each person, guest, group, mailbox or site that is removed with its data",
});
