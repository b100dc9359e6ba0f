/**
 * What Exchange alone writes of somebody's mailbox: aliases. The mailbox comes some time after the licence.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (cited, not read)
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
import { awaitRecipients, EXCHANGE } from "./recipients.ts";

const inputs = z.strictObject({
  userId: z.string().min(1).describe("Object id of the user."),
  userPrincipalName: address,
  displayName: z.string().optional().describe("What people call the user."),
  ...aliasInputs,
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;

interface Mailbox {
  readonly UserPrincipalName: string;
  readonly DisplayName: string;
  readonly EmailAddresses: readonly string[];
}

const SELECT = ["UserPrincipalName", "DisplayName", "EmailAddresses"];

async function observe(
  { service }: ResourceContext,
  userId: string,
): Promise<Observed<Inputs, z.output<typeof outputs>> | undefined> {
  const parameters = { Identity: userId };
  const found = await service.exchange.tryGet<Mailbox>("Get-Mailbox", parameters, {
    select: SELECT,
  });
  if (found === undefined) return undefined;
  return {
    id: userId,
    inputs: {
      userId,
      userPrincipalName: found.UserPrincipalName.toLowerCase(),
      displayName: found.DisplayName,
      aliases: aliasesIn(found.EmailAddresses),
    },
    outputs: {},
  };
}

export const userMail = defineResource({
  token: "m365:exchange:UserMail",
  summary: "Aliases of a person's mailbox.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["userId"],
  replaceOn: ["userId"],
  listId: ({ userId }) => userId,
  annotations: ["userPrincipalName", "displayName", ...ALIAS_ANNOTATIONS],

  uniqueKey: ({ userPrincipalName }) => userPrincipalName?.toLowerCase(),

  read: (context, { id }) => observe(context, id),

  managed: managedAliases,

  async reconcile(context, { wanted, observed }) {
    const { userId, userPrincipalName, displayName: name = userPrincipalName } = wanted;
    if (observed === undefined) await awaitRecipients(context, [{ id: userId, name }]);
    const now = await observe(context, userId);
    if (now === undefined) {
      throw new RefusedError({
        code: "no-mailbox-yet",
        message: `${name} no longer has a mailbox`,
        hint: "Give a licence with Exchange, or take the aliases out of the tenant file.",
      });
    }
    context.created(userId);
    const parameters = aliasParameters(wanted.aliases, {
      present: now.inputs.aliases ?? [],
      isManaged: observed !== undefined,
    });
    if (Object.keys(parameters).length > 0) {
      try {
        await context.service.exchange.invoke("Set-Mailbox", { Identity: userId, ...parameters });
      } catch (error) {
        throw addressTaken(error, name) ?? error;
      }
    }
    return { id: userId, outputs: {} };
  },

  /** Goes with its mailbox: an account that comes back from the recycle bin has its addresses. */
  remove: () => Promise.resolve(),

  describe: describeUserMail,
});
