/**
 * Groups with mail: distribution groups and mail-enabled security groups, which only Exchange writes, and what Exchange
 * keeps of Microsoft 365 groups.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-distributiongroup, set-distributiongroup, set-unifiedgroup (checked 2026-11-27)
 */
import { toTimestamp } from "../core/clock.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call } from "../core/workload.ts";
import { addressesOf } from "../entities/addresses.ts";
import { groups } from "../entities/collections.ts";
import { isWrittenByExchange } from "../entities/group-links.ts";
import { defaultDomain } from "../entities/rules.ts";
import type { GraphObject } from "../graph/object.ts";
import { applyChange, type Cmdlet, type CmdletRun, type Parameters } from "./cmdlet.ts";
import {
  changedAddresses,
  checkAddress,
  checkAlias,
  requireAcceptedDomain,
} from "./email-addresses.ts";
import { refused } from "./errors.ts";
import { limited } from "./mailboxes.ts";
import {
  kindOfRecipient,
  mailGroupsNamed,
  primaryAddress,
  refuseAddressesInUse,
  requireGroup,
  requireRecipient,
  text,
} from "./recipients.ts";

/** What Exchange keeps of a group beside its names and addresses, which are the directory's. */
interface GroupMail extends StoredObject {
  /** Object id of the group. */
  id: string;
  /** Object ids. */
  managedByIds: string[];
  acceptFromIds: string[];
  requiresSenderAuthentication: boolean;
  hiddenFromAddressLists: boolean;
}

const groupMails = defineCollection<GroupMail>("exchange.group");

const mailOf = (call: Call, id: string): GroupMail =>
  call.store.get(groupMails, id) ?? {
    id,
    managedByIds: [],
    acceptFromIds: [],
    // Groups take mail from people inside only until somebody says otherwise.
    requiresSenderAuthentication: true,
    hiddenFromAddressLists: false,
  };

function saveMail(call: Call, mail: GroupMail): void {
  if (call.store.get(groupMails, mail.id) === undefined)
    call.store.insert(groupMails, mail, call.nowMs);
  else call.store.replace(groupMails, mail);
}

function toGroup(call: Call, group: GraphObject): Record<string, unknown> {
  const mail = mailOf(call, group.id);
  const kind = kindOfRecipient(call, group);
  return {
    Identity: group.id,
    Name: group.id,
    Guid: group.id,
    ExternalDirectoryObjectId: group.id,
    Alias: text(group, "mailNickname"),
    DisplayName: text(group, "displayName"),
    Description: typeof group.description === "string" ? [group.description] : [],
    PrimarySmtpAddress: primaryAddress(group),
    EmailAddresses: addressesOf(group),
    ManagedBy: mail.managedByIds,
    AcceptMessagesOnlyFromSendersOrMembers: mail.acceptFromIds,
    RequireSenderAuthenticationEnabled: mail.requiresSenderAuthentication,
    HiddenFromAddressListsEnabled: mail.hiddenFromAddressLists,
    GroupType: group.securityEnabled === true ? "Universal, SecurityEnabled" : "Universal",
    RecipientType: kind === "GroupMailbox" ? "MailUniversalDistributionGroup" : kind,
    RecipientTypeDetails: kind,
    IsDirSynced: group.onPremisesSyncEnabled === true,
    WhenCreatedUTC: toTimestamp(call.store.entry(groups, group.id)?.createdMs ?? call.nowMs),
  };
}

/** The one of the identity, or all of the kind. */
function groupsAskedFor(
  { call, parameters }: CmdletRun,
  isWanted: (group: GraphObject) => boolean,
): GraphObject[] {
  const identity = parameters.text("Identity") ?? "";
  if (identity !== "") return [requireGroup(call, identity, isWanted)];
  return mailGroupsNamed(call, undefined).filter(isWanted);
}

const isUnified = (group: GraphObject): boolean => !isWrittenByExchange(group);

const TYPES: Readonly<Record<string, boolean>> = { distribution: false, security: true };

