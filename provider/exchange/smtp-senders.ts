/**
 * Mailboxes that say themselves that programs may send from them with a password (SMTP AUTH): a scanner that sends once a
 * quarter stands in no log of 30 days.
 * @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 * (a stored copy, 2026-11-28): null means as the tenant has it
 */
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { foundIn } from "../permissions.ts";
import { ofAllMailboxes } from "./all-mailboxes.ts";

interface CasMailbox {
  readonly PrimarySmtpAddress: string;
  readonly SmtpClientAuthenticationDisabled: boolean | null;
}

/** Addresses in lower case, sorted; undefined where the application may not look. */
export const readSmtpSenders = async (
  connection: Connection,
): Promise<readonly string[] | undefined> =>
  foundIn(
    await ofAllMailboxes(readingContext(connection), {
      part: "mail",
      cmdlet: "Get-CASMailbox",
      select: ["PrimarySmtpAddress", "SmtpClientAuthenticationDisabled"],
      use: async (found: readonly CasMailbox[]) =>
        found
          .filter(({ SmtpClientAuthenticationDisabled: off }) => off === false)
          .map(({ PrimarySmtpAddress }) => PrimarySmtpAddress.toLowerCase())
          .sort(),
    }),
  );
