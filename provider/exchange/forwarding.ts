/**
 * To whom mailboxes send on all that comes in, by a setting of the mailbox. Rules of an inbox are Graph's
 * (`directory/inbox-rules.ts`).
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox: ForwardingAddress goes before
 * ForwardingSmtpAddress (cited, not read). Not verified: which address Exchange shows of a mail contact that is forwarded to.
 */
import { isRequestError } from "../../services/index.ts";
import type { InventoriedForward } from "../directory/inbox-rules.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { addressOf } from "./recipients.ts";

interface Mailbox {
  readonly ExternalDirectoryObjectId: string;
  readonly ForwardingAddress: string | null;
  readonly ForwardingSmtpAddress: string | null;
}

const SELECT = ["ExternalDirectoryObjectId", "ForwardingAddress", "ForwardingSmtpAddress"];

/** One request for each thousand mailboxes, and one for each recipient inside; or why nobody looked. */
export async function readForwarding(
  context: ResourceContext,
): Promise<Part<readonly InventoriedForward[]>> {
  const { service } = context;
  const { forwarding: needed } = permissionsOfTakeOver;
  if (!isGranted(needed, await service.grantedPermissions("exchange"))) {
    return notGranted(needed, "Office 365 Exchange Online");
  }
  try {
    const parameters = { ResultSize: "Unlimited" };
    const { value } = await service.exchange.invoke<Mailbox>("Get-Mailbox", parameters, {
      select: SELECT,
    });
    const forwards = await Promise.all(
      value.map(async (mailbox) => ({
        id: mailbox.ExternalDirectoryObjectId,
        to: await recipientOf(context, mailbox),
      })),
    );
    return {
      found: forwards.flatMap(({ id, to }) => (to === undefined ? [] : [{ id, to: [to] }])),
    };
  } catch (error) {
    // The permission does nothing without a role that may read recipients.
    if (!isRequestError(error, "forbidden")) throw error;
    return {
      reason: "the application has no role that may read mailboxes (Global Reader is enough)",
    };
  }
}

async function recipientOf(
  context: ResourceContext,
  { ForwardingAddress: recipient, ForwardingSmtpAddress: address }: Mailbox,
): Promise<string | undefined> {
  const isInside = recipient !== null && recipient !== "";
  const found = isInside ? await addressOf(context, recipient) : address?.replace(/^smtp:/i, "");
  return found === "" ? undefined : found?.toLowerCase();
}
