/**
 * A distribution list, or a security group with mail: Graph reads both and can make, change and remove neither.
 * Not verified: how long after its creation Graph lists it; that Exchange takes a description when it makes one.
 * @see https://learn.microsoft.com/graph/api/resources/groups-overview (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-distributiongroup (checked 2026-11-27)
 */
import { z } from "zod";
import { isRequestError } from "../../services/index.ts";
import { describeGroupAs } from "../azuread/groups/describe-group.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { mayBeOurs } from "../kit/earlier-run.ts";
import { RefusedError } from "../kit/refusal.ts";
import { setOf } from "../kit/zod-shapes.ts";
import { awaitRecipients, EXCHANGE, objectIds, says, toInstant } from "./recipients.ts";
import { text } from "../../core/i18n/phrases.ts";

const inputs = z.strictObject({
  mailNickname: z.string().min(1).max(64).describe("Alias: the local part of its address."),
  displayName: z.string().min(1).max(256).describe("What people call the group."),
  type: z
    .enum(["Distribution", "Security"])
    .describe("Distribution: for mail only; Security: can be given access too."),
  description: z.string().optional(),
  owners: setOf(z.string().min(1))
    .optional()
    .describe("Object ids of those who manage the group; each needs a mailbox."),
});

const outputs = z.object({
  objectId: z.string().describe("Object id of the group."),
  mail: z.string().describe("Primary address."),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

interface ExchangeGroup {
  readonly ExternalDirectoryObjectId: string;
  readonly Alias: string;
  readonly DisplayName: string;
  readonly Description: readonly string[] | string | null;
  readonly ManagedBy: readonly string[];
  readonly PrimarySmtpAddress: string;
  readonly RecipientTypeDetails: string;
  readonly WhenCreatedUTC: string;
}

const SELECT = [
  ...["ExternalDirectoryObjectId", "Alias", "DisplayName", "Description", "ManagedBy"],
  ...["PrimarySmtpAddress", "RecipientTypeDetails", "WhenCreatedUTC"],
];

const AS_ADMINISTRATOR = { BypassSecurityGroupManagerCheck: true };

const objectIdOf = (id: string): string => id.replace("/groups/", "");

const get = (
  { service }: ResourceContext,
  identity: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<ExchangeGroup | undefined> =>
  service.exchange.tryGet<ExchangeGroup>(
    "Get-DistributionGroup",
    { Identity: identity },
    { select: SELECT, ...options },
  );

async function observe(
  context: ResourceContext,
  groupId: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<Observed<Inputs, Outputs> | undefined> {
  const found = await get(context, groupId, options);
  if (found === undefined) return undefined;
  return {
    id: `/groups/${groupId}`,
    inputs: {
      mailNickname: found.Alias,
      displayName: found.DisplayName,
      type:
        found.RecipientTypeDetails === "MailUniversalSecurityGroup" ? "Security" : "Distribution",
      description: [found.Description ?? []].flat().join("\n"),
      owners: await objectIds(context, found.ManagedBy),
    },
    outputs: { objectId: groupId, mail: found.PrimarySmtpAddress.toLowerCase() },
  };
}

export const distributionGroup = defineResource({
  token: "m365:exchange:DistributionGroup",
  summary: "A distribution list or a security group with mail, which only Exchange writes.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/new-distributiongroup",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-distributiongroup",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/graph/api/resources/groups-overview",
      checked: "2026-11-27",
    },
  ],
  assignedByService: ["owners[*]"],
  replaceOn: ["type"],
  deleteBeforeReplace: true,
  caseless: ["mailNickname"],

  uniqueKey: ({ mailNickname }) => mailNickname?.toLowerCase(),

  addresses: ({ mailNickname }) => (mailNickname === undefined ? [] : [`${mailNickname}@`]),

  read: (context, { id }) => observe(context, objectIdOf(id)),

  async reconcile(context, { wanted, observed }) {
    const owners = (wanted.owners ?? []).map((id) => ({ id, name: `owner ${id}` }));
    const known = new Set(observed?.inputs.owners);
    await awaitRecipients(
      context,
      owners.filter(({ id }) => !known.has(id)),
    );
    const isNew = observed === undefined;
    const groupId = isNew ? await create(context, wanted) : objectIdOf(observed.id);
    context.created(`/groups/${groupId}`, { objectId: groupId });
    if (!isNew) await update(context, { wanted, observed });
    const made = await observe(context, groupId, { justCreated: isNew });
    if (made === undefined) {
      throw new RefusedError({
        code: "group-gone",
        message: `Group ${wanted.displayName} disappeared while it was being changed`,
        hint: "Find out who removed the group, then plan again.",
      });
    }
    return made;
  },

  async remove({ service }, { id }) {
    const target = { Identity: objectIdOf(id), ...AS_ADMINISTRATOR, Confirm: false };
    try {
      await service.exchange.invoke("Remove-DistributionGroup", target);
    } catch (error) {
      if (!isRequestError(error, "not-found")) throw error;
    }
  },

  describe(change) {
    const isSecurity = text(change.after ?? change.before, "type") === "Security";
    return describeGroupAs(
      change,
      isSecurity
        ? {
            nl: "beveiligingsgroep met mail",
            en: "security group with mail",
            lost: {
              nl: "leden verliezen wat de groep hun geeft en haar adres ontvangt geen mail meer; niet terug te halen",
              en: "members lose what the group gives them and its address receives no more mail; it cannot be restored",
            },
          }
        : {
            nl: "distributielijst",
            en: "distribution list",
            lost: {
              nl: "haar adres ontvangt geen mail meer; niet terug te halen",
              en: "its address receives no more mail; it cannot be restored",
            },
          },
    );
  },
});

/** @throws RefusedError `group-exists` where something has its alias or address already */
async function create(context: ResourceContext, wanted: Inputs): Promise<string> {
  const { mailNickname, displayName, type, description = "", owners = [] } = wanted;
  const mayBeDone = context.begunAt !== undefined;
  const find = async (): Promise<{ value: ExchangeGroup[]; warnings: string[] } | undefined> => {
    const found = await get(context, mailNickname);
    if (found === undefined) return undefined;
    const isOurs =
      found.DisplayName === displayName && mayBeOurs(context, toInstant(found.WhenCreatedUTC));
    if (!isOurs) throw taken(wanted);
    return { value: [found], warnings: [] };
  };
  const parameters = {
    ...{ Name: mailNickname, Alias: mailNickname, DisplayName: displayName, Type: type },
    ...(description === "" ? {} : { Description: description }),
    ...(owners.length === 0 ? {} : { ManagedBy: owners }),
  };
  try {
    const { value } = await context.service.exchange.invoke<ExchangeGroup>(
      "New-DistributionGroup",
      parameters,
      { find, mayBeDone },
    );
    const id = value[0]?.ExternalDirectoryObjectId ?? "";
    return id === "" ? await idOnceKnown(context, wanted) : id;
  } catch (error) {
    throw says(error, IN_USE) ? taken(wanted, error) : error;
  }
}

/** The directory's id of a new group follows its creation. */
function idOnceKnown(context: ResourceContext, { mailNickname }: Inputs): Promise<string> {
  return context.service.waitUntil(
    async () => {
      const id = (await get(context, mailNickname))?.ExternalDirectoryObjectId;
      return id === "" ? undefined : id;
    },
    { what: `the id of the group ${mailNickname}`, signal: context.signal },
  );
}

const IN_USE = /ProxyAddressExists|ADObjectAlreadyExists/;

const taken = ({ displayName, mailNickname }: Inputs, cause?: unknown): RefusedError =>
  new RefusedError({
    code: "group-exists",
    message: `The alias ${mailNickname} of group ${displayName}, or its address, is already in use in the tenant`,
    hint: "Import the existing group, or choose another name.",
    cause,
  });

async function update(
  context: ResourceContext,
  { wanted, observed }: { readonly wanted: Inputs; readonly observed: Observed<Inputs, Outputs> },
): Promise<void> {
  const before = observed.inputs;
  const { mailNickname, displayName, description, owners } = wanted;
  const isRenamed = mailNickname.toLowerCase() !== before.mailNickname?.toLowerCase();
  const domain = observed.outputs.mail.slice(observed.outputs.mail.indexOf("@"));
  const parameters = {
    ...(isRenamed
      ? { Alias: mailNickname, PrimarySmtpAddress: `${mailNickname}${domain}`.toLowerCase() }
      : {}),
    ...(displayName === before.displayName ? {} : { DisplayName: displayName }),
    ...(description === undefined || description === before.description
      ? {}
      : { Description: description }),
    ...(owners === undefined || owners.join() === before.owners?.join()
      ? {}
      : { ManagedBy: owners }),
  };
  if (Object.keys(parameters).length === 0) return;
  const target = { Identity: objectIdOf(observed.id), ...AS_ADMINISTRATOR };
  try {
    await context.service.exchange.invoke("Set-DistributionGroup", { ...target, ...parameters });
  } catch (error) {
    throw says(error, IN_USE) ? taken(wanted, error) : error;
  }
}
