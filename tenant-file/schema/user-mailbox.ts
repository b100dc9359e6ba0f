import * as z from "zod";
import { mailboxRights } from "./mailboxes.ts";

/** A person's own mailbox, beside the addresses. */
export const userMailbox = z
  .strictObject({ ...mailboxRights.shape })
  .meta({ description: "The person's own mailbox. Keys that are omitted are not managed" });
