/**
 * Where Exchange sends the mail of a mailbox by itself. Of its two settings a recipient of the organisation
 * (`ForwardingAddress`) wins over any address (`ForwardingSmtpAddress`).
 * By default Microsoft lets nothing that is forwarded out of the organisation: the outbound spam policy has to allow it
 * (learn, outbound-spam-policies-external-email-forwarding, checked 2026-11-27).
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (forwarding: checked 2026-11-27)
 */
import type { ResourceContext } from "../kit/define.ts";
import { addressOf } from "./recipients.ts";

/** Columns of Get-Mailbox. */
export interface Forwarding {
  readonly ForwardingAddress: string | null;
  readonly ForwardingSmtpAddress: string | null;
  readonly DeliverToMailboxAndForward: boolean;
}

export const FORWARDING_SELECT = [
  "ForwardingAddress",
  "ForwardingSmtpAddress",
  "DeliverToMailboxAndForward",
] as const satisfies readonly (keyof Forwarding)[];

/** A mail address in lower case; "" where nothing is forwarded. */
export async function forwardingOf(
  context: ResourceContext,
  { ForwardingAddress: recipient, ForwardingSmtpAddress: address }: Forwarding,
): Promise<string> {
  if (recipient !== null && recipient !== "") return await addressOf(context, recipient);
  return (address ?? "").replace(/^smtp:/i, "").toLowerCase();
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

interface WithForwarding {
  readonly forwardingSmtpAddress?: string | undefined;
  readonly deliverToMailboxAndForward?: boolean | undefined;
}
