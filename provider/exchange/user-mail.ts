/**
 * What Exchange alone writes of somebody's mailbox: aliases, forwarding, hold and archive. The mailbox comes some time
 * after the licence. Not verified: which licences allow a hold and an archive, and what Exchange says where one does not.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (forwarding: checked 2026-11-27)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/enable-mailbox (archive: checked 2026-11-27)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address } from "../kit/zod-shapes.ts";
import { describeUserMail } from "./describe-mail.ts";
import {
  addressTaken,
  ALIAS_ANNOTATIONS,
  aliasesIn,
  aliasInputs,
  aliasParameters,
  managedAliases,
} from "./mail-addresses.ts";
import { forwardedTo, FORWARDING_SELECT, forwardingParameters } from "./mailbox-forwarding.ts";
import type { Forwarding } from "./mailbox-forwarding.ts";
import {
  limitInputs,
  limitParameters,
  LIMITS_SELECT,
  limitsIn,
  readSmtp,
} from "./mailbox-limits.ts";
import type { FoundLimits } from "./mailbox-limits.ts";
import { awaitRecipients, EXCHANGE } from "./recipients.ts";

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  ...aliasInputs,
  forwardingSmtpAddress: z
    .string()
    .toLowerCase()
    .regex(/^([^\s@]+@[^\s@]+)?$/, "must be an address, or empty")
    .optional()
    .describe("Where the mail is sent on to; empty for nowhere."),
  deliverToMailboxAndForward: z
    .boolean()
    .optional()
    .describe("Whether mail that is forwarded also stays in the mailbox."),
  litigationHoldEnabled: z
    .boolean()
    .optional()
    .describe("Whether everything is kept, also what the person deletes."),
  archiveEnabled: z
    .boolean()
    .optional()
    .describe("Whether there is an archive mailbox. None is ever taken away."),
  ...limitInputs,
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;

/** Columns of Get-Mailbox that a listing of all of them has too. */
export interface OwnMail extends Forwarding, FoundLimits {
  readonly DeliverToMailboxAndForward: boolean;
  readonly LitigationHoldEnabled: boolean;
  readonly ArchiveStatus: string;
}

interface Mailbox extends OwnMail {
  readonly UserPrincipalName: string;
  readonly DisplayName: string;
  readonly EmailAddresses: readonly string[];
}

export const OWN_MAIL_SELECT = [
  ...(["LitigationHoldEnabled", "ArchiveStatus", "DeliverToMailboxAndForward"] as const),
  ...[...FORWARDING_SELECT, ...LIMITS_SELECT],
] as const;

const SELECT = ["UserPrincipalName", "DisplayName", "EmailAddresses", ...OWN_MAIL_SELECT];

/** What the mailbox is set to, as it is declared. */
export const ownMailIn = async (context: ResourceContext, found: OwnMail) => ({
  forwardingSmtpAddress: await forwardedTo(context, found),
  deliverToMailboxAndForward: found.DeliverToMailboxAndForward,
  litigationHoldEnabled: found.LitigationHoldEnabled,
  archiveEnabled: found.ArchiveStatus !== "None",
  ...limitsIn(found),
});

async function observe(
  context: ResourceContext,
  userId: string,
  declared: Partial<Inputs> | undefined,
): Promise<Observed<Inputs, z.output<typeof outputs>> | undefined> {
  const parameters = { Identity: userId };
  const found = await context.service.exchange.tryGet<Mailbox>("Get-Mailbox", parameters, {
    select: SELECT,
  });
  if (found === undefined) return undefined;
  const smtp =
    declared?.smtpClientAuthenticationDisabled === undefined
      ? undefined
      : (await readSmtp(context, parameters)).get(userId);
  return {
    id: userId,
    inputs: {
      userId,
      userPrincipalName: found.UserPrincipalName.toLowerCase(),
      displayName: found.DisplayName,
      aliases: aliasesIn(found.EmailAddresses),
      ...(await ownMailIn(context, found)),
      ...(smtp === undefined ? {} : { smtpClientAuthenticationDisabled: smtp }),
    },
    outputs: {},
  };
}

export const userMail = defineResource({
  token: "m365:exchange:UserMail",
  summary: "Aliases, forwarding, hold, archive and limits of a person's mailbox.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/enable-mailbox",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["userId"],
  replaceOn: ["userId"],
  listId: ({ userId }) => userId,
  annotations: ["userPrincipalName", "displayName", ...ALIAS_ANNOTATIONS],

  uniqueKey: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),

  read: (context, { id, previous }) => observe(context, id, previous),

  managed: managedAliases,

  async reconcile(context, { wanted, observed }) {
    const { userId, userPrincipalName, displayName: name = userPrincipalName } = wanted;
    if (observed === undefined) await awaitRecipients(context, [{ id: userId, name }]);
    const now = await observe(context, userId, wanted);
    if (now === undefined) {
      throw new RefusedError({
        code: "no-mailbox-yet",
        message: `${name} no longer has a mailbox`,
        hint: "Give a licence with Exchange, or take aliases and mailbox out of the tenant file.",
      });
    }
    context.created(userId);
    const hold = wanted.litigationHoldEnabled;
    const parameters = {
      ...aliasParameters(wanted.aliases, {
        present: now.inputs.aliases ?? [],
        isManaged: observed !== undefined,
      }),
      ...forwardingParameters(wanted, now.inputs),
      ...limitParameters(wanted, now.inputs),
      ...(hold === undefined || hold === now.inputs.litigationHoldEnabled
        ? {}
        : { LitigationHoldEnabled: hold }),
    };
    if (Object.keys(parameters).length > 0) {
      try {
        await context.service.exchange.invoke("Set-Mailbox", { Identity: userId, ...parameters });
      } catch (error) {
        throw addressTaken(error, name) ?? error;
      }
    }
    if (wanted.archiveEnabled === true && now.inputs.archiveEnabled !== true) {
      await context.service.exchange.invoke("Enable-Mailbox", { Identity: userId, Archive: true });
    }
    const { smtpClientAuthenticationDisabled: off } = wanted;
    if (off !== undefined && off !== now.inputs.smtpClientAuthenticationDisabled) {
      const target = { Identity: userId, SmtpClientAuthenticationDisabled: off };
      await context.service.exchange.invoke("Set-CASMailbox", target);
    }
    return { id: userId, outputs: {} };
  },

  /** Goes with its mailbox: an account that comes back from the recycle bin has its addresses. */
  remove: () => Promise.resolve(),

  describe: describeUserMail,
});
