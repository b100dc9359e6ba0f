/**
 * A shared mailbox, or that of a room or of equipment, which people book. It has an account, which Microsoft advises to block: who opens the mailbox signs in as themselves.
 * Not verified: that the account's user principal name is the address that the mailbox was made with.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-mailbox (cited, not read)
 * @see https://learn.microsoft.com/microsoft-365/lighthouse/m365-lighthouse-block-signin-shared-mailboxes (checked 2026-11-27)
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import { directoryBin } from "../directory/recycle-bin.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { mayBeOurs } from "../kit/earlier-run.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address } from "../kit/zod-shapes.ts";
import { convert, typeIn } from "./conversion.ts";
import { describeSharedMailbox } from "./describe-mailbox.ts";
import {
  addressTaken,
  ALIAS_ANNOTATIONS,
  aliasesIn,
  aliasInputs,
  aliasParameters,
  managedAliases,
} from "./mail-addresses.ts";
import { EXCHANGE, says, toInstant } from "./recipients.ts";

const inputs = z.strictObject({
  address: address.describe("Primary address."),
  displayName: z.string().min(1).max(256).describe("What people call the mailbox."),
  type: z
    .enum(["shared", "room", "equipment"])
    .optional()
    .describe("Whose it is: of several people, of a room or of equipment. A new one is shared."),
  accountEnabled: z.boolean().describe("Whether somebody can sign in as the mailbox itself."),
  ...aliasInputs,
});

const outputs = z.object({ objectId: z.string().describe("Object id of the mailbox's account.") });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

interface Mailbox {
  readonly ExternalDirectoryObjectId: string;
  readonly DisplayName: string;
  readonly PrimarySmtpAddress: string;
  readonly EmailAddresses: readonly string[];
  readonly RecipientTypeDetails: string;
  readonly WhenCreatedUTC: string;
}

const SELECT = [
  ...["ExternalDirectoryObjectId", "DisplayName", "PrimarySmtpAddress", "EmailAddresses"],
  ...["RecipientTypeDetails", "WhenCreatedUTC"],
];

const objectIdOf = (id: string): string => id.replace("/users/", "");

const get = (
  { service }: ResourceContext,
  identity: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<Mailbox | undefined> =>
  service.exchange.tryGet<Mailbox>(
    "Get-Mailbox",
    { Identity: identity },
    { select: SELECT, ...options },
  );

async function observe(
  context: ResourceContext,
  id: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<Observed<Inputs, Outputs> | undefined> {
  const path = `${odata`/users/${id}`}?$select=accountEnabled`;
  const [mailbox, account] = await Promise.all([
    get(context, id, options),
    context.service.graph.tryGet<{ accountEnabled: boolean | null }>(path, options),
  ]);
  if (mailbox === undefined || account === undefined) return undefined;
  const type = typeIn(mailbox.RecipientTypeDetails);
  return {
    id: `/users/${id}`,
    inputs: {
      address: mailbox.PrimarySmtpAddress.toLowerCase(),
      displayName: mailbox.DisplayName,
      // A person's own is none of these: nothing here makes one.
      ...(type === undefined || type === "regular" ? {} : { type }),
      accountEnabled: account.accountEnabled === true,
      aliases: aliasesIn(mailbox.EmailAddresses),
    },
    outputs: { objectId: id },
  };
}

export const sharedMailbox = defineResource({
  token: "m365:exchange:SharedMailbox",
  summary:
    "A mailbox of several people, a room or equipment, with an account that nobody signs in with.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE, "User.Read.All"], write: ["User.ReadWrite.All"] },
  sources: [
    {
      url: "https://learn.microsoft.com/powershell/module/exchangepowershell/new-mailbox",
      checked: "2026-11-27",
    },
    {
      url: "https://learn.microsoft.com/microsoft-365/lighthouse/m365-lighthouse-block-signin-shared-mailboxes",
      checked: "2026-11-27",
    },
  ],
  replaceOn: ["address"],
  annotations: [...ALIAS_ANNOTATIONS],

  uniqueKey: (found) => found.address?.toLowerCase(),

  async findByKey(context, address) {
    const id = (await get(context, address))?.ExternalDirectoryObjectId ?? "";
    return id === "" ? undefined : `/users/${id}`;
  },

  // That a deleted account keeps its mail address is not verified. A person's mailbox comes back with the person.
  recycleBin: directoryBin<Inputs>("user", {
    keyOf: ({ address }) => address?.toLowerCase(),
    select: ["mail", "userType", "assignedLicenses"],
    keyOfDeleted: ({ mail, userType, assignedLicenses }) =>
      typeof mail === "string" && userType !== "Guest" && !isLicensed(assignedLicenses)
        ? mail.toLowerCase()
        : undefined,
  }),

  addresses: ({ address: primary, aliases = [] }) => [
    ...(primary === undefined ? [] : [primary]),
    ...aliases,
  ],

  read: (context, { id }) => observe(context, objectIdOf(id)),

  managed: managedAliases,

  async reconcile(context, { wanted, observed }) {
    const isNew = observed === undefined;
    const id = isNew ? await create(context, wanted) : objectIdOf(observed.id);
    context.created(`/users/${id}`, { objectId: id });
    const now = observed ?? (await observe(context, id, { justCreated: true }));
    if (now?.inputs.accountEnabled !== wanted.accountEnabled) {
      const body = { accountEnabled: wanted.accountEnabled };
      await context.service.graph.patch(odata`/users/${id}`, body, { justCreated: isNew });
    }
    const parameters = {
      ...aliasParameters(wanted.aliases, {
        present: now?.inputs.aliases ?? [],
        isManaged: !isNew,
      }),
      ...(now?.inputs.displayName === wanted.displayName
        ? {}
        : { DisplayName: wanted.displayName }),
    };
    if (Object.keys(parameters).length > 0) {
      try {
        const target = { Identity: id, ...parameters };
        await context.service.exchange.invoke("Set-Mailbox", target, { justCreated: isNew });
      } catch (error) {
        throw addressTaken(error, wanted.displayName) ?? error;
      }
    }
    const { type } = wanted;
    if (type !== undefined && type !== now?.inputs.type) {
      await convert(context, { id, name: wanted.displayName, type });
    }
    return { id: `/users/${id}`, outputs: { objectId: id } };
  },

  async remove({ service }, { id }) {
    try {
      await service.exchange.invoke("Remove-Mailbox", { Identity: objectIdOf(id), Confirm: false });
    } catch (error) {
      if (!isRequestError(error, "not-found")) throw error;
    }
  },

  describe: describeSharedMailbox,
});

const isLicensed = (licenses: unknown): boolean => Array.isArray(licenses) && licenses.length > 0;

/** What New-Mailbox is asked for. */
const SWITCH = { shared: "Shared", room: "Room", equipment: "Equipment" } as const;

