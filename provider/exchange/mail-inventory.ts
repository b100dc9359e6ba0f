/** What Exchange has of people, groups and shared mailboxes, for a take-over; only where the application may look. */
import type { ResourceContext } from "../kit/define.ts";
import { stillThere } from "../kit/refusal.ts";
import { isGranted } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { ofAllMailboxes } from "./all-mailboxes.ts";
import { calendarPermissions } from "./calendar-permissions.ts";
import { distributionGroup } from "./distribution-group.ts";
import { groupMail } from "./group-mail.ts";
import { typeIn } from "./conversion.ts";
import type { MailboxType } from "./conversion.ts";
import { aliasesIn } from "./mail-addresses.ts";
import { readRights, RIGHTS_SELECT, sendAsOfAll } from "./mailbox-permissions.ts";
import type { MailboxOfRights, SendAs } from "./mailbox-permissions.ts";
import { CONTACT_SELECT, contactIn } from "./mail-contact.ts";
import type { MailContact } from "./mail-contact.ts";
import { readSmtp } from "./mailbox-limits.ts";
import { mailboxSettings } from "./mailbox-settings.ts";
import type { Replies } from "./mailbox-settings.ts";
import { OWN_MAIL_SELECT, ownMailIn } from "./user-mail.ts";
import type { OwnMail } from "./user-mail.ts";

export interface InventoriedMail {
  /** By object id; whoever is not in it has no mailbox. */
  readonly mailboxes: ReadonlyMap<string, InventoriedMailbox>;
  /** By object id; all groups with mail. */
  readonly groups: ReadonlyMap<string, InventoriedMailGroup>;
  readonly contacts: readonly InventoriedContact[];
}

interface InventoriedContact {
  /** Object id. */
  readonly id: string;
  readonly inputs: ReturnType<typeof contactIn>;
}

export interface InventoriedMailbox {
  /** Primary address, in lower case. */
  readonly address: string;
  readonly displayName: string;
  /** Other addresses, in whatever domain. */
  readonly aliases: readonly string[];
  /** Undefined for kinds that nobody makes, such as one for discovery. */
  readonly type: MailboxType | undefined;
  /** Who may use it; of people and of shared mailboxes. */
  readonly rights?: Rights;
  /** Who may see or edit the main calendar, by name; only where the application may look. */
  readonly calendar?: readonly { readonly userPrincipalName: string; readonly role: string }[];
  /** Of people, what it is set to. */
  readonly own?: OwnSettings;
}

interface OwnSettings {
  /** "" for nowhere. */
  readonly forwardingSmtpAddress: string;
  readonly deliverToMailboxAndForward: boolean;
  readonly litigationHoldEnabled: boolean;
  readonly archiveEnabled: boolean;
  /** In megabytes. */
  readonly maxSendSize?: number | undefined;
  readonly maxReceiveSize?: number | undefined;
  /** Where the mailbox says it itself. */
  readonly smtpClientAuthenticationDisabled?: boolean | undefined;
  /** Only where the application may look. */
  readonly automaticReplies?: Replies | undefined;
  readonly language?: string | undefined;
}

type Rights = Readonly<Record<(typeof RIGHTS)[number], readonly string[]>>;

export interface InventoriedMailGroup {
  readonly aliases: readonly string[];
  readonly hideFromAddressLists: boolean;
  /** Whether only people of the tenant may send to it. */
  readonly requireSenderAuthentication: boolean;
  /** Of those who alone may send to it, the names that a tenant file has for them. */
  readonly senders: readonly string[];
  /** Of a group that only Exchange writes. */
  readonly list?: { readonly isSecurity: boolean; readonly owners: readonly string[] };
}

interface Mailbox extends OwnMail, MailboxOfRights {
  readonly Identity: string;
  readonly ExternalDirectoryObjectId: string;
  readonly EmailAddresses: readonly string[];
  readonly RecipientTypeDetails: string;
}

const SELECT: readonly (keyof Mailbox)[] = [
  ...(["Identity", "ExternalDirectoryObjectId", "EmailAddresses", "RecipientTypeDetails"] as const),
  ...RIGHTS_SELECT,
  ...OWN_MAIL_SELECT,
];
const RIGHTS = ["fullAccess", "sendAs", "sendOnBehalf"] as const;

/**
 * A few requests more for each mailbox and each group with mail.
 * @param groups with mail
 */
