/** Who may use a mailbox, of people and of shared ones: where the file says it. */
import type { Lenient } from "../reading/lenient.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf } from "./facts.ts";

export const RIGHTS = ["fullAccess", "sendAs", "sendOnBehalf", "calendar"] as const;

export const mailboxesWithRights = ({ users, mailboxes }: Lenient<Tenant>) => [
  ...itemsOf(mailboxes, ["mailboxes"]),
  ...itemsOf(users, ["users"]).map(({ path, value }) => ({
    path: [...path, "mailbox"],
    value: value.mailbox ?? {},
  })),
];
