/** Who has the whole tenant, or all mail of a mailbox, managed from here or not; only where the application may look. */
import { GLOBAL_ADMINISTRATOR } from "../core/directory-roles.ts";
import { readAdministrators } from "./directory/administrators.ts";
import { identify } from "./directory/identity.ts";
import { outsideOnly } from "./directory/inbox-rules.ts";
import type { InventoriedForward } from "./directory/inbox-rules.ts";
import { readForwarding } from "./exchange/forwarding.ts";
import { readingContext } from "./kit/connection.ts";
import type { Connection } from "./kit/connection.ts";
import { foundIn, notReadOf } from "./permissions.ts";
import type { NotRead } from "./permissions.ts";

export interface Risks {
  /** Object ids of people, groups and applications; undefined when nobody looked. */
  readonly globalAdministrators: readonly string[] | undefined;
  /** Mailboxes that send all they get out of the tenant's domains, with where to; undefined when nobody looked. */
  readonly forwarding: readonly InventoriedForward[] | undefined;
  readonly notRead: readonly NotRead[];
}

export async function readRisks(connection: Connection): Promise<Risks> {
  const context = readingContext(connection);
  const [{ initialDomain, verifiedDomains }, administrators, forwarding] = await Promise.all([
    identify(context.service),
    readAdministrators(context, { onlyAt: GLOBAL_ADMINISTRATOR }),
    readForwarding(context),
  ]);
  const forwards = foundIn(forwarding);
  return {
    globalAdministrators: foundIn(administrators)?.flatMap(({ holders }) => holders),
    forwarding: forwards && outsideOnly(forwards, { initialDomain, domains: [...verifiedDomains] }),
    notRead: notReadOf({ administrators, forwarding }),
  };
}