/** @throws RefusedError `mailbox-exists` where somebody or something has the address already */
async function create(context: ResourceContext, wanted: Inputs): Promise<string> {
  const { address: primary, displayName } = wanted;
  const alias = primary.slice(0, primary.indexOf("@"));
  const find = async (): Promise<{ value: Mailbox[]; warnings: string[] } | undefined> => {
    const found = await get(context, primary);
    if (found === undefined) return undefined;
    const isOurs =
      found.DisplayName === displayName && mayBeOurs(context, toInstant(found.WhenCreatedUTC));
    if (!isOurs) throw taken(wanted);
    return { value: [found], warnings: [] };
  };
  const parameters = {
    ...{ [SWITCH[wanted.type ?? "shared"]]: true },
    ...{ Name: alias, Alias: alias, DisplayName: displayName },
    PrimarySmtpAddress: primary,
  };
  const mayBeDone = context.begunAt !== undefined;
  try {
    const { exchange } = context.service;
    const made = await exchange.invoke<Mailbox>("New-Mailbox", parameters, { find, mayBeDone });
    const id = made.value[0]?.ExternalDirectoryObjectId;
    if (id !== undefined && id !== "") return id;
  } catch (error) {
    throw says(error, /ProxyAddressExists|ADObjectAlreadyExists|already in use/)
      ? taken(wanted, error)
      : error;
  }
  // The directory's id of the account follows its creation.
  return await context.service.waitUntil(
    async () => {
      const id = (await get(context, primary))?.ExternalDirectoryObjectId;
      return id === "" ? undefined : id;
    },
    { what: `the account of ${primary}`, signal: context.signal },
  );
}

const taken = ({ address: primary }: Inputs, cause?: unknown): RefusedError =>
  new RefusedError({
    code: "mailbox-exists",
    message: `Somebody or something in the tenant has the address ${primary} already`,
    hint: "Find out who has it in the Exchange admin center; choose another address, or take it away there.",
    cause,
  });
