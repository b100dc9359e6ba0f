/**
 * A mail contact: an address outside the tenant that its people find in the address book. It has no account.
 * Not verified: words of refusals, and that Exchange takes its object id as `Identity`, as it does of mailboxes.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-mailcontact (checked 2026-11-28)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailcontact (checked 2026-11-28)
 */
import { z } from "zod";
import { clauses, en, nl, text } from "../../core/i18n/phrases.ts";
import { isRequestError } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { DescribedChange, Description, Observed, ResourceContext } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { mayBeOurs } from "../kit/earlier-run.ts";
import { RefusedError } from "../kit/refusal.ts";
import { address } from "../kit/zod-shapes.ts";
import { textOf } from "./describe-mail.ts";
import { EXCHANGE, says, toInstant } from "./recipients.ts";

const inputs = z.strictObject({
  email: address.describe("Where mail to the contact goes."),
  displayName: z.string().min(1).max(256).describe("What people call the contact."),
  hideFromAddressLists: z
    .boolean()
    .optional()
    .describe("Whether Outlook does not show the contact."),
});

const outputs = z.object({ objectId: z.string().describe("Object id of the contact.") });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

export interface MailContact {
  readonly ExternalDirectoryObjectId: string;
  readonly DisplayName: string;
  /** `SMTP:chris@tailspintoys.com` */
  readonly ExternalEmailAddress: string;
  readonly HiddenFromAddressListsEnabled: boolean;
  readonly WhenCreatedUTC: string;
}

export const CONTACT_SELECT: readonly (keyof MailContact)[] = [
  ...(["ExternalDirectoryObjectId", "DisplayName", "ExternalEmailAddress"] as const),
  ...(["HiddenFromAddressListsEnabled", "WhenCreatedUTC"] as const),
];

export const contactIn = (found: MailContact) => ({
  email: found.ExternalEmailAddress.replace(/^smtp:/i, "").toLowerCase(),
  displayName: found.DisplayName,
  hideFromAddressLists: found.HiddenFromAddressListsEnabled,
});

