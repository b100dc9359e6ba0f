/** Full access to a mailbox, and sending as it. */
import type { GraphObject } from "../graph/object.ts";
import type { Cmdlet, CmdletRun } from "./cmdlet.ts";
import { refused } from "./errors.ts";
import { users } from "../entities/collections.ts";
import { identityOf, limited } from "./mailboxes.ts";
import { mailboxes, type MailboxAccess } from "./model.ts";
import { requireMailbox, requireUser, text, usersById, type Recipient } from "./recipients.ts";

const SELF = "NT AUTHORITY\\SELF";
const ACCESS_RIGHTS = [
  "ChangeOwner",
  "ChangePermission",
  "DeleteItem",
  "ExternalAccount",
  "FullAccess",
  "ReadPermission",
];
const INHERITANCE_TYPES = ["None", "All", "Descendents", "SelfAndChildren", "Children"] as const;
const MAX_ENTRIES = 500;

function toAccess(
  { user }: Recipient,
  trustee: string,
  entry: MailboxAccess,
): Record<string, unknown> {
  return {
    Identity: identityOf(user),
    User: trustee,
    AccessRights: entry.accessRights,
    IsInherited: false,
    Deny: false,
    InheritanceType: entry.inheritanceType,
  };
}

function listAccess({ call, parameters }: CmdletRun): Record<string, unknown>[] {
  const recipient = requireMailbox(call, parameters.requireText("Identity"));
  const own: MailboxAccess = {
    userId: recipient.user.id,
    accessRights: ["FullAccess", "ReadPermission"],
    inheritanceType: "All",
    autoMapping: false,
  };
  const rows = recipient.mailbox.access.flatMap((entry) =>
    usersById(call, [entry.userId]).map((user) =>
      toAccess(recipient, text(user, "userPrincipalName"), entry),
    ),
  );
  const wanted = parameters.text("User");
  const all = [toAccess(recipient, SELF, own), ...rows];
  if (wanted === undefined) return all;
  const name = text(requireUser(call, wanted), "userPrincipalName");
  return all.filter((row) => row.User === name);
}

function accessRightsOf({ parameters }: CmdletRun): string[] {
  const rights = parameters.choices("AccessRights", ACCESS_RIGHTS);
  if (rights.length === 0) throw refused("AccessRights is required.");
  return rights;
}

/** An entry that is there already stays as it is: to change AutoMapping, remove it first. */
function addAccess(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters, warn } = context;
  const recipient = requireMailbox(call, parameters.requireText("Identity"));
  const user = requireUser(call, parameters.requireText("User"));
  const wanted = accessRightsOf(context);
  const [inheritanceType = "None"] = parameters.choices("InheritanceType", INHERITANCE_TYPES);
  const { mailbox } = recipient;
  const known = mailbox.access.find(({ userId }) => userId === user.id);
  if (known !== undefined && wanted.every((right) => known.accessRights.includes(right))) {
    warn(
      `The appropriate access control entry is already present on the object "${identityOf(recipient.user)}" for account "${text(user, "userPrincipalName")}".`,
    );
    return [toAccess(recipient, text(user, "userPrincipalName"), known)];
  }
  if (known === undefined && mailbox.access.length >= MAX_ENTRIES) {
    throw refused(`A mailbox can have at most ${MAX_ENTRIES} access control entries.`);
  }
  const entry: MailboxAccess = {
    userId: user.id,
    accessRights: [...new Set([...(known?.accessRights ?? []), ...wanted])],
    inheritanceType: known?.inheritanceType ?? inheritanceType,
    autoMapping: known?.autoMapping ?? parameters.flag("AutoMapping") ?? true,
  };
  const others = mailbox.access.filter((other) => other !== known);
  call.store.replace(mailboxes, { ...mailbox, access: [...others, entry] });
  return [toAccess(recipient, text(user, "userPrincipalName"), entry)];
}

function warnAbsent({ warn }: CmdletRun, recipient: Recipient, user: GraphObject): void {
  warn(
    `Can't remove the access control entry on the object "${identityOf(recipient.user)}" for account "${text(user, "userPrincipalName")}" because the ACE isn't present.`,
  );
}

