/** Reading recipients of every kind, and what a mailbox has beside its names. */
import { addressesOf } from "../entities/addresses.ts";
import type { GraphObject } from "../graph/object.ts";
import type { Cmdlet, CmdletRun } from "./cmdlet.ts";
import { identityOf, limited, mailboxesAskedFor } from "./mailboxes.ts";
import { mailboxes } from "./model.ts";
import {
  kindOfRecipient,
  mailGroupsNamed,
  primaryAddress,
  requireMailbox,
  requireRecipient,
  text,
  type Recipient,
} from "./recipients.ts";
import { sizeText } from "./sizes.ts";

function listRecipients(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const identity = parameters.text("Identity") ?? "";
  const kinds = parameters.texts("RecipientTypeDetails").map((kind) => kind.toLowerCase());
  const objects =
    identity === ""
      ? [
          ...mailboxesAskedFor(withoutKinds(context)).map(({ user }) => user),
          ...mailGroupsNamed(call, undefined),
        ]
      : [requireRecipient(call, identity)];
  const found = objects
    .map((object) => toRecipient(object, kindOfRecipient(call, object) ?? ""))
    .filter(
      ({ RecipientTypeDetails: kind }) => kinds.length === 0 || kinds.includes(kind.toLowerCase()),
    );
  return limited(context, found);
}

/** Kinds of recipients are more than those of mailboxes. */
function withoutKinds(context: CmdletRun): CmdletRun {
  return { ...context, parameters: context.parameters.without("RecipientTypeDetails") };
}

const TYPES: Readonly<Record<string, string>> = {
  GuestMailUser: "MailUser",
  GroupMailbox: "MailUniversalDistributionGroup",
  MailUniversalDistributionGroup: "MailUniversalDistributionGroup",
  MailUniversalSecurityGroup: "MailUniversalSecurityGroup",
};

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
    RecipientType: TYPES[kind] ?? "UserMailbox",
    RecipientTypeDetails: kind,
  };
}

/** Every protocol is on, as in a new mailbox. */
function toCasMailbox({ user, mailbox }: Recipient): Record<string, unknown> {
  const protocols = ["ActiveSync", "OWA", "Pop", "Imap", "MAPI", "Ews"];
  return {
    Identity: identityOf(user),
    Name: identityOf(user),
    Guid: user.id,
    ExternalDirectoryObjectId: user.id,
    DisplayName: text(user, "displayName"),
    PrimarySmtpAddress: primaryAddress(user),
    ...Object.fromEntries(protocols.map((name) => [`${name}Enabled`, true])),
    SmtpClientAuthenticationDisabled: mailbox.smtpClientAuthenticationDisabled,
  };
}

/** Null takes back what the mailbox says itself. */
function setCasMailbox({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const { mailbox } = requireMailbox(call, parameters.requireText("Identity"));
  const smtpClientAuthenticationDisabled = parameters.nullableFlag(
    "SmtpClientAuthenticationDisabled",
  );
  if (smtpClientAuthenticationDisabled === undefined) return [];
  call.store.replace(mailboxes, { ...mailbox, smtpClientAuthenticationDisabled });
  return [];
}

/** Sizes only: there is no mail. */
function toStatistics({ user, mailbox }: Recipient): Record<string, unknown> {
  return {
    Identity: mailbox.exchangeGuid,
    MailboxGuid: mailbox.exchangeGuid,
    DisplayName: text(user, "displayName"),
    ItemCount: 0,
    DeletedItemCount: 0,
    TotalItemSize: mailbox.itemBytes === 0 ? "0 B (0 bytes)" : sizeText(mailbox.itemBytes),
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
    name: "Get-CASMailbox",
    parameters: ["Identity", "ResultSize", "RecipientTypeDetails"],
    run: (context) => limited(context, mailboxesAskedFor(context)).map(toCasMailbox),
  },
  {
    name: "Set-CASMailbox",
    parameters: ["Identity", "SmtpClientAuthenticationDisabled"],
    run: setCasMailbox,
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
