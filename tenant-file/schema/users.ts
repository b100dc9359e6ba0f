import * as z from "zod";
import { recycleBin } from "./recycle-bin.ts";
import { licenses } from "./sku.ts";
import { countryCode, phoneNumber, text, userPrincipalName } from "./values.ts";

/** Not the usage location: Graph refuses to take it back once it is set. */
const clearable = z.enum([
  "givenName",
  "surname",
  "jobTitle",
  "department",
  "manager",
  "mobilePhone",
]);

/** Lengths in characters. @see https://learn.microsoft.com/graph/api/resources/user (checked 2026-11) */
const user = z.strictObject({
  userPrincipalName: userPrincipalName.meta({
    description: "Sign-in name and primary mail address; in one of the tenant's domains",
  }),
  displayName: text(256),
  accountEnabled: z
    .boolean()
    .meta({ description: "Whether the person may sign in. Omitted: not managed; true when new." })
    .exactOptional(),
  givenName: text(64).exactOptional(),
  surname: text(64).exactOptional(),
  jobTitle: text(128).exactOptional(),
  department: text(64).exactOptional(),
  usageLocation: countryCode
    .meta({
      description: "Two-letter code of the country of use, e.g. NL; needed before any licence",
    })
    .exactOptional(),
  manager: userPrincipalName.meta({ description: "Another user of this file" }).exactOptional(),
  mobilePhone: phoneNumber.exactOptional(),
  licenses: licenses.exactOptional(),
  formerly: userPrincipalName
    .meta({
      description:
        "Name before a rename: the account stays the same, its old address is lost. Remove it afterwards",
    })
    .exactOptional(),
  recycleBin: recycleBin("account").exactOptional(),
  clear: z
    .array(clearable)
    .meta({ description: "Keys to clear; an omitted key is not managed" })
    .exactOptional(),
});

export const users = z.array(user).meta({
  title: "Users",
  description: "People with an account. Omitted: not managed. []: none may exist.",
});
