import * as z from "zod";
import { aliases } from "./mail.ts";
import { recycleBin } from "./recycle-bin.ts";
import { calendarDay, emailAddress, text, userPrincipalName } from "./values.ts";

const right = z.strictObject({
  user: userPrincipalName.meta({ description: "A user of this file" }),
  reason: text(500).meta({ description: "Why; nothing checks it" }).exactOptional(),
  from: calendarDay
    .meta({ description: "First day; the first apply on it or after it gives the right" })
    .exactOptional(),
  until: calendarDay
    .meta({ description: "Last day; the next apply after it takes the right away" })
    .exactOptional(),
});

const fullAccess = right.extend({
  automapping: z
    .boolean()
    .meta({
      description:
        "Whether Outlook shows the mailbox by itself; true unless told. Counts when the right is given",
    })
    .exactOptional(),
});

/** @see https://learn.microsoft.com/graph/api/resources/calendarpermission (checked 2026-11-28) */
export const calendarRole = z.enum([
  ...(["freeBusyRead", "limitedRead", "read", "write"] as const),
  ...(["delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess"] as const),
]);

const onCalendar = right.extend({
  role: calendarRole.meta({
    description:
      "freeBusyRead: when there is time; limitedRead: with title and place; read; write; a delegate gets invitations too",
  }),
});

const rights = (what: string) => ({
  description: `${what} Omitted: not managed. []: nobody.`,
});

/** Who may use a mailbox, whosever it is. */
export const mailboxRights = z
  .strictObject({
    fullAccess: z.array(fullAccess).meta(rights("Who may open it.")),
    sendAs: z.array(right).meta(rights("Whose mail may come from it.")),
    sendOnBehalf: z.array(right).meta(rights("Who may send on its behalf, under their own name.")),
    calendar: z.array(onCalendar).meta(rights("Who may see or edit the main calendar, by name.")),
  })
  .exactPartial();

export const mailbox = z.strictObject({
  address: emailAddress.meta({
    description: "Key of the mailbox and its primary address; in one of the tenant's domains",
  }),
  displayName: text(256),
  type: z
    .enum(["shared", "room", "equipment"])
    .meta({
      description:
        "shared: of several people; room and equipment: people book it. Omitted: shared, if it is new",
    })
    .exactOptional(),
  aliases: aliases.exactOptional(),
  recycleBin: recycleBin("mailbox").exactOptional(),
  ...mailboxRights.shape,
});

export const mailboxes = z.array(mailbox).meta({
  title: "Mailboxes",
  description:
    "Shared mailboxes, and those of rooms and equipment; nobody can sign in as one. Omitted: not managed. []: none may exist.",
});
