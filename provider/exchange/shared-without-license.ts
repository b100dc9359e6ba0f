/**
 * What keeps a shared mailbox from doing without a licence: more than 50 GB, an archive, a litigation hold.
 * Not verified: that Exchange writes sizes over this way as PowerShell shows them, with the bytes in brackets.
 * @see https://learn.microsoft.com/microsoft-365/admin/email/remove-license-from-shared-mailbox (checked 2026-11-28)
 */
import { localeOf } from "../../core/i18n/format.ts";
import type { Text } from "../../core/language.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { ResourceContext } from "../kit/define.ts";
import { bytesIn } from "./sizes.ts";

const MOST_BYTES = 50 * 2 ** 30;
const MEGABYTE = 2 ** 20;

/** Columns of Get-Mailbox. */
export interface Kept {
  readonly LitigationHoldEnabled: boolean;
  readonly ArchiveStatus: string;
}

/** Empty where the mailbox fits without a licence. */
export async function licenseNeeds(
  { service }: ResourceContext,
  userId: string,
  { LitigationHoldEnabled: isHeld, ArchiveStatus: archive }: Kept,
): Promise<readonly Text[]> {
  const { value } = await service.exchange.invoke<{ readonly TotalItemSize?: string | null }>(
    "Get-MailboxStatistics",
    { Identity: userId },
    { select: ["TotalItemSize"] },
  );
  const bytes = bytesIn(value[0]?.TotalItemSize ?? "");
  const size = ({ storage }: ReturnType<typeof localeOf>): string =>
    storage(Math.round((bytes ?? 0) / MEGABYTE));
  return [
    // A size that cannot be read might be any.
    ...(bytes === undefined
      ? [{ nl: "de grootte is niet te lezen", en: "its size cannot be read" }]
      : []),
    ...(bytes !== undefined && bytes > MOST_BYTES
      ? [
          {
            nl: `${size(localeOf("nl"))}, en zonder licentie mag het 50 GB zijn`,
            en: `${size(localeOf("en"))}, and without a licence it may be 50 GB`,
          },
        ]
      : []),
    ...(archive === "None" ? [] : [{ nl: "er is een archief", en: "it has an archive" }]),
    ...(isHeld ? [{ nl: "er is een juridische bewaring", en: "it is on litigation hold" }] : []),
  ];
}

/** The same of several people, by object id; those who fit are not in it. */
export async function readLicenseNeeds(
  connection: Connection,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Text[]>> {
  const context = readingContext(connection);
  const needs = userIds.map(async (id) => {
    const found = await connection.service.exchange.tryGet<Kept>(
      "Get-Mailbox",
      { Identity: id },
      { select: ["LitigationHoldEnabled", "ArchiveStatus"] },
    );
    return [id, found === undefined ? [] : await licenseNeeds(context, id, found)] as const;
  });
  return new Map((await Promise.all(needs)).filter(([, found]) => found.length > 0));
}
