/**
 * To whom the rules of inboxes send mail on. Forwarding that is set on a mailbox itself is Exchange's
 * (`exchange/forwarding.ts`).
 * @see https://learn.microsoft.com/graph/api/mailfolder-list-messagerules (v1.0, checked 2026-11-27)
 */
import { domainOfAddress } from "../../core/mail-address.ts";
import { isRequestError, odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

export interface InventoriedForward {
  /** Object id of the mailbox's owner. */
  readonly id: string;
  /** Mail addresses in lower case, each once; recipients without one are in the tenant's own address list. */
  readonly to: readonly string[];
}

interface Recipient {
  readonly emailAddress?: { readonly address?: string | null } | null;
}

interface MessageRule {
  readonly isEnabled?: boolean | null;
  readonly actions?: Partial<
    Record<(typeof SENDING_ON)[number], readonly Recipient[] | null>
  > | null;
}

const SENDING_ON = ["forwardTo", "forwardAsAttachmentTo", "redirectTo"] as const;

/** Of those who have a mail address: nobody else has a mailbox. */
export async function readForwards(
  { service }: ResourceContext,
  people: readonly { readonly id: string; readonly mail?: string | null }[],
): Promise<Part<readonly InventoriedForward[]>> {
  const { "inbox-rules": needed } = permissionsOfTakeOver;
  if (!isGranted(needed, await service.grantedPermissions("graph"))) {
    return notGranted(needed);
  }
  const read = async (id: string): Promise<InventoriedForward> => ({
    id,
    to: forwardsOf(await rulesOf(service, id)),
  });
  try {
    const owners = people.filter(({ mail }) => typeof mail === "string");
    const all = await Promise.all(owners.map(({ id }) => read(id)));
    return { found: all.filter(({ to }) => to.length > 0) };
  } catch (error) {
    // Exchange can keep an application from mailboxes whatever Graph grants it.
    if (!isRequestError(error, "forbidden")) throw error;
    return { reason: "Exchange keeps the application from a mailbox (application access policy)" };
  }
}

async function rulesOf(
  { graph }: ResourceContext["service"],
  id: string,
): Promise<readonly MessageRule[]> {
  try {
    return await graph.all<MessageRule>(odata`/users/${id}/mailFolders/inbox/messageRules`);
  } catch (error) {
    // No mailbox, or not in the cloud (code MailboxNotEnabledForRESTAPI).
    if (isRequestError(error, "not-found", "provisioning")) return [];
    throw error;
  }
}

/** Of mailboxes with a recipient in none of the tenant's domains, those recipients. */
export function outsideOnly(
  forwards: readonly InventoriedForward[],
  tenant: { readonly initialDomain: string; readonly domains: readonly string[] },
): InventoriedForward[] {
  const own = new Set([tenant.initialDomain, ...tenant.domains].map((name) => name.toLowerCase()));
  // Such as contoso.mail.onmicrosoft.com.
  const [name] = tenant.initialDomain.toLowerCase().split(".");
  const isOwn = (domain: string): boolean =>
    own.has(domain) || (domain.startsWith(`${name}.`) && domain.endsWith(".onmicrosoft.com"));
  const isOutside = (address: string): boolean => !isOwn(domainOfAddress(address));
  return forwards
    .map(({ id, to }) => ({ id, to: to.filter(isOutside) }))
    .filter(({ to }) => to.length > 0);
}

function forwardsOf(rules: readonly MessageRule[]): string[] {
  const addresses = rules
    .filter(({ isEnabled }) => isEnabled !== false)
    .flatMap(({ actions }) => SENDING_ON.flatMap((way) => actions?.[way] ?? []))
    .flatMap(({ emailAddress }) => emailAddress?.address?.toLowerCase() ?? [])
    .filter((address) => address.includes("@"));
  return [...new Set(addresses)].sort();
}
