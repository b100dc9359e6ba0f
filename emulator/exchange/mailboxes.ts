/** Get-Mailbox, New-Mailbox, Set-Mailbox, Enable-Mailbox and Remove-Mailbox. */
import { toTimestamp } from "../core/clock.ts";
import type { Call } from "../core/workload.ts";
import { addressesOf } from "../entities/addresses.ts";
import { users } from "../entities/collections.ts";
import { defaultDomain } from "../entities/rules.ts";
import { softDeleteObject } from "../graph/entity.ts";
import type { GraphObject } from "../graph/object.ts";
import { applyChange, type Cmdlet, type CmdletRun, type Parameters } from "./cmdlet.ts";
import {
  changedAddresses,
  checkAddress,
  checkAlias,
  requireAcceptedDomain,
} from "./email-addresses.ts";
import { refused } from "./errors.ts";
import {
  mailboxes,
  newMailbox,
  SIZE_LIMITS,
  type Mailbox,
  type RecipientTypeDetails,
  type SizeLimit,
} from "./model.ts";
import { bytesOf, sizeText } from "./sizes.ts";
import { CONVERT_JOB, hasExchangeLicense } from "./provisioning.ts";
import {
  primaryAddress,
  refuseAddressesInUse,
  requireMailbox,
  requireUser,
  saveUser,
  text,
  usersById,
  type Recipient,
} from "./recipients.ts";

/** New recipients are named after their object id, which is what other properties refer to. */
export function identityOf(user: GraphObject): string {
  return user.id;
}

function toMailbox(call: Call, { user, mailbox }: Recipient): Record<string, unknown> {
  const [forwarding] = usersById(call, [mailbox.forwardingRecipientId ?? ""]);
  return {
    Identity: identityOf(user),
    Id: identityOf(user),
    Name: identityOf(user),
    Guid: user.id,
    ExternalDirectoryObjectId: user.id,
    ExchangeGuid: mailbox.exchangeGuid,
    Alias: text(user, "mailNickname"),
    DisplayName: text(user, "displayName"),
    UserPrincipalName: text(user, "userPrincipalName"),
    PrimarySmtpAddress: primaryAddress(user),
    EmailAddresses: addressesOf(user),
    RecipientType: "UserMailbox",
    RecipientTypeDetails: mailbox.recipientTypeDetails,
    IsShared: mailbox.recipientTypeDetails === "SharedMailbox",
    ForwardingAddress: forwarding === undefined ? null : identityOf(forwarding),
    ForwardingSmtpAddress: mailbox.forwardingSmtpAddress,
    DeliverToMailboxAndForward: mailbox.deliverToMailboxAndForward,
    GrantSendOnBehalfTo: usersById(call, mailbox.sendOnBehalfIds).map(identityOf),
    HiddenFromAddressListsEnabled: mailbox.hiddenFromAddressLists,
    LitigationHoldEnabled: mailbox.litigationHold,
    ArchiveStatus: mailbox.hasArchive ? "Active" : "None",
    ...Object.fromEntries(
      Object.entries(mailbox.sizeLimits).map(([name, bytes]) => [name, sizeText(bytes)]),
    ),
    WhenCreatedUTC: toTimestamp(call.store.entry(mailboxes, mailbox.id)?.createdMs ?? call.nowMs),
  };
}

const DEFAULT_RESULT_SIZE = 1000;
/** @see https://learn.microsoft.com/powershell/module/exchange/get-mailbox (checked 2026-11) */
const MAILBOX_KINDS = [
  "DiscoveryMailbox",
  "EquipmentMailbox",
  "GroupMailbox",
  "LegacyMailbox",
  "LinkedMailbox",
  "LinkedRoomMailbox",
  "RoomMailbox",
  "SchedulingMailbox",
  "SharedMailbox",
  "TeamMailbox",
  "UserMailbox",
] as const;

function list(context: CmdletRun): Record<string, unknown>[] {
  return limited(context, mailboxesAskedFor(context)).map((recipient) =>
    toMailbox(context.call, recipient),
  );
}

/** The one mailbox of the identity, or those of the wanted kinds. */
export function mailboxesAskedFor({ call, parameters }: CmdletRun): Recipient[] {
  const identity = parameters.text("Identity") ?? "";
  if (identity !== "") return [requireMailbox(call, identity)];
  const kinds: readonly string[] = parameters.choices("RecipientTypeDetails", MAILBOX_KINDS);
  return call.store.list(mailboxes).flatMap(({ object: mailbox }) => {
    const isWanted = kinds.length === 0 || kinds.includes(mailbox.recipientTypeDetails);
    const user = call.store.get(users, mailbox.id);
    return isWanted && user !== undefined ? [{ user, mailbox }] : [];
  });
}

