/** What Exchange has of people, groups and shared mailboxes, for a take-over; only where the application may look. */
import type { ResourceContext } from "../kit/define.ts";
import { stillThere } from "../kit/refusal.ts";
import { isGranted } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { ofAllMailboxes } from "./all-mailboxes.ts";
import { calendarPermissions } from "./calendar-permissions.ts";
import { distributionGroup } from "./distribution-group.ts";
import { groupMail } from "./group-mail.ts";
import { aliasesIn } from "./mail-addresses.ts";
import { mailboxPermissions } from "./mailbox-permissions.ts";

export interface InventoriedMail {
  /** By object id; whoever is not in it has no mailbox. */
  readonly mailboxes: ReadonlyMap<string, InventoriedMailbox>;
  /** By object id; all groups with mail. */
  readonly groups: ReadonlyMap<string, InventoriedMailGroup>;
}

export interface InventoriedMailbox {
  /** Primary address, in lower case. */
  readonly address: string;
  readonly displayName: string;
  /** Other addresses, in whatever domain. */
  readonly aliases: readonly string[];
  /** Of shared mailboxes, those who may use it. */
  readonly rights?: Rights;
  /** Of shared mailboxes, who may see or edit the main calendar, by name; only where the application may look. */
  readonly calendar?: readonly { readonly userPrincipalName: string; readonly role: string }[];
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

interface Mailbox {
  readonly ExternalDirectoryObjectId: string;
  readonly PrimarySmtpAddress: string;
  readonly DisplayName: string;
  readonly EmailAddresses: readonly string[];
  readonly RecipientTypeDetails: string;
}

const SELECT: readonly (keyof Mailbox)[] = [
  "ExternalDirectoryObjectId",
  "PrimarySmtpAddress",
  "DisplayName",
  "EmailAddresses",
  "RecipientTypeDetails",
];
const RIGHTS = ["fullAccess", "sendAs", "sendOnBehalf"] as const;

/**
 * A few requests more for each shared mailbox and each group with mail.
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
      const [mailboxes, lists] = await Promise.all([
        Promise.all(all.map((mailbox) => readMailbox(context, mailbox))),
        Promise.all(groups.map((group) => readGroup(context, group))),
      ]);
      return { mailboxes: new Map(mailboxes), groups: new Map(lists) };
    },
  });

async function readMailbox(
  context: ResourceContext,
  found: Mailbox,
): Promise<readonly [string, InventoriedMailbox]> {
  const { ExternalDirectoryObjectId: id } = found;
  const mailbox = {
    address: found.PrimarySmtpAddress.toLowerCase(),
    displayName: found.DisplayName,
    aliases: aliasesIn(found.EmailAddresses),
  };
  if (found.RecipientTypeDetails !== "SharedMailbox") return [id, mailbox];
  const { inputs } = stillThere(
    await mailboxPermissions.read(context, { id, previous: undefined }),
    id,
  );
  const rights = Object.fromEntries(
    RIGHTS.map((kind) => [
      kind,
      (inputs[kind] ?? []).map(({ userPrincipalName }) => userPrincipalName),
    ]),
  ) as unknown as Rights;
  return [id, { ...mailbox, rights, ...(await calendarOf(context, id)) }];
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