function create({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const name = parameters.requireText("Name");
  const alias = checkAlias(parameters.text("Alias") ?? name.replaceAll(" ", ""));
  const address = parameters.text("PrimarySmtpAddress") ?? `${alias}@${defaultDomain(call)}`;
  checkAddress(address);
  requireAcceptedDomain(call, address);
  const type = parameters.text("Type") ?? "Distribution";
  const securityEnabled = TYPES[type.toLowerCase()];
  if (securityEnabled === undefined) throw refused(`Cannot convert value "${type}" to GroupType.`);
  const id = call.newId();
  refuseAddressesInUse(call, id, [`SMTP:${address}`]);
  const now = toTimestamp(call.nowMs);
  const group: GraphObject = {
    id,
    displayName: parameters.text("DisplayName") ?? name,
    description: parameters.text("Description") ?? null,
    mailNickname: alias,
    mail: address,
    proxyAddresses: [`SMTP:${address}`],
    groupTypes: [],
    mailEnabled: true,
    securityEnabled,
    isAssignableToRole: null,
    visibility: null,
    createdDateTime: now,
    renewedDateTime: now,
  };
  const owners = parameters.texts("ManagedBy").map((owner) => requireRecipient(call, owner).id);
  call.store.insert(groups, group, call.nowMs);
  saveMail(call, { ...mailOf(call, id), managedByIds: owners });
  call.emit("group.created", { id });
  return [toGroup(call, group)];
}

function update(
  context: CmdletRun,
  isWanted: (group: GraphObject) => boolean,
): Record<string, unknown>[] {
  const { call, parameters, warn } = context;
  const before = requireGroup(call, parameters.requireText("Identity"), isWanted);
  refuseSynchronized(before);
  const mail = changedMail(call, mailOf(call, before.id), parameters);
  const group = changedGroup(call, before, parameters);
  const isMailChanged = JSON.stringify(mail) !== JSON.stringify(mailOf(call, before.id));
  const isGroupChanged = JSON.stringify(group) !== JSON.stringify(before);
  if (!isMailChanged && !isGroupChanged) {
    warn(
      `The command completed successfully but no settings of '${before.id}' have been modified.`,
    );
  }
  if (isMailChanged) saveMail(call, mail);
  if (isGroupChanged) {
    call.store.replace(groups, group);
    call.emit("group.updated", { id: group.id });
  }
  return [];
}

export function refuseSynchronized(group: GraphObject): void {
  if (group.onPremisesSyncEnabled !== true) return;
  throw refused(
    `The operation on object "${group.id}" failed because it's out of the current user's write scope. The action can't be performed on the object because the object is being synchronized from your on-premises organization.`,
  );
}

function changedMail(call: Call, before: GroupMail, parameters: Parameters): GroupMail {
  const ids = (name: string, present: readonly string[]): string[] => {
    const change = parameters.listChange(name);
    if (change === undefined) return [...present];
    const resolve = (names: readonly string[]): string[] =>
      names.map((one) => requireRecipient(call, one).id);
    return applyChange(
      present,
      "replace" in change
        ? { replace: resolve(change.replace) }
        : { add: resolve(change.add), remove: resolve(change.remove) },
    );
  };
  const managedByIds = ids("ManagedBy", before.managedByIds);
  if (managedByIds.length === 0 && parameters.has("ManagedBy"))
    throw refused("The group must have at least one owner.");
  return {
    ...before,
    managedByIds,
    acceptFromIds: ids("AcceptMessagesOnlyFromSendersOrMembers", before.acceptFromIds),
    requiresSenderAuthentication:
      parameters.flag("RequireSenderAuthenticationEnabled") ?? before.requiresSenderAuthentication,
    hiddenFromAddressLists:
      parameters.flag("HiddenFromAddressListsEnabled") ?? before.hiddenFromAddressLists,
  };
}

function changedGroup(call: Call, before: GraphObject, parameters: Parameters): GraphObject {
  const group: GraphObject = { ...before };
  const displayName = parameters.text("DisplayName");
  const description = parameters.text("Description");
  const alias = parameters.text("Alias");
  if (displayName === "") throw refused("The property DisplayName can't be empty.");
  if (displayName !== undefined) group.displayName = displayName;
  if (description !== undefined) group.description = description === "" ? null : description;
  if (alias !== undefined) group.mailNickname = checkAlias(alias);
  const primary = parameters.text("PrimarySmtpAddress");
  const change =
    primary === undefined
      ? parameters.listChange("EmailAddresses")
      : { add: [`SMTP:${primary}`], remove: [] };
  if (change === undefined) return group;
  const addresses = changedAddresses(call, before, change);
  group.proxyAddresses = addresses;
  group.mail = addresses.find((one) => one.startsWith("SMTP:"))?.slice("SMTP:".length) ?? null;
  return group;
}

/** Nothing keeps it: unlike a Microsoft 365 group it cannot be restored. */
function remove({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const group = requireGroup(call, parameters.requireText("Identity"), isWrittenByExchange);
  refuseSynchronized(group);
  call.store.remove(groups, group.id);
  if (call.store.get(groupMails, group.id) !== undefined) call.store.remove(groupMails, group.id);
  call.emit("group.deleted", { id: group.id });
  return [];
}

const LISTED = ["Identity", "ResultSize"];
/** Of both kinds. */
const SETTINGS = [
  ...["Identity", "DisplayName", "Alias", "EmailAddresses", "PrimarySmtpAddress"],
  ...["AcceptMessagesOnlyFromSendersOrMembers", "RequireSenderAuthenticationEnabled"],
  "HiddenFromAddressListsEnabled",
];

const listing = (isWanted: (group: GraphObject) => boolean) => (context: CmdletRun) =>
  limited(context, groupsAskedFor(context, isWanted)).map((group) => toGroup(context.call, group));

export const groupCmdlets: readonly Cmdlet[] = [
  { name: "Get-DistributionGroup", parameters: LISTED, run: listing(isWrittenByExchange) },
  { name: "Get-UnifiedGroup", parameters: LISTED, run: listing(isUnified) },
  {
    name: "New-DistributionGroup",
    parameters: [
      ...["Name", "Alias", "DisplayName", "Description", "Type", "ManagedBy"],
      "PrimarySmtpAddress",
    ],
    run: create,
  },
  {
    name: "Set-DistributionGroup",
    parameters: [...SETTINGS, "Description", "ManagedBy", "BypassSecurityGroupManagerCheck"],
    run: (context) => update(context, isWrittenByExchange),
  },
  { name: "Set-UnifiedGroup", parameters: SETTINGS, run: (context) => update(context, isUnified) },
  {
    name: "Remove-DistributionGroup",
    parameters: ["Identity", "BypassSecurityGroupManagerCheck"],
    run: remove,
  },
];