/** As many as the client asks for; by default 1,000 and a warning. */
export function limited<T>({ parameters, warn }: CmdletRun, found: readonly T[]): T[] {
  const size = parameters.size("ResultSize");
  const limit = size ?? DEFAULT_RESULT_SIZE;
  if (found.length > limit && size === undefined) {
    warn(
      'By default, only the first 1000 items are returned. Use the ResultSize parameter to specify the number of items returned. To return all items, specify "-ResultSize Unlimited". Be aware that, depending on the actual number of items, returning all items can take a long time and consume a large amount of memory.',
    );
  }
  return found.slice(0, limit);
}

/** @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-mailbox (switches, read 2026-11) */
const SWITCHES = [
  ["Shared", "SharedMailbox"],
  ["Room", "RoomMailbox"],
  ["Equipment", "EquipmentMailbox"],
] as const;

function create({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const [type, ...others] = SWITCHES.filter(([name]) => parameters.flag(name) === true);
  if (type === undefined || others.length > 0) {
    throw refused(
      "The emulator makes shared, room and equipment mailboxes, one at a time; people get theirs with a licence.",
    );
  }
  const name = parameters.requireText("Name");
  const plainName = name.normalize("NFKD").replaceAll(/[^A-Za-z0-9._-]/g, "");
  const alias = checkAlias(parameters.text("Alias") ?? plainName);
  const address = parameters.text("PrimarySmtpAddress") ?? `${alias}@${defaultDomain(call)}`;
  checkAddress(address);
  requireAcceptedDomain(call, address);
  const id = call.newId();
  refuseAddressesInUse(call, id, [`SMTP:${address}`]);
  if (call.store.find(users, "userPrincipalName", address).length > 0) {
    throw refused(`The user name '${address}' is already in use.`);
  }
  const now = toTimestamp(call.nowMs);
  const user: GraphObject = {
    id,
    userType: "Member",
    // Microsoft only advises to block a shared one's (learn, m365-lighthouse-block-signin-shared-mailboxes, checked
    // 2026-11-27). Not verified: that a room's account comes blocked, as older pages say.
    accountEnabled: true,
    displayName: parameters.text("DisplayName") ?? name,
    mailNickname: alias,
    userPrincipalName: address,
    mail: address,
    proxyAddresses: [`SMTP:${address}`],
    businessPhones: [],
    otherMails: [],
    licenseAssignmentStates: [],
    showInAddressList: null,
    createdDateTime: now,
    lastPasswordChangeDateTime: now,
    signInSessionsValidFromDateTime: now,
  };
  call.store.insert(users, user, call.nowMs);
  call.emit("user.created", { id });
  const mailbox = newMailbox(id, call.newId(), type[1]);
  call.store.insert(mailboxes, mailbox, call.nowMs);
  return [toMailbox(call, { user, mailbox })];
}

const TYPES: Readonly<Record<string, RecipientTypeDetails>> = {
  regular: "UserMailbox",
  shared: "SharedMailbox",
  room: "RoomMailbox",
  equipment: "EquipmentMailbox",
};

function update({ call, parameters, warn }: CmdletRun): Record<string, unknown>[] {
  const before = requireMailbox(call, parameters.requireText("Identity"));
  const mailbox = changedMailbox(call, before.mailbox, parameters);
  const user = changedUser(call, before.user, parameters);
  const isMailboxChanged = JSON.stringify(mailbox) !== JSON.stringify(before.mailbox);
  const isUserChanged = JSON.stringify(user) !== JSON.stringify(before.user);
  const type = wantedType(parameters);
  const isConverted = type !== undefined && type !== mailbox.recipientTypeDetails;
  if (!isMailboxChanged && !isUserChanged && !isConverted) {
    warn(
      `The command completed successfully but no settings of '${identityOf(user)}' have been modified.`,
    );
  }
  if (isMailboxChanged) call.store.replace(mailboxes, mailbox);
  if (isUserChanged) saveUser(call, user);
  if (isConverted) {
    const delayMs = call.behaviour.mailboxConversionDelayMs;
    call.schedule(CONVERT_JOB, { delayMs, payload: { id: mailbox.id, type } });
  }
  if ((type ?? mailbox.recipientTypeDetails) === "UserMailbox" && !hasExchangeLicense(user)) {
    warn("The mailbox needs a license; without one it will be removed after 30 days.");
  }
  return [];
}

function wantedType(parameters: Parameters): RecipientTypeDetails | undefined {
  const given = parameters.text("Type");
  if (given === undefined) return undefined;
  const type = TYPES[given.toLowerCase()];
  if (type === undefined) throw refused(`Cannot convert value "${given}" to a mailbox type.`);
  return type;
}

function changedMailbox(call: Call, before: Mailbox, parameters: Parameters): Mailbox {
  const behalf = parameters.listChange("GrantSendOnBehalfTo");
  const resolve = (names: readonly string[]): string[] =>
    names.map((name) => requireUser(call, name).id);
  const behalfIds =
    behalf === undefined
      ? before.sendOnBehalfIds
      : applyChange(
          before.sendOnBehalfIds,
          "replace" in behalf
            ? { replace: resolve(behalf.replace) }
            : { add: resolve(behalf.add), remove: resolve(behalf.remove) },
        );
  return {
    ...before,
    sendOnBehalfIds: behalfIds,
    ...forwarding(call, before, parameters),
    deliverToMailboxAndForward:
      parameters.flag("DeliverToMailboxAndForward") ?? before.deliverToMailboxAndForward,
    hiddenFromAddressLists:
      parameters.flag("HiddenFromAddressListsEnabled") ?? before.hiddenFromAddressLists,
    litigationHold: parameters.flag("LitigationHoldEnabled") ?? before.litigationHold,
    sizeLimits: changedLimits(before.sizeLimits, parameters),
  };
}

const SIZE_NAMES = Object.keys(SIZE_LIMITS) as SizeLimit[];

/** A warning comes before sending stops, and that before receiving does. Words not verified. */
function changedLimits(
  before: Mailbox["sizeLimits"],
  parameters: Parameters,
): Mailbox["sizeLimits"] {
  const given = SIZE_NAMES.flatMap((name) => {
    const size = parameters.text(name);
    return size === undefined ? [] : [[name, bytesOf(size)] as const];
  });
  const limits = { ...before, ...Object.fromEntries(given) };
  const { IssueWarningQuota, ProhibitSendQuota, ProhibitSendReceiveQuota } = limits;
  if (IssueWarningQuota > ProhibitSendQuota || ProhibitSendQuota > ProhibitSendReceiveQuota) {
    throw refused("The value of property ProhibitSendQuota isn't between the other two quotas.");
  }
  return limits;
}

/** Both kinds can be set; mail then goes to the recipient inside the organization only. */
function forwarding(
  call: Call,
  before: Mailbox,
  parameters: Parameters,
): Pick<Mailbox, "forwardingRecipientId" | "forwardingSmtpAddress"> {
  const recipient = parameters.text("ForwardingAddress");
  const address = parameters.text("ForwardingSmtpAddress")?.replace(/^smtp:/i, "");
  if (address !== undefined && address !== "") checkAddress(address);
  return {
    forwardingRecipientId:
      recipient === undefined
        ? before.forwardingRecipientId
        : recipient === ""
          ? null
          : requireMailbox(call, recipient).user.id,
    forwardingSmtpAddress:
      address === undefined
        ? before.forwardingSmtpAddress
        : address === ""
          ? null
          : `smtp:${address}`,
  };
}

function changedUser(call: Call, before: GraphObject, parameters: Parameters): GraphObject {
  const user: GraphObject = { ...before };
  const displayName = parameters.text("DisplayName");
  const alias = parameters.text("Alias");
  if (displayName === "") throw refused("The property DisplayName can't be empty.");
  if (displayName !== undefined) user.displayName = displayName;
  if (alias !== undefined) user.mailNickname = checkAlias(alias);
  const change = parameters.listChange("EmailAddresses");
  if (change === undefined) return user;
  const wanted = changedAddresses(call, before, change);
  user.proxyAddresses = wanted;
  user.mail = wanted.find((address) => address.startsWith("SMTP:"))?.slice("SMTP:".length) ?? null;
  return user;
}

/** An archive, for a mailbox that is there; words of the refusal not verified. */
function enable({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const { user, mailbox } = requireMailbox(call, parameters.requireText("Identity"));
  if (parameters.flag("Archive") !== true) {
    throw refused("The emulator enables archives only; people get a mailbox with their licence.");
  }
  if (mailbox.hasArchive) throw refused(`${text(user, "displayName")} already has an archive.`);
  const changed = { ...mailbox, hasArchive: true };
  call.store.replace(mailboxes, changed);
  return [toMailbox(call, { user, mailbox: changed })];
}

/** The user goes into the directory's bin, and the mailbox with it. */
function remove({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const { user } = requireMailbox(call, parameters.requireText("Identity"));
  softDeleteObject(call, users, user);
  call.emit("user.deleted", { id: user.id });
  return [];
}

export const mailboxCmdlets: readonly Cmdlet[] = [
  {
    name: "Get-Mailbox",
    parameters: ["Identity", "ResultSize", "RecipientTypeDetails"],
    run: list,
  },
  {
    name: "New-Mailbox",
    parameters: [
      ...SWITCHES.map(([name]) => name),
      ...["Name", "DisplayName", "Alias", "PrimarySmtpAddress"],
    ],
    run: create,
  },
  {
    name: "Set-Mailbox",
    parameters: [
      "Identity",
      "Type",
      "DisplayName",
      "Alias",
      "EmailAddresses",
      "ForwardingAddress",
      "ForwardingSmtpAddress",
      "DeliverToMailboxAndForward",
      "GrantSendOnBehalfTo",
      "HiddenFromAddressListsEnabled",
      "LitigationHoldEnabled",
      ...SIZE_NAMES,
    ],
    run: update,
  },
  { name: "Enable-Mailbox", parameters: ["Identity", "Archive"], run: enable },
  { name: "Remove-Mailbox", parameters: ["Identity", "Force"], run: remove },
];
