/**
 * Who may open a mailbox, send as it, and send on its behalf. Rights of the mailbox itself (SELF) and inherited ones
 * are left alone, and are no drift.
 * Not verified: that Exchange names people by user principal name in both lists of rights, as users quote them.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission (cited, not read)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/add-recipientpermission (cited, not read)
 */
import { z } from "zod";
import { isRequestError } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address, day, keyedSetOf } from "../kit/zod-shapes.ts";
import { describeMailboxPermissions, describeUserMailboxPermissions } from "./describe-mailbox.ts";
import { awaitRecipients, EXCHANGE, listChange, recipientsNamed } from "./recipients.ts";

const right = z.strictObject({
  userPrincipalName: address.describe("Who has the right."),
  autoMapping: z
    .boolean()
    .optional()
    .describe("Whether Outlook shows the mailbox by itself; counts when the right is given."),
  reason: z.string().optional().describe("Why; no service knows."),
  until: day.optional().describe("Last day; an agreement, which no service knows."),
});

const rights = keyedSetOf(right, ({ userPrincipalName }) => userPrincipalName).optional();

const inputs = z.strictObject({
  mailboxId: z.string().min(1).describe("Object id of the mailbox's account."),
  mailbox: address.describe("Primary address."),
  displayName: z.string().optional().describe("What people call the mailbox."),
  fullAccess: rights.describe("Who may open it."),
  sendAs: rights.describe("Whose mail looks as if it came from the mailbox."),
  sendOnBehalf: rights.describe("Whose mail says that they sent it for the mailbox."),
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;
type Right = z.output<typeof right>;

const RIGHTS = ["fullAccess", "sendAs", "sendOnBehalf"] as const;
type Kind = (typeof RIGHTS)[number];

const SELF = /^NT AUTHORITY\\/i;
const ANNOTATED = ["autoMapping", "reason", "until"] as const;

interface Access {
  readonly User: string;
  readonly AccessRights: readonly string[];
  readonly IsInherited: boolean;
  readonly Deny: boolean;
}

export interface SendAs {
  readonly Trustee: string;
  readonly AccessRights: readonly string[];
  readonly IsInherited: boolean;
}

/** What Exchange lists of a mailbox about who may use it. */
export interface MailboxOfRights {
  readonly PrimarySmtpAddress: string;
  readonly DisplayName: string;
  readonly GrantSendOnBehalfTo: readonly string[];
}
export const RIGHTS_SELECT = ["PrimarySmtpAddress", "DisplayName", "GrantSendOnBehalfTo"] as const;

interface Reading {
  /** Object id of the mailbox's account. */
  readonly mailboxId: string;
  readonly justCreated?: boolean;
  /** Where they were read already. */
  readonly sendAs?: readonly SendAs[] | undefined;
}

async function observe(
  context: ResourceContext,
  mailboxId: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<(Observed<Inputs, z.output<typeof outputs>> & { inputs: Inputs }) | undefined> {
  const mailbox = await context.service.exchange.tryGet<MailboxOfRights>(
    "Get-Mailbox",
    { Identity: mailboxId },
    { select: [...RIGHTS_SELECT], ...options },
  );
  if (mailbox === undefined) return undefined;
  return {
    id: mailboxId,
    inputs: {
      mailboxId,
      mailbox: mailbox.PrimarySmtpAddress.toLowerCase(),
      displayName: mailbox.DisplayName,
      ...(await readRights(context, mailbox, { mailboxId, ...options })),
    },
    outputs: {},
  };
}

/** Who may use a mailbox that was found. */
export async function readRights(
  context: ResourceContext,
  mailbox: MailboxOfRights,
  { mailboxId, sendAs: known, ...options }: Reading,
): Promise<Record<Kind, Right[]>> {
  const { exchange } = context.service;
  const identity = { Identity: mailboxId };
  const [access, sendAs, behalf] = await Promise.all([
    exchange.invoke<Access>("Get-MailboxPermission", identity, options),
    known ??
      exchange
        .invoke<SendAs>("Get-RecipientPermission", identity, options)
        .then(({ value }) => value),
    recipientsNamed(context, mailbox.GrantSendOnBehalfTo),
  ]);
  const named = (names: readonly string[]): Right[] =>
    names
      .filter((name) => !SELF.test(name))
      .map((name) => ({ userPrincipalName: name.toLowerCase() }))
      .sort((one, other) => (one.userPrincipalName < other.userPrincipalName ? -1 : 1));
  const full = access.value.filter(
    ({ AccessRights, IsInherited, Deny }) =>
      AccessRights.includes("FullAccess") && !IsInherited && !Deny,
  );
  return {
    fullAccess: named(full.map(({ User }) => User)),
    sendAs: named(sendAs.filter((one) => !one.IsInherited).map(({ Trustee }) => Trustee)),
    sendOnBehalf: named(behalf.map(({ name }) => name)),
  };
}

/**
 * Who may send as each of these mailboxes, by object id, in one list instead of a request each; a mailbox of which the list
 * says nothing for certain is not in it. Not verified: that `Identity` is there what it is of the mailbox.
 * @see https://learn.microsoft.com/powershell/module/exchange/get-recipientpermission (`Identity` is optional; checked 2026-11-28)
 */
export async function sendAsOfAll(
  { service }: ResourceContext,
  mailboxes: readonly { readonly Identity: string; readonly ExternalDirectoryObjectId: string }[],
): Promise<ReadonlyMap<string, readonly SendAs[]>> {
  const { value } = await service.exchange.invoke<SendAs & { readonly Identity: string }>(
    "Get-RecipientPermission",
    { ResultSize: "Unlimited" },
  );
  // Everybody may send as themselves, so each mailbox has a row.
  const rows = Map.groupBy(value, ({ Identity }) => Identity.toLowerCase());
  const sameName = Map.groupBy(mailboxes, ({ Identity }) => Identity.toLowerCase());
  return new Map(
    mailboxes.flatMap(({ Identity, ExternalDirectoryObjectId: id }) => {
      const found = rows.get(Identity.toLowerCase());
      const isOne = sameName.get(Identity.toLowerCase())?.length === 1;
      return found === undefined || !isOne ? [] : [[id, found] as const];
    }),
  );
}

export const mailboxPermissions = defineResource({
  token: "m365:exchange:MailboxPermissions",
  summary: "Who may open a mailbox, send as it and send on its behalf.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/add-recipientpermission",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["mailboxId"],
  replaceOn: ["mailboxId"],
  listId: ({ mailboxId }) => mailboxId,
  annotations: [
    ...["mailbox", "displayName"],
    ...RIGHTS.flatMap((kind) => ANNOTATED.map((key) => `${kind}[*].${key}`)),
  ],
  elementKeys: {
    fullAccess: ["userPrincipalName"],
    sendAs: ["userPrincipalName"],
    sendOnBehalf: ["userPrincipalName"],
  },

  uniqueKey: ({ mailbox }) => mailbox?.toLowerCase(),

  read: (context, { id }) => observe(context, id),

  async reconcile(context, { wanted, observed }) {
    const { mailboxId, mailbox, displayName: name = mailbox } = wanted;
    if (observed === undefined) await awaitRecipients(context, [{ id: mailboxId, name }]);
    const now = await observe(context, mailboxId, { justCreated: observed === undefined });
    if (now === undefined) {
      throw new RefusedError({
        code: "unknown-mailbox",
        message: `Exchange has no mailbox ${mailbox}`,
        hint: "Plan again; if somebody deleted the mailbox, plan with a refresh.",
      });
    }
    context.created(mailboxId);
    for (const kind of RIGHTS) {
      const list = wanted[kind];
      if (list === undefined) continue;
      const present = now.inputs[kind] ?? [];
      // What was there before anybody managed it was not approved to go.
      const gone = observed === undefined ? [] : without(present, list);
      await write(context, { mailboxId, kind, gone, come: without(list, present) });
    }
    return { id: mailboxId, outputs: {} };
  },

  async remove(context, { id, previous }) {
    const now = await observe(context, id);
    if (now === undefined) return;
    for (const kind of RIGHTS) {
      const present = now.inputs[kind] ?? [];
      const gone = (previous[kind] ?? []).filter((one) => without([one], present).length === 0);
      await write(context, { mailboxId: id, kind, gone, come: [] });
    }
  },

  describe: describeMailboxPermissions,
});

/** The same of somebody's own mailbox: the tenant file has it with the person, and so has the page. */
export const userMailboxPermissions: typeof mailboxPermissions = {
  ...mailboxPermissions,
  token: "m365:exchange:UserMailboxPermissions",
  summary: "Who else may open a person's mailbox, send as the person and send on their behalf.",
  describe: describeUserMailboxPermissions,
};

const without = (all: readonly Right[], others: readonly Right[]): Right[] => {
  const names = new Set(others.map(({ userPrincipalName }) => userPrincipalName));
  return all.filter(({ userPrincipalName }) => !names.has(userPrincipalName));
};

interface Change {
  readonly mailboxId: string;
  readonly kind: Kind;
  readonly gone: readonly Right[];
  readonly come: readonly Right[];
}

/** Twice is once: Exchange only warns of a right that is there already, or not there any more. */
async function write(context: ResourceContext, change: Change): Promise<void> {
  const { mailboxId, kind, gone, come } = change;
  const { exchange } = context.service;
  const base = { Identity: mailboxId, Confirm: false };
  if (kind === "sendOnBehalf") {
    if (gone.length + come.length === 0) return;
    const names = (all: readonly Right[]): string[] =>
      all.map(({ userPrincipalName }) => userPrincipalName);
    const value = listChange({ add: names(come), remove: names(gone) });
    await exchange.invoke(
      "Set-Mailbox",
      { Identity: mailboxId, GrantSendOnBehalfTo: value },
      { justCreated: true },
    );
    return;
  }
  const isFull = kind === "fullAccess";
  const noun = isFull ? "MailboxPermission" : "RecipientPermission";
  const of = ({ userPrincipalName }: Right) =>
    isFull
      ? { ...base, User: userPrincipalName, AccessRights: ["FullAccess"], InheritanceType: "All" }
      : { ...base, Trustee: userPrincipalName, AccessRights: ["SendAs"] };
  for (const one of gone) {
    try {
      await exchange.invoke(`Remove-${noun}`, of(one));
    } catch (error) {
      // The person is gone, and the right with them.
      if (!isRequestError(error, "not-found")) throw error;
    }
  }
  for (const one of come) {
    const mapping = isFull && one.autoMapping === false ? { AutoMapping: false } : {};
    await exchange.invoke(`Add-${noun}`, { ...of(one), ...mapping }, { justCreated: true });
  }
}