function removeAccess(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const recipient = requireMailbox(call, parameters.requireText("Identity"));
  const user = requireUser(call, parameters.requireText("User"));
  const gone = accessRightsOf(context);
  const { mailbox } = recipient;
  const known = mailbox.access.find(({ userId }) => userId === user.id);
  if (known === undefined || !gone.some((right) => known.accessRights.includes(right))) {
    warnAbsent(context, recipient, user);
    return [];
  }
  const left = known.accessRights.filter((right) => !gone.includes(right));
  const others = mailbox.access.filter((other) => other !== known);
  const access = left.length === 0 ? others : [...others, { ...known, accessRights: left }];
  call.store.replace(mailboxes, { ...mailbox, access });
  return [];
}

function toSendAs({ user }: Recipient, trustee: string): Record<string, unknown> {
  return {
    Identity: identityOf(user),
    Trustee: trustee,
    AccessControlType: "Allow",
    AccessRights: ["SendAs"],
    IsInherited: false,
    InheritanceType: "None",
  };
}

/** Of all mailboxes where none is named. */
function listSendAs(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  const one = parameters.text("Identity");
  const recipients =
    one === undefined
      ? call.store.list(mailboxes).flatMap(({ object: mailbox }) => {
          const user = call.store.get(users, mailbox.id);
          return user === undefined ? [] : [{ user, mailbox }];
        })
      : [requireMailbox(call, one)];
  return limited(
    context,
    recipients.flatMap((recipient) => sendAsRows(context, recipient)),
  );
}

function sendAsRows(
  { call, parameters }: CmdletRun,
  recipient: Recipient,
): Record<string, unknown>[] {
  const trustees = usersById(call, recipient.mailbox.sendAsIds).map((user) =>
    text(user, "userPrincipalName"),
  );
  const wanted = parameters.text("Trustee");
  const name =
    wanted === undefined ? undefined : text(requireUser(call, wanted), "userPrincipalName");
  return [SELF, ...trustees]
    .filter((trustee) => name === undefined || trustee === name)
    .map((trustee) => toSendAs(recipient, trustee));
}

function requireSendAs({ parameters }: CmdletRun): void {
  const rights = parameters.texts("AccessRights");
  if (rights.length !== 1 || rights[0]?.toLowerCase() !== "sendas") {
    throw refused("AccessRights must be SendAs.");
  }
}

function addSendAs(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters, warn } = context;
  requireSendAs(context);
  const recipient = requireMailbox(call, parameters.requireText("Identity"));
  const trustee = requireUser(call, parameters.requireText("Trustee"));
  const { mailbox } = recipient;
  const name = text(trustee, "userPrincipalName");
  if (mailbox.sendAsIds.includes(trustee.id)) {
    warn(
      `The appropriate access control entry is already present on the object "${identityOf(recipient.user)}" for account "${name}".`,
    );
  } else {
    call.store.replace(mailboxes, { ...mailbox, sendAsIds: [...mailbox.sendAsIds, trustee.id] });
  }
  return [toSendAs(recipient, name)];
}

function removeSendAs(context: CmdletRun): Record<string, unknown>[] {
  const { call, parameters } = context;
  requireSendAs(context);
  const recipient = requireMailbox(call, parameters.requireText("Identity"));
  const trustee = requireUser(call, parameters.requireText("Trustee"));
  const { mailbox } = recipient;
  if (!mailbox.sendAsIds.includes(trustee.id)) {
    warnAbsent(context, recipient, trustee);
    return [];
  }
  const sendAsIds = mailbox.sendAsIds.filter((id) => id !== trustee.id);
  call.store.replace(mailboxes, { ...mailbox, sendAsIds });
  return [];
}

const ACCESS = ["Identity", "User", "AccessRights", "InheritanceType"];
const SEND_AS = ["Identity", "Trustee", "AccessRights"];

export const permissionCmdlets: readonly Cmdlet[] = [
  {
    name: "Get-MailboxPermission",
    parameters: ["Identity", "User", "ResultSize"],
    run: listAccess,
  },
  { name: "Add-MailboxPermission", parameters: [...ACCESS, "AutoMapping"], run: addAccess },
  { name: "Remove-MailboxPermission", parameters: ACCESS, run: removeAccess },
  {
    name: "Get-RecipientPermission",
    parameters: ["Identity", "Trustee", "ResultSize"],
    run: listSendAs,
  },
  { name: "Add-RecipientPermission", parameters: SEND_AS, run: addSendAs },
  { name: "Remove-RecipientPermission", parameters: SEND_AS, run: removeSendAs },
];
