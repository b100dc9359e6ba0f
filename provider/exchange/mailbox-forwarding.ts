/**
 * Where Exchange sends the mail of a mailbox by itself: a recipient of the organisation (ForwardingAddress) goes before
 * any address (ForwardingSmtpAddress). By default Microsoft lets nothing out that is forwarded: an outbound spam policy
 * has to allow it (learn, outbound-spam-policies-external-email-forwarding, checked 2026-11-27).
 * Not verified: which address Exchange shows of a mail contact that is forwarded to.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (forwarding: checked 2026-11-27)
 */
import type { ResourceContext } from "../kit/define.ts";
import { addressOf } from "./recipients.ts";

/** Columns of Get-Mailbox. */
export interface Forwarding {
  readonly ForwardingAddress: string | null;
  readonly ForwardingSmtpAddress: string | null;
}

export const FORWARDING_SELECT = ["ForwardingAddress", "ForwardingSmtpAddress"] as const;

/** A mail address in lower case; "" where nothing is forwarded. */
export async function forwardedTo(
  context: ResourceContext,
  { ForwardingAddress: recipient, ForwardingSmtpAddress: address }: Forwarding,
): Promise<string> {
  const isInside = recipient !== null && recipient !== "";
  // Nothing may hide a forwarding: who cannot be found has the name that Exchange gives.
  const found = isInside
    ? ((await addressOf(context, recipient)) ?? recipient)
    : address?.replace(/^smtp:/i, "");
  return found?.toLowerCase() ?? "";
}

interface WithForwarding {
  readonly forwardingSmtpAddress?: string | undefined;
  readonly deliverToMailboxAndForward?: boolean | undefined;
}

/** Parameters of Set-Mailbox that write the difference; none where there is none, or nothing is said. */
export function forwardingParameters(
  wanted: WithForwarding,
  found: WithForwarding,
): Readonly<Record<string, unknown>> {
  const { forwardingSmtpAddress: to, deliverToMailboxAndForward: keeps } = wanted;
  return {
    ...(to === undefined || to === found.forwardingSmtpAddress
      ? {}
      : { ForwardingAddress: null, ForwardingSmtpAddress: to === "" ? null : `smtp:${to}` }),
    ...(keeps === undefined || keeps === found.deliverToMailboxAndForward
      ? {}
      : { DeliverToMailboxAndForward: keeps }),
  };
}