const get = (
  { service }: ResourceContext,
  identity: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<MailContact | undefined> =>
  service.exchange.tryGet<MailContact>(
    "Get-MailContact",
    { Identity: identity },
    { select: CONTACT_SELECT, ...options },
  );

async function observe(
  context: ResourceContext,
  id: string,
  options: { readonly justCreated?: boolean } = {},
): Promise<Observed<Inputs, Outputs> | undefined> {
  const found = await get(context, id, options);
  return found && { id, inputs: contactIn(found), outputs: { objectId: id } };
}

export const mailContact = defineResource({
  token: "m365:exchange:MailContact",
  summary: "Somebody outside the tenant in its address book, without an account.",
  inputs,
  outputs,
  permissions: { read: [EXCHANGE], write: [EXCHANGE] },
  sources: ["new-mailcontact", "set-mailcontact"].map((page) => ({
    url: `https://learn.microsoft.com/powershell/module/exchangepowershell/${page}`,
    checked: "2026-11-28",
  })),
  replaceOn: ["email"],
  // Nobody else can have the address before.
  deleteBeforeReplace: true,

  uniqueKey: ({ email }) => email?.toLowerCase(),

  addresses: ({ email }) => (email === undefined ? [] : [email]),

  read: (context, { id }) => observe(context, id),

  async reconcile(context, { wanted, observed }) {
    const id = observed?.id ?? (await create(context, wanted));
    const outputs = { objectId: id };
    context.created(id, outputs);
    const now = observed ?? (await observe(context, id, { justCreated: true }));
    const { displayName, hideFromAddressLists: hidden } = wanted;
    const parameters = {
      ...(displayName === now?.inputs.displayName ? {} : { DisplayName: displayName }),
      ...(hidden === undefined || hidden === now?.inputs.hideFromAddressLists
        ? {}
        : { HiddenFromAddressListsEnabled: hidden }),
    };
    if (Object.keys(parameters).length > 0) {
      const target = { Identity: id, ...parameters };
      await context.service.exchange.invoke("Set-MailContact", target, { justCreated: true });
    }
    return { id, outputs };
  },

  async remove({ service }, { id }) {
    try {
      await service.exchange.invoke("Remove-MailContact", { Identity: id, Confirm: false });
    } catch (error) {
      if (!isRequestError(error, "not-found")) throw error;
    }
  },

  describe: describeMailContact,
});

/** @throws RefusedError `address-taken` where somebody or something has the address already */
async function create(context: ResourceContext, wanted: Inputs): Promise<string> {
  const { email, displayName } = wanted;
  const find = async (): Promise<{ value: MailContact[]; warnings: string[] } | undefined> => {
    const found = await get(context, email);
    if (found === undefined) return undefined;
    const isOurs =
      found.DisplayName === displayName && mayBeOurs(context, toInstant(found.WhenCreatedUTC));
    if (!isOurs) throw taken(wanted);
    return { value: [found], warnings: [] };
  };
  const { exchange } = context.service;
  // Names are unique, addresses too.
  const parameters = { Name: email, DisplayName: displayName, ExternalEmailAddress: email };
  const mayBeDone = context.begunAt !== undefined;
  try {
    const options = { find, mayBeDone };
    const made = await exchange.invoke<MailContact>("New-MailContact", parameters, options);
    const id = made.value[0]?.ExternalDirectoryObjectId;
    if (id !== undefined && id !== "") return id;
  } catch (error) {
    const isTaken = says(error, /ProxyAddressExists|ADObjectAlreadyExists|already in use/);
    throw isTaken ? taken(wanted, error) : error;
  }
  // The directory's id of the contact follows its creation.
  return await context.service.waitUntil(
    async () => {
      const id = (await get(context, email))?.ExternalDirectoryObjectId;
      return id === "" ? undefined : id;
    },
    { what: `the id of the contact ${email}`, signal: context.signal },
  );
}

const taken = ({ email }: Inputs, cause?: unknown): RefusedError =>
  new RefusedError({
    code: "address-taken",
    message: `Somebody or something in the tenant has the address ${email} already, such as a guest or another contact`,
    hint: "Find out who has it in the Exchange admin center; take it away there, or take the contact out of the file.",
    cause,
  });

function describeMailContact(change: DescribedChange): Description {
  const { operation, before, after, changedPaths } = change;
  const name = textOf(change, "displayName");
  const both = `${name} (${textOf(change, "email")})`;
  const base = { section: "contacts" as const, affected: [name], severity: "routine" as const };
  switch (operation) {
    case "create":
      return {
        ...base,
        nl: `${both} komt als contact in het adresboek`,
        en: `${both} is added to the address book as a contact`,
      };
    case "adopt":
      return {
        ...base,
        nl: `${both} staat al als contact in het adresboek en wordt voortaan hier beheerd`,
        en: `${both} is a contact in the address book already and is managed here from now on`,
      };
    case "delete":
      return {
        ...base,
        severity: "sensitive",
        nl: `${both} verdwijnt als contact uit het adresboek, en uit lijsten met dit contact`,
        en: `${both} is removed as a contact from the address book, and from lists that have it`,
      };
    case "replace":
      return {
        ...base,
        severity: "sensitive",
        nl: `Het contact ${name} wordt opnieuw gemaakt als ${textOf(change, "email")} en verdwijnt uit lijsten`,
        en: `The contact ${name} is made anew as ${textOf(change, "email")} and drops out of lists`,
      };
    case "update": {
      const keys = new Set(changedPaths.map(topLevelKey));
      const was = text(before, "displayName");
      const isHidden = after?.hideFromAddressLists === true;
      const dutch = clauses([
        keys.has("displayName") && `heet voortaan zo (was ${nl.value(was)})`,
        keys.has("hideFromAddressLists") &&
          (isHidden ? "staat niet meer in het adresboek" : "staat in het adresboek"),
      ]);
      const english = clauses([
        keys.has("displayName") && `is called so from now on (was ${en.value(was)})`,
        keys.has("hideFromAddressLists") &&
          (isHidden ? "is no longer in the address book" : "is in the address book"),
      ]);
      return {
        ...base,
        nl: `${name}: ${dutch ?? "andere gegevens veranderen"}`,
        en: `${name}: ${english ?? "other details change"}`,
      };
    }
  }
}
