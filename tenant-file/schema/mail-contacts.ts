import * as z from "zod";
import { emailAddress, text } from "./values.ts";

export const mailContact = z.strictObject({
  email: emailAddress.meta({
    description: "Where mail to the contact goes; in none of the tenant's domains",
  }),
  displayName: text(256),
  hideFromAddressLists: z
    .boolean()
    .meta({ description: "Whether Outlook does not show the contact. Omitted: not managed" })
    .exactOptional(),
});

export const mailContacts = z.array(mailContact).meta({
  title: "Mail contacts",
  description:
    "People outside in the address book, without an account. Omitted: not managed. []: none may exist.",
});
