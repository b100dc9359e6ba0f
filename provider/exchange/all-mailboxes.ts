/** All mailboxes of a tenant at once, where the application may look: one request for each thousand. */
import { isRequestError } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

/** @param reading.use makes of them what is looked for; what Exchange forbids it is no look at all */
export async function ofAllMailboxes<M, T>(
  { service }: ResourceContext,
  reading: {
    readonly part: "forwarding" | "mail";
    /** CAS: by which protocols programs reach them. */
    readonly cmdlet?: "Get-Mailbox" | "Get-CASMailbox";
    readonly select: readonly (keyof M & string)[];
    readonly use: (mailboxes: readonly M[]) => Promise<T>;
  },
): Promise<Part<T>> {
  const needed = permissionsOfTakeOver[reading.part];
  if (!isGranted(needed, await service.grantedPermissions("exchange"))) {
    return notGranted(needed, "Office 365 Exchange Online");
  }
  const { cmdlet = "Get-Mailbox", select, use } = reading;
  try {
    const parameters = { ResultSize: "Unlimited" };
    const { value } = await service.exchange.invoke<M>(cmdlet, parameters, { select });
    return { found: await use(value) };
  } catch (error) {
    // The permission does nothing without a role that may read recipients.
    if (!isRequestError(error, "forbidden")) throw error;
    return {
      reason: "the application has no role that may read mailboxes (Global Reader is enough)",
    };
  }
}
