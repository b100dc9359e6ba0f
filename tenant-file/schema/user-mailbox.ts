import * as z from "zod";
import { mailboxRights } from "./mailboxes.ts";
import { emailAddress } from "./values.ts";

/** A person's own mailbox, beside the addresses. */
export const userMailbox = z
  .strictObject({
    ...mailboxRights.shape,
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
  })
  .meta({ description: "The person's own mailbox. Keys that are omitted are not managed" });
