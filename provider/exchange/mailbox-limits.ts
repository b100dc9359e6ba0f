/**
 * Of what size mail and mailbox may be, and whether old programs and scanners may send with a password (SMTP AUTH). In
 * megabytes of 1,048,576 bytes. Not verified: how Exchange answers a limit above what the licence gives.
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailbox (parameters: checked 2026-11-28)
 * @see https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 *   (checked 2026-11-28); that Set-CASMailbox is served: KelvinTegelaar/CIPP-API, DisableBasicAuthSMTP (read 2026-11-28)
 */
import { z } from "zod";
import { localeOf } from "../../core/i18n/format.ts";
import type { Language, Text } from "../../core/language.ts";
import type { DescribedChange, ResourceContext } from "../kit/define.ts";
import { bytesIn } from "./sizes.ts";

const MEGABYTE = 2 ** 20;

interface Limit {
  /** Parameter of Set-Mailbox, and column of Get-Mailbox. */
  readonly parameter: string;
  readonly summary: string;
  readonly says: (size: string) => Text;
}

const LIMITS = {
  maxSendSize: {
    parameter: "MaxSendSize",
    summary: "Size of the largest message that can be sent, in megabytes.",
    says: (size) => ({
      nl: `kan mails tot ${size} versturen`,
      en: `can send messages of up to ${size}`,
    }),
  },
  maxReceiveSize: {
    parameter: "MaxReceiveSize",
    summary: "Size of the largest message that is received, in megabytes.",
    says: (size) => ({
      nl: `kan mails tot ${size} ontvangen`,
      en: `can receive messages of up to ${size}`,
    }),
  },
  issueWarningQuota: {
    parameter: "IssueWarningQuota",
    summary: "Size of the mailbox from which there is a warning, in megabytes.",
    says: (size) => ({
      nl: `krijgt een waarschuwing als de mailbox ${size} groot is`,
      en: `is warned when the mailbox has ${size}`,
    }),
  },
  prohibitSendQuota: {
    parameter: "ProhibitSendQuota",
    summary: "Size of the mailbox from which nothing can be sent, in megabytes.",
    says: (size) => ({
      nl: `kan niet meer versturen als de mailbox ${size} groot is`,
      en: `can no longer send when the mailbox has ${size}`,
    }),
  },
  prohibitSendReceiveQuota: {
    parameter: "ProhibitSendReceiveQuota",
    summary: "Size of the mailbox from which nothing is received either, in megabytes.",
    says: (size) => ({
      nl: `kan ook niets meer ontvangen als de mailbox ${size} groot is`,
      en: `can no longer receive either when the mailbox has ${size}`,
    }),
  },
} as const satisfies Record<string, Limit>;

type LimitKey = keyof typeof LIMITS;

export type MailboxLimits = Readonly<Partial<Record<LimitKey, number | undefined>>> & {
  readonly smtpClientAuthenticationDisabled?: boolean | undefined;
};

const KEYS = Object.keys(LIMITS) as LimitKey[];
const SMTP = "smtpClientAuthenticationDisabled";

const limit = (key: LimitKey) => z.int().positive().optional().describe(LIMITS[key].summary);

export const limitInputs = {
  maxSendSize: limit("maxSendSize"),
  maxReceiveSize: limit("maxReceiveSize"),
  issueWarningQuota: limit("issueWarningQuota"),
  prohibitSendQuota: limit("prohibitSendQuota"),
  prohibitSendReceiveQuota: limit("prohibitSendReceiveQuota"),
  [SMTP]: z
    .boolean()
    .optional()
    .describe("Whether nobody sends from it with a password, as scanners and old programs do."),
} as const;

export type FoundLimits = Readonly<Record<(typeof LIMITS)[LimitKey]["parameter"], string>>;

export const LIMITS_SELECT = KEYS.map((key) => LIMITS[key].parameter);

/** Those of the columns that are a number: "Unlimited" is none. */
export const limitsIn = (found: FoundLimits): MailboxLimits =>
  Object.fromEntries(
    KEYS.flatMap((key) => {
      const bytes = bytesIn(found[LIMITS[key].parameter]);
      return bytes === undefined ? [] : [[key, Math.round(bytes / MEGABYTE)]];
    }),
  );

interface CasMailbox {
  readonly ExternalDirectoryObjectId: string;
  /** Null: as the tenant has it. */
  readonly SmtpClientAuthenticationDisabled: boolean | null;
}

const CAS_SELECT = ["ExternalDirectoryObjectId", "SmtpClientAuthenticationDisabled"];

/** Of mailboxes that say it themselves; a request of its own, so only for who asks. */
export async function readSmtp(
  { service }: ResourceContext,
  which: { readonly Identity: string } | { readonly ResultSize: "Unlimited" },
): Promise<ReadonlyMap<string, boolean>> {
  const options = { select: CAS_SELECT };
  const { value } = await service.exchange.invoke<CasMailbox>("Get-CASMailbox", which, options);
  return new Map(
    value.flatMap(({ ExternalDirectoryObjectId: id, SmtpClientAuthenticationDisabled: off }) =>
      off === null ? [] : [[id, off]],
    ),
  );
}

/** What of the limits differs, for Set-Mailbox. */
export const limitParameters = (
  wanted: MailboxLimits,
  now: MailboxLimits,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    KEYS.flatMap((key) => {
      const most = wanted[key];
      return most === undefined || most === now[key] ? [] : [[LIMITS[key].parameter, `${most}MB`]];
    }),
  );

/** @param isAbout whether the change is about this key */
export function limitWords(
  { after }: DescribedChange,
  isAbout: (key: string) => boolean,
): readonly Text[] {
  const size = (key: LimitKey, language: Language): string => {
    const most = after?.[key];
    return localeOf(language).storage(typeof most === "number" ? most : 0);
  };
  return [
    ...KEYS.filter(isAbout).map((key) => ({
      nl: LIMITS[key].says(size(key, "nl")).nl,
      en: LIMITS[key].says(size(key, "en")).en,
    })),
    ...(!isAbout(SMTP)
      ? []
      : after?.[SMTP] === true
        ? [
            {
              nl: "scanners en oude programma's kunnen er niet meer met een wachtwoord mee mailen",
              en: "scanners and old programs can no longer send from it with a password",
            },
          ]
        : [
            {
              nl: "scanners en oude programma's kunnen er met een wachtwoord mee mailen",
              en: "scanners and old programs can send from it with a password",
            },
          ]),
  ];
}
