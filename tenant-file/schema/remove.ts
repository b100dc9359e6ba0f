import * as z from "zod";
import { OBJECT_KINDS } from "../../core/nouns.ts";
import { exactlyOneOf } from "./exactly-one-of.ts";
import { objectNames } from "./object-names.ts";
import { text } from "./values.ts";

const removal = exactlyOneOf(
  z.strictObject({
    ...objectNames,
    reason: text(500).meta({ description: "Why; the decision maker reads this" }),
    data: text(500).meta({ description: "What happens to the mail and files" }),
  }),
  OBJECT_KINDS,
);

export const remove = z.array(removal).meta({
  title: "Remove",
  description:
    "One entry for each person, guest, group, mailbox, site or domain that is removed with its data",
});
