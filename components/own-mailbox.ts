/** What the file says of somebody's own mailbox, as the resources have it. What is left out is unmanaged. */
import { addDays, startOfDay } from "../core/calendar.ts";
import type { MailboxRights } from "./mailbox-rights.ts";

export interface OwnMailbox extends MailboxRights {
  /** Declared with the person: licences depend on it. */
  readonly type?: "shared" | "regular";
  /** One address, or none. */
  readonly forwardTo?: readonly string[];
  readonly deliverToMailboxAndForward?: boolean;
  readonly litigationHoldEnabled?: boolean;
  readonly archiveEnabled?: true;
  /** Sizes in megabytes. */
  readonly maxSendSize?: number;
  readonly maxReceiveSize?: number;
  readonly issueWarningQuota?: number;
  readonly prohibitSendQuota?: number;
  readonly prohibitSendReceiveQuota?: number;
  readonly smtpClientAuthenticationDisabled?: boolean;
  readonly automaticReplies?: AutomaticReplies;
  readonly language?: string;
  /** Name of the IANA list. */
  readonly timeZone?: string;
}

interface AutomaticReplies {
  readonly status: "disabled" | "alwaysEnabled" | "scheduled";
  readonly internalReplyMessage?: string;
  readonly externalReplyMessage?: string;
  readonly externalAudience?: "contactsOnly" | "all";
  /** Calendar days, of the tenant's country. */
  readonly from?: string;
  readonly until?: string;
}

/** Written as they are said. */
const AS_SAID = [
  ...(["litigationHoldEnabled", "archiveEnabled", "maxSendSize", "maxReceiveSize"] as const),
  ...(["issueWarningQuota", "prohibitSendQuota", "prohibitSendReceiveQuota"] as const),
  "smtpClientAuthenticationDisabled",
] as const;

/** What Exchange writes. */
export const exchangeInputs = (declared: OwnMailbox) => {
  const { forwardTo, deliverToMailboxAndForward: keeps = true } = declared;
  return {
    ...(forwardTo === undefined
      ? {}
      : {
          forwardingSmtpAddress: forwardTo[0] ?? "",
          // Mail that nobody looks for elsewhere is lost: it stays here too unless the file says otherwise.
          deliverToMailboxAndForward: forwardTo.length > 0 && keeps,
        }),
    ...(Object.fromEntries(
      AS_SAID.flatMap((key) => (declared[key] === undefined ? [] : [[key, declared[key]]])),
    ) as Pick<OwnMailbox, (typeof AS_SAID)[number]>),
  };
};

/** What Graph writes. @param country in which days begin and end, as two letters */
export const graphInputs = (
  { automaticReplies, language, timeZone }: OwnMailbox,
  country: string,
) => ({
  ...(automaticReplies === undefined
    ? {}
    : { automaticReplies: repliesIn(automaticReplies, country) }),
  ...(language === undefined ? {} : { language }),
  ...(timeZone === undefined ? {} : { timeZone }),
});

function repliesIn(declared: AutomaticReplies, country: string) {
  const { status, internalReplyMessage, externalReplyMessage, from, until } = declared;
  if (status === "disabled" || internalReplyMessage === undefined) return { status };
  const isOutside = externalReplyMessage !== undefined;
  return {
    ...{ status, internalReplyMessage },
    externalAudience: isOutside ? (declared.externalAudience ?? "all") : ("none" as const),
    ...(isOutside ? { externalReplyMessage } : {}),
    ...(from === undefined || until === undefined
      ? {}
      : {
          ...{ from, until },
          scheduledStartDateTime: instantOf(startOfDay(country, from)),
          scheduledEndDateTime: instantOf(startOfDay(country, addDays(until, 1))),
        }),
  };
}

const instantOf = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");
