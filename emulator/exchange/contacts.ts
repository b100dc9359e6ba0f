/**
 * Mail contacts: addresses outside, without an account. Not verified: words of refusals.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-mailcontact, set-mailcontact (checked 2026-11-28)
 */
import { toTimestamp } from "../core/clock.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Call, Scope } from "../core/workload.ts";
import type { Cmdlet, CmdletRun } from "./cmdlet.ts";
import { checkAddress } from "./email-addresses.ts";
import { addressInUse, objectNotFound, refused } from "./errors.ts";
import { limited } from "./mailboxes.ts";
import { refuseAddressesInUse } from "./recipients.ts";

interface Contact extends StoredObject {
  id: string;
  name: string;
  displayName: string;
  /** Without its kind. */
  externalAddress: string;
  hiddenFromAddressLists: boolean;
}

const contacts = defineCollection<Contact>("exchange.contact");

function toContact(call: Call, contact: Contact): Record<string, unknown> {
  const address = `SMTP:${contact.externalAddress}`;
  return {
    Identity: contact.name,
    Name: contact.name,
    Guid: contact.id,
    ExternalDirectoryObjectId: contact.id,
    DisplayName: contact.displayName,
    ExternalEmailAddress: address,
    PrimarySmtpAddress: contact.externalAddress,
    EmailAddresses: [address],
    HiddenFromAddressListsEnabled: contact.hiddenFromAddressLists,
    RecipientType: "MailContact",
    RecipientTypeDetails: "MailContact",
    WhenCreatedUTC: toTimestamp(call.store.entry(contacts, contact.id)?.createdMs ?? call.nowMs),
  };
}

/** By id, name, display name or address. */
function find(scope: Scope, identity: string): Contact | undefined {
  const wanted = identity.toLowerCase();
  return scope.store
    .list(contacts)
    .map(({ object }) => object)
    .find(({ id, name, displayName, externalAddress }) =>
      [id, name, displayName, externalAddress].some((one) => one.toLowerCase() === wanted),
    );
}

function requireContact({ call, parameters }: CmdletRun): Contact {
  const identity = parameters.requireText("Identity");
  const found = find(call, identity);
  if (found === undefined) throw objectNotFound(identity);
  return found;
}

function list(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const all = call.store.list(contacts).map(({ object }) => object);
  const found = (parameters.text("Identity") ?? "") === "" ? all : [requireContact(context)];
  return limited(context, found).map((contact) => toContact(call, contact));
}

function create({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const name = parameters.requireText("Name");
  const externalAddress = parameters.requireText("ExternalEmailAddress").replace(/^smtp:/i, "");
  checkAddress(externalAddress);
  const id = call.newId();
  refuseAddressesInUse(call, id, [`SMTP:${externalAddress}`]);
  const other = find(call, externalAddress) ?? find(call, name);
  if (other !== undefined) throw addressInUse(`SMTP:${externalAddress}`, other.displayName);
  const displayName = parameters.text("DisplayName") ?? name;
  const contact = { id, name, displayName, externalAddress, hiddenFromAddressLists: false };
  call.store.insert(contacts, contact, call.nowMs);
  return [toContact(call, contact)];
}

function update(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const before = requireContact(context);
  const displayName = parameters.text("DisplayName") ?? before.displayName;
  if (displayName === "") throw refused("The property DisplayName can't be empty.");
  const hidden = parameters.flag("HiddenFromAddressListsEnabled");
  const hiddenFromAddressLists = hidden ?? before.hiddenFromAddressLists;
  call.store.replace(contacts, { ...before, displayName, hiddenFromAddressLists });
  return [];
}

function remove(context: CmdletRun): Record<string, unknown>[] {
  context.call.store.remove(contacts, requireContact(context).id);
  return [];
}

export const contactCmdlets: readonly Cmdlet[] = [
  { name: "Get-MailContact", parameters: ["Identity", "ResultSize"], run: list },
  {
    name: "New-MailContact",
    parameters: ["Name", "DisplayName", "ExternalEmailAddress"],
    run: create,
  },
  {
    name: "Set-MailContact",
    parameters: ["Identity", "DisplayName", "HiddenFromAddressListsEnabled"],
    run: update,
  },
  { name: "Remove-MailContact", parameters: ["Identity"], run: remove },
];
