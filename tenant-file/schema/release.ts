import * as z from "zod";
import { LIST_SECTIONS } from "../../core/nouns.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { groupName } from "./groups.ts";
import { siteUrl } from "./sites.ts";
import { text, userPrincipalName } from "./values.ts";

const section = z.enum(LIST_SECTIONS);

const object = exactlyOneOf(
  z.strictObject({
    user: userPrincipalName.exactOptional(),
    group: groupName.exactOptional(),
    site: siteUrl.exactOptional(),
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
  }),
  ["user", "group", "site"],
);

export const release = z.array(section.or(object)).meta({
  title: "Release",
  description:
    "Sections, and people, groups or sites, that are no longer managed and left as they are",
});
