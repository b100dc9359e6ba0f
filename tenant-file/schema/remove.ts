import * as z from "zod";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { groupName } from "./groups.ts";
import { siteUrl } from "./sites.ts";
import { text, userPrincipalName } from "./values.ts";

const removal = exactlyOneOf(
  z.strictObject({
    user: userPrincipalName.exactOptional(),
    group: groupName.exactOptional(),
    site: siteUrl.exactOptional(),
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
    data: text(500).meta({ description: "What happens to the mail and files" }),
  }),
  ["user", "group", "site"],
);

export const remove = z.array(removal).meta({
  title: "Remove",
  description: "One entry for each person, group or site that is removed with its data",
});
