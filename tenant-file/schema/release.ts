import * as z from "zod";
import { MANAGED_SECTIONS, OBJECT_KINDS } from "../../core/nouns.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { objectNames } from "./object-names.ts";
import { text } from "./values.ts";

const section = z.enum(MANAGED_SECTIONS);

const object = exactlyOneOf(
  z.strictObject({
    ...objectNames,
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
  }),
  OBJECT_KINDS,
);

export const release = z.array(section.or(object)).meta({
  title: "Release",
  description:
    "Sections, and people, guests, groups, mailboxes, sites or domains, that are no longer managed and left as they are",
});
