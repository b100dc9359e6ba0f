/** Reading recipients of every kind, and what a mailbox has beside its names. */
import { addressesOf } from "../entities/addresses.ts";
import { groups } from "../entities/collections.ts";
import type { GraphObject } from "../graph/object.ts";
import type { Cmdlet, CmdletRun } from "./cmdlet.ts";
import { objectNotFound } from "./errors.ts";
import { identityOf, limited, mailboxesAskedFor } from "./mailboxes.ts";
import { primaryAddress, text, type Recipient } from "./recipients.ts";

/** Unified groups are recipients too; the emulator has no distribution groups. */
function listRecipients(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const identity = parameters.text("Identity")?.toLowerCase();
  const kinds = parameters.texts("RecipientTypeDetails").map((kind) => kind.toLowerCase());
  const unified = call.store
    .list(groups)
    .map(({ object }) => object)
    .filter(({ mailEnabled }) => mailEnabled === true)
    .filter((group) => identity === undefined || namesOf(group).includes(identity))
    .map((group) => toRecipient(group, "GroupMailbox"));
  const own =
    unified.length > 0 && identity !== undefined ? [] : mailboxesAskedFor(withoutKinds(context));
  const people = own.map(({ user, mailbox }) => toRecipient(user, mailbox.recipientTypeDetails));
  const found = [...people, ...unified].filter(
    ({ RecipientTypeDetails: kind }) => kinds.length === 0 || kinds.includes(kind.toLowerCase()),
  );
  return limited(context, found);
}

/** Kinds of recipients are more than those of mailboxes. */
function withoutKinds(context: CmdletRun): CmdletRun {
  return { ...context, parameters: context.parameters.without("RecipientTypeDetails") };
}

function namesOf(group: GraphObject): string[] {
  return [
    group.id,
    text(group, "mail"),
    text(group, "mailNickname"),
    text(group, "displayName"),
  ].map((name) => name.toLowerCase());
}

function toRecipient(object: GraphObject, kind: string) {
  return {
    Identity: object.id,
    Name: object.id,
    Guid: object.id,
    ExternalDirectoryObjectId: object.id,
    Alias: text(object, "mailNickname"),
    DisplayName: text(object, "displayName"),
    PrimarySmtpAddress: primaryAddress(object),
    EmailAddresses: addressesOf(object),
    RecipientType: kind === "GroupMailbox" ? "MailUniversalDistributionGroup" : "UserMailbox",
    RecipientTypeDetails: kind,
  };
}

/** Every protocol is on, as in a new mailbox. */
function toCasMailbox({ user }: Recipient): Record<string, unknown> {
  const protocols = ["ActiveSync", "OWA", "Pop", "Imap", "MAPI", "Ews"];
  return {
    Identity: identityOf(user),
    Name: identityOf(user),
    Guid: user.id,
    ExternalDirectoryObjectId: user.id,
    DisplayName: text(user, "displayName"),
    PrimarySmtpAddress: primaryAddress(user),
    ...Object.fromEntries(protocols.map((name) => [`${name}Enabled`, true])),
    SmtpClientAuthenticationDisabled: null,
  };
}

/** There is no mail. */
function toStatistics({ user, mailbox }: Recipient): Record<string, unknown> {
  return {
    Identity: mailbox.exchangeGuid,
    MailboxGuid: mailbox.exchangeGuid,
    DisplayName: text(user, "displayName"),
    ItemCount: 0,
    DeletedItemCount: 0,
    TotalItemSize: "0 B (0 bytes)",
    TotalDeletedItemSize: "0 B (0 bytes)",
    MailboxTypeDetail: mailbox.recipientTypeDetails,
    LastLogonTime: null,
  };
}

export const recipientCmdlets: readonly Cmdlet[] = [
  {
    name: "Get-Recipient",
    parameters: ["Identity", "ResultSize", "RecipientTypeDetails"],
    run: listRecipients,
  },
  {
    name: "Get-DistributionGroup",
    parameters: ["Identity", "ResultSize"],
    run: ({ parameters }) => {
      const identity = parameters.text("Identity");
      if (identity !== undefined) throw objectNotFound(identity);
      return [];
    },
  },
  {
    name: "Get-CASMailbox",
    parameters: ["Identity", "ResultSize", "RecipientTypeDetails"],
    run: (context) => limited(context, mailboxesAskedFor(context)).map(toCasMailbox),
  },
  {
    name: "Get-MailboxStatistics",
    parameters: ["Identity"],
    run: (context) => {
      context.parameters.requireText("Identity");
      return mailboxesAskedFor(context).map(toStatistics);
    },
  },
];
