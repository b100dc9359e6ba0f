/** What Exchange keeps of a mailbox. Names, sign-in name and addresses are the directory's. */
import { defineCollection, type StoredObject } from "../core/store.ts";

export type RecipientTypeDetails =
  "UserMailbox" | "SharedMailbox" | "RoomMailbox" | "EquipmentMailbox";

/** Full access and the like; the owner's own entry is not stored. */
export interface MailboxAccess {
  /** Object id of the user. */
  userId: string;
  accessRights: string[];
  inheritanceType: string;
  autoMapping: boolean;
}

export interface Mailbox extends StoredObject {
  /** Object id of the user in the directory; also the id of the mailbox here. */
  id: string;
  exchangeGuid: string;
  recipientTypeDetails: RecipientTypeDetails;
  /** Object id of the recipient, or null. */
  forwardingRecipientId: string | null;
  /** `smtp:someone@example.com`, or null. */
  forwardingSmtpAddress: string | null;
  deliverToMailboxAndForward: boolean;
  hiddenFromAddressLists: boolean;
  litigationHold: boolean;
  hasArchive: boolean;
  /** What lies in it, without the archive. */
  itemBytes: number;
  /** Object ids. */
  sendOnBehalfIds: string[];
  access: MailboxAccess[];
  /** Object ids of those who may send as the mailbox. */
  sendAsIds: string[];
}

export const mailboxes = defineCollection<Mailbox>("exchange.mailbox");

export function newMailbox(
  id: string,
  exchangeGuid: string,
  recipientTypeDetails: RecipientTypeDetails,
): Mailbox {
  return {
    id,
    exchangeGuid,
    recipientTypeDetails,
    forwardingRecipientId: null,
    forwardingSmtpAddress: null,
    deliverToMailboxAndForward: false,
    hiddenFromAddressLists: false,
    litigationHold: false,
    hasArchive: false,
    itemBytes: 0,
    sendOnBehalfIds: [],
    access: [],
    sendAsIds: [],
  };
}
