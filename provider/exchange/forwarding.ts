/** To whom mailboxes send on all that comes in. Rules of an inbox are Graph's (`directory/inbox-rules.ts`). */
import { isRequestError } from "../../services/index.ts";
import type { InventoriedForward } from "../directory/inbox-rules.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";
import { FORWARDING_SELECT, forwardedTo } from "./mailbox-forwarding.ts";
import type { Forwarding } from "./mailbox-forwarding.ts";

interface Mailbox extends Forwarding {
  readonly ExternalDirectoryObjectId: string;
}

const SELECT = ["ExternalDirectoryObjectId", ...FORWARDING_SELECT];

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
        to: await forwardedTo(context, mailbox),
      })),
    );
    return {
      found: forwards.flatMap(({ id, to }) => (to === "" ? [] : [{ id, to: [to] }])),
    };
  } catch (error) {
    // The permission does nothing without a role that may read recipients.
    if (!isRequestError(error, "forbidden")) throw error;
    return {
      reason: "the application has no role that may read mailboxes (Global Reader is enough)",
    };
  }
}