export const readMail = (
  context: ResourceContext,
  groups: readonly { readonly id: string; readonly isUnified: boolean }[],
): Promise<Part<InventoriedMail>> =>
  ofAllMailboxes(context, {
    part: "mail",
    select: SELECT,
    use: async (all: readonly Mailbox[]) => {
      const [sendAs, smtp] = await Promise.all([
        sendAsOfAll(context, all),
        readSmtp(context, { ResultSize: "Unlimited" }),
      ]);
      const [mailboxes, lists, contacts] = await Promise.all([
        Promise.all(
          all.map((mailbox) =>
            readMailbox(context, mailbox, {
              sendAs: sendAs.get(mailbox.ExternalDirectoryObjectId),
              smtp: smtp.get(mailbox.ExternalDirectoryObjectId),
            }),
          ),
        ),
        Promise.all(groups.map((group) => readGroup(context, group))),
        readContacts(context),
      ]);
      return { mailboxes: new Map(mailboxes), groups: new Map(lists), contacts };
    },
  });

async function readContacts({ service }: ResourceContext): Promise<InventoriedContact[]> {
  const all = { ResultSize: "Unlimited" };
  const options = { select: CONTACT_SELECT };
  const { value } = await service.exchange.invoke<MailContact>("Get-MailContact", all, options);
  return value.map((found) => ({
    id: found.ExternalDirectoryObjectId,
    inputs: contactIn(found),
  }));
}

async function readMailbox(
  context: ResourceContext,
  found: Mailbox,
  { sendAs, smtp }: { sendAs: readonly SendAs[] | undefined; smtp: boolean | undefined },
): Promise<readonly [string, InventoriedMailbox]> {
  const { ExternalDirectoryObjectId: id } = found;
  const mailbox = {
    address: found.PrimarySmtpAddress.toLowerCase(),
    displayName: found.DisplayName,
    aliases: aliasesIn(found.EmailAddresses),
    type: typeIn(found.RecipientTypeDetails),
  };
  if (mailbox.type === undefined) return [id, mailbox];
  const isOwn = mailbox.type === "regular";
  const [holders, calendar, own] = await Promise.all([
    readRights(context, found, { mailboxId: id, sendAs }),
    calendarOf(context, id),
    isOwn ? ownSettings(context, found) : undefined,
  ]);
  const rights = Object.fromEntries(
    RIGHTS.map((kind) => [kind, holders[kind].map(({ userPrincipalName }) => userPrincipalName)]),
  ) as unknown as Rights;
  const ofSmtp = smtp === undefined ? {} : { smtpClientAuthenticationDisabled: smtp };
  return [id, { ...mailbox, rights, ...calendar, ...(own && { own: { ...own, ...ofSmtp } }) }];
}

async function ownSettings(context: ResourceContext, found: Mailbox): Promise<OwnSettings> {
  const { ExternalDirectoryObjectId: id } = found;
  const [needed = ""] = mailboxSettings.permissions.read;
  const mayLook = isGranted(needed, await context.service.grantedPermissions("graph"));
  const [mail, settings] = await Promise.all([
    ownMailIn(context, found),
    mayLook ? mailboxSettings.read(context, { id, previous: undefined }) : undefined,
  ]);
  const { automaticReplies, language } = settings?.inputs ?? {};
  return { ...mail, automaticReplies, language };
}

async function calendarOf(
  context: ResourceContext,
  id: string,
): Promise<Pick<InventoriedMailbox, "calendar">> {
  const [needed = ""] = calendarPermissions.permissions.read;
  if (!isGranted(needed, await context.service.grantedPermissions("graph"))) return {};
  const found = await calendarPermissions.read(context, { id, previous: undefined });
  return found?.inputs.permissions === undefined ? {} : { calendar: found.inputs.permissions };
}

async function readGroup(
  context: ResourceContext,
  { id, isUnified }: { readonly id: string; readonly isUnified: boolean },
): Promise<readonly [string, InventoriedMailGroup]> {
  const [mail, list] = await Promise.all([
    groupMail.read(context, { id, previous: undefined }),
    isUnified
      ? undefined
      : distributionGroup.read(context, { id: `/groups/${id}`, previous: undefined }),
  ]);
  const { inputs } = stillThere(mail, id);
  return [
    id,
    {
      aliases: inputs.aliases ?? [],
      hideFromAddressLists: inputs.hideFromAddressLists === true,
      requireSenderAuthentication: inputs.requireSenderAuthentication !== false,
      senders: (inputs.acceptMessagesOnlyFrom ?? []).map(({ name }) => name),
      ...(list === undefined
        ? {}
        : {
            list: {
              isSecurity: list.inputs.type === "Security",
              owners: list.inputs.owners ?? [],
            },
          }),
    },
  ];
}
