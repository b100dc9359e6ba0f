import * as z from "zod";
import { isTimeZone } from "../../core/calendar.ts";
import { holdsHidden } from "../../core/hidden-characters.ts";
import { mailboxRights } from "./mailboxes.ts";
import { calendarDay, emailAddress, languageTag, shapedAs } from "./values.ts";

/** Lines of plain text; length in characters. */
export const message = z
  .string()
  .normalize("NFC")
  .min(1)
  .max(4000)
  .check(
    shapedAs((value) => value.trim() !== "" && !holdsHidden(value.replaceAll("\n", "")), {
      message: "Contains an invisible character or no text",
      allowed: "lines of visible characters",
    }),
  );

const timeZone = z.string().check(
  shapedAs(isTimeZone, {
    message: "Not a known time zone",
    allowed: "a name of the IANA list, e.g. Europe/Amsterdam",
  }),
);

/** @see https://learn.microsoft.com/graph/api/resources/automaticrepliessetting (checked 2026-11-27) */
export const automaticReplies = z.strictObject({
  status: z.enum(["disabled", "alwaysEnabled", "scheduled"]).meta({
    description:
      "disabled: no replies; alwaysEnabled: until told otherwise; scheduled: in a period",
  }),
  internalReplyMessage: message
    .meta({ description: "What people of the tenant are answered; plain text" })
    .exactOptional(),
  externalReplyMessage: message
    .meta({ description: "What people outside are answered. Omitted: nothing" })
    .exactOptional(),
  externalAudience: z
    .enum(["contactsOnly", "all"])
    .meta({ description: "Who outside is answered; all unless told" })
    .exactOptional(),
  from: calendarDay
    .meta({ description: "First day of the period, in the tenant's country" })
    .exactOptional(),
  until: calendarDay
    .meta({ description: "Last day of the period, in the tenant's country" })
    .exactOptional(),
});

/**
 * Megabytes. @see https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
 * (150 MB a message, 100 GB a mailbox; cited, not read)
 */
const messageSize = z.int().min(1).max(150);
const mailboxSize = z.int().min(1).max(102_400);

/** A person's own mailbox, beside the addresses. */
export const userMailbox = z
  .strictObject({
    ...mailboxRights.shape,
    type: z
      .enum(["shared", "regular"])
      .meta({
        description:
          "shared: the mailbox becomes a shared one, which needs no licence; the account is blocked, and licences go only after that. regular: back to a person's own",
      })
      .exactOptional(),
    forwardTo: z
      .array(emailAddress)
      .max(1)
      .meta({
        description: "Where the mail is sent on to; Exchange takes one address. []: nowhere",
      })
      .exactOptional(),
    deliverToMailboxAndForward: z
      .boolean()
      .meta({
        description: "Whether mail that is forwarded stays in the mailbox too; true unless told",
      })
      .exactOptional(),
    litigationHoldEnabled: z
      .boolean()
      .meta({ description: "Whether everything is kept, also what the person deletes" })
      .exactOptional(),
    archiveEnabled: z
      .literal(true)
      .meta({ description: "An archive mailbox. None is taken away from here" })
      .exactOptional(),
    maxSendSize: messageSize
      .meta({ description: "Size of the largest message that can be sent, in megabytes" })
      .exactOptional(),
    maxReceiveSize: messageSize
      .meta({ description: "Size of the largest message that is received, in megabytes" })
      .exactOptional(),
    issueWarningQuota: mailboxSize
      .meta({ description: "Size of the mailbox from which there is a warning, in megabytes" })
      .exactOptional(),
    prohibitSendQuota: mailboxSize
      .meta({ description: "Size of the mailbox from which nothing can be sent, in megabytes" })
      .exactOptional(),
    prohibitSendReceiveQuota: mailboxSize
      .meta({
        description: "Size of the mailbox from which nothing is received either, in megabytes",
      })
      .exactOptional(),
    smtpClientAuthenticationDisabled: z
      .boolean()
      .meta({
        description:
          "true: scanners and old programs cannot send from it with a password (SMTP AUTH); false: they can, whatever the tenant says",
      })
      .exactOptional(),
    automaticReplies: automaticReplies
      .meta({ description: "What whoever writes is answered by the mailbox itself" })
      .exactOptional(),
    language: languageTag
      .meta({ description: "Of the mailbox, with country, e.g. nl-NL" })
      .exactOptional(),
    timeZone: timeZone
      .meta({ description: "Of the mailbox: a name of the IANA list, e.g. Europe/Amsterdam" })
      .exactOptional(),
  })
  .meta({ description: "The person's own mailbox. Keys that are omitted are not managed" });
