/**
 * What Exchange alone writes of a group with mail, of whichever kind: aliases, who may send to it, whether it is hidden.
 * Graph has the last two for signed-in people only (learn group-update, checked 2026-11-27).
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-unifiedgroup (checked 2026-11-27)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-distributiongroup (checked 2026-11-27)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { keyedSetOf } from "../kit/zod-shapes.ts";
import { describeGroupMail } from "./describe-mail.ts";
import {
  addressTaken,
  ALIAS_ANNOTATIONS,
  aliasesIn,
  aliasInputs,
  aliasParameters,
  managedAliases,
} from "./mail-addresses.ts";
import { awaitRecipients, EXCHANGE, recipientsNamed } from "./recipients.ts";

const sender = z.strictObject({
  id: z.string().min(1).describe("Object id of the person or group."),
  name: z.string().describe("What the tenant file calls them; the id says who it is."),
});

const inputs = z.strictObject({
  groupId: z.string().min(1).describe("Object id of the group."),
  groupName: z.string().min(1).describe("Alias of the group."),
  groupDisplayName: z.string().optional().describe("What people call the group."),
  ...aliasInputs,
  hideFromAddressLists: z.boolean().optional().describe("Not shown in address lists."),
  requireSenderAuthentication: z
    .boolean()
    .optional()
    .describe("Only people who signed in to the tenant may send."),
  // In the order of their names: the ids of who is new are not known to the plan, and have to come in the same order later.
  acceptMessagesOnlyFrom: keyedSetOf(sender, ({ name }) => name)
    .optional()
    .describe("Only these may send; empty: no such limit."),
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;

interface ExchangeGroup {
  readonly Alias: string;
  readonly DisplayName: string;
  readonly EmailAddresses: readonly string[];
  readonly HiddenFromAddressListsEnabled: boolean;
  readonly RequireSenderAuthenticationEnabled: boolean;
  readonly AcceptMessagesOnlyFromSendersOrMembers: readonly string[];
}

const SELECT = [
  ...["Alias", "DisplayName", "EmailAddresses", "HiddenFromAddressListsEnabled"],
  ...["RequireSenderAuthenticationEnabled", "AcceptMessagesOnlyFromSendersOrMembers"],
];

const KINDS = ["DistributionGroup", "UnifiedGroup"] as const;

interface Found extends Observed<Inputs, z.output<typeof outputs>> {
  readonly kind: (typeof KINDS)[number];
}

async function observe(context: ResourceContext, groupId: string): Promise<Found | undefined> {
  const looks = await Promise.all(
    KINDS.map(async (kind) => {
      const parameters = { Identity: groupId };
      const options = { select: SELECT };
      const { exchange } = context.service;
      return {
        kind,
        group: await exchange.tryGet<ExchangeGroup>(`Get-${kind}`, parameters, options),
      };
    }),
  );
  for (const { kind, group } of looks) {
    if (group === undefined) continue;
    const senders = group.AcceptMessagesOnlyFromSendersOrMembers;
    return {
      id: groupId,
      kind,
      inputs: {
        groupId,
        groupName: group.Alias,
        groupDisplayName: group.DisplayName,
        aliases: aliasesIn(group.EmailAddresses),
        hideFromAddressLists: group.HiddenFromAddressListsEnabled,
        requireSenderAuthentication: group.RequireSenderAuthenticationEnabled,
        acceptMessagesOnlyFrom: await recipientsNamed(context, senders),
      },
      outputs: {},
    };
  }
  return undefined;
}

export const groupMail = defineResource({
  token: "m365:exchange:GroupMail",
  summary: "Aliases of a group with mail, who may send to it, and whether address lists show it.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-unifiedgroup",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-distributiongroup",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["groupId", "acceptMessagesOnlyFrom[*].id"],
  replaceOn: ["groupId"],
  listId: ({ groupId }) => groupId,
  annotations: [
    ...["groupName", "groupDisplayName", "acceptMessagesOnlyFrom[*].name"],
    ...ALIAS_ANNOTATIONS,
  ],
  elementKeys: { acceptMessagesOnlyFrom: ["id"] },

  uniqueKey: ({ groupName }) => groupName?.toLowerCase(),

  read: (context, { id }) => observe(context, id),

  managed: managedAliases,

  async reconcile(context, { wanted, observed }) {
    const { groupId, groupName, groupDisplayName: name = groupName } = wanted;
    if (observed === undefined) await awaitRecipients(context, [{ id: groupId, name }]);
    const now = await observe(context, groupId);
    if (now === undefined) {
      throw new RefusedError({
        code: "unknown-group",
        message: `Exchange has no group ${groupName} (${groupId})`,
        hint: "Plan again; if somebody deleted the group, plan with a refresh.",
      });
    }
    context.created(groupId);
    const senders = wanted.acceptMessagesOnlyFrom?.map(({ id }) => id).sort();
    if (senders !== undefined) await awaitRecipients(context, wanted.acceptMessagesOnlyFrom ?? []);
    const parameters = {
      ...aliasParameters(wanted.aliases, {
        present: now.inputs.aliases ?? [],
        isManaged: observed !== undefined,
      }),
      ...differing("HiddenFromAddressListsEnabled", [
        wanted.hideFromAddressLists,
        now.inputs.hideFromAddressLists,
      ]),
      ...differing("RequireSenderAuthenticationEnabled", [
        wanted.requireSenderAuthentication,
        now.inputs.requireSenderAuthentication,
      ]),
      ...(senders?.join() ===
      now.inputs.acceptMessagesOnlyFrom
        ?.map(({ id }) => id)
        .sort()
        .join()
        ? {}
        : { AcceptMessagesOnlyFromSendersOrMembers: senders }),
    };
    if (Object.keys(parameters).length > 0) {
      try {
        await context.service.exchange.invoke(`Set-${now.kind}`, {
          ...{ Identity: groupId, ...parameters },
          // The application is none of the group's owners.
          ...(now.kind === "DistributionGroup" ? { BypassSecurityGroupManagerCheck: true } : {}),
        });
      } catch (error) {
        throw addressTaken(error, name) ?? error;
      }
    }
    return { id: groupId, outputs: {} };
  },

  /** Goes with its group; a group that stays keeps its addresses. */
  remove: () => Promise.resolve(),

  describe: describeGroupMail,
});

const differing = (
  parameter: string,
  [wanted, found]: readonly [boolean | undefined, boolean | undefined],
): Readonly<Record<string, boolean>> =>
  wanted === undefined || wanted === found ? {} : { [parameter]: wanted };
