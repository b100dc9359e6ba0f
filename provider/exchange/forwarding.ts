/** To whom mailboxes send on all that comes in. Rules of an inbox are Graph's (`directory/inbox-rules.ts`). */
import type { InventoriedForward } from "../directory/inbox-rules.ts";
import type { ResourceContext } from "../kit/define.ts";
import type { Part } from "../permissions.ts";
import { ofAllMailboxes } from "./all-mailboxes.ts";
import { FORWARDING_SELECT, forwardedTo } from "./mailbox-forwarding.ts";
import type { Forwarding } from "./mailbox-forwarding.ts";

interface Mailbox extends Forwarding {
  readonly ExternalDirectoryObjectId: string;
}

/** One request more for each recipient inside; or why nobody looked. */
export const readForwarding = (
  context: ResourceContext,
): Promise<Part<readonly InventoriedForward[]>> =>
  ofAllMailboxes(context, {
    part: "forwarding",
    select: ["ExternalDirectoryObjectId", ...FORWARDING_SELECT],
    use: async (mailboxes: readonly Mailbox[]) => {
      const forwards = await Promise.all(
        mailboxes.map(async (mailbox) => ({
          id: mailbox.ExternalDirectoryObjectId,
          to: await forwardedTo(context, mailbox),
        })),
      );
      return forwards.flatMap(({ id, to }) => (to === "" ? [] : [{ id, to: [to] }]));
    },
  });
