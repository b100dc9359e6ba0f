/**
 * Mailboxes that say themselves that programs may send from them with a password (SMTP AUTH): a scanner that sends once a
 * quarter stands in no log of 30 days.
 * @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 * (a stored copy, 2026-11-28): null means as the tenant has it
 */
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import { isGranted, permissionsOfTakeOver } from "../permissions.ts";

interface CasMailbox {
  readonly PrimarySmtpAddress: string;
  readonly SmtpClientAuthenticationDisabled: boolean | null;
}

const SELECT = ["PrimarySmtpAddress", "SmtpClientAuthenticationDisabled"];

/** Addresses in lower case, sorted; undefined where the application may not look. */
export async function readSmtpSenders(
  connection: Connection,
): Promise<readonly string[] | undefined> {
  const { service } = readingContext(connection);
  const granted = await service.grantedPermissions("exchange");
  if (!isGranted(permissionsOfTakeOver.mail, granted)) return undefined;
  const { value } = await service.exchange.invoke<CasMailbox>(
    "Get-CASMailbox",
    { ResultSize: "Unlimited" },
    { select: SELECT },
  );
  return value
    .filter(({ SmtpClientAuthenticationDisabled: off }) => off === false)
    .map(({ PrimarySmtpAddress }) => PrimarySmtpAddress.toLowerCase())
    .sort();
}
