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

const [MB, GB] = [2 ** 20, 2 ** 30];

/**
 * Of a new mailbox: 35 and 36 MB a message, and those of Plan 1, whatever the licence. Not verified.
 * @see https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
 */
export const SIZE_LIMITS = {
  MaxSendSize: 35 * MB,
  MaxReceiveSize: 36 * MB,
  IssueWarningQuota: 49 * GB,
  ProhibitSendQuota: 49.5 * GB,
  ProhibitSendReceiveQuota: 50 * GB,
};
export type SizeLimit = keyof typeof SIZE_LIMITS;

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
  /** Bytes, by parameter of Set-Mailbox. */
  sizeLimits: Record<SizeLimit, number>;
  /** Null: as the tenant has it. */
  smtpClientAuthenticationDisabled: boolean | null;
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
    sizeLimits: { ...SIZE_LIMITS },
    smtpClientAuthenticationDisabled: null,
    itemBytes: 0,
    sendOnBehalfIds: [],
    access: [],
    sendAsIds: [],
  };
}
