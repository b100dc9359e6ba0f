/**
 * The inverse of own-mailbox.ts: what somebody's mailbox is set to, as the key `mailbox`. What every mailbox is (nothing
 * forwarded, no hold, the tenant's language) is not written: the file says what is different here.
 */
import { isDeepStrictEqual } from "node:util";
import { addDays, dayIn } from "../../core/calendar.ts";
import type { InventoriedMailbox } from "../../provider/index.ts";
import { userMailboxEntry } from "../../tenant-file/index.ts";
import type { UserEntry } from "../../tenant-file/index.ts";
import { graphInputs } from "../own-mailbox.ts";
import { fitting } from "./fitting.ts";
import { rightsIn } from "./mailbox-rights.ts";

type OwnSettings = NonNullable<InventoriedMailbox["own"]>;
type Replies = NonNullable<OwnSettings["automaticReplies"]>;

/** Megabytes of a new mailbox; what the mailbox itself may hold comes with its licence. */
const USUAL = { maxSendSize: 35, maxReceiveSize: 36 };

export interface MailboxPlace {
  /** In which days begin and end, as two letters. */
  readonly country: string;
  /** Of the tenant. */
  readonly language: string;
  /** Today. */
  readonly day: string;
}

/** @returns `mailbox` undefined where nothing is to be said; `left` the keys that the file cannot say */
export function ownMailboxOf(
  found: InventoriedMailbox | undefined,
  { names, place }: { readonly names: ReadonlySet<string>; readonly place: MailboxPlace },
): { readonly mailbox?: UserEntry["mailbox"]; readonly left: readonly string[] } {
  if (found?.own === undefined) return { left: [] };
  const { own } = found;
  const { forwardingSmtpAddress: to, automaticReplies: replies, language = "" } = own;
  const isItself = to === found.address || found.aliases.includes(to);
  const isAnswering = replies !== undefined && replies.status !== "disabled";
  const said = !isAnswering ? undefined : repliesInFile(replies, place.country);
  const goesOn = to !== "" && !isItself;
  const isSayable = goesOn && userMailboxEntry.shape.forwardTo.safeParse([to]).success;
  const rights = rightsIn(found, names);
  const { kept, dropped } = fitting(userMailboxEntry, {
    ...rights.lists,
    forwardTo: goesOn ? [to] : undefined,
    // Where mail goes on to is one thing with what stays behind.
    deliverToMailboxAndForward: isSayable && !own.deliverToMailboxAndForward ? false : undefined,
    litigationHoldEnabled: own.litigationHoldEnabled ? true : undefined,
    archiveEnabled: own.archiveEnabled ? true : undefined,
    maxSendSize: own.maxSendSize === USUAL.maxSendSize ? undefined : own.maxSendSize,
    maxReceiveSize: own.maxReceiveSize === USUAL.maxReceiveSize ? undefined : own.maxReceiveSize,
    smtpClientAuthenticationDisabled: own.smtpClientAuthenticationDisabled,
    automaticReplies: isOver(said, place) ? undefined : said,
    language: language.toLowerCase().startsWith(place.language) ? undefined : language || undefined,
  });
  return {
    ...(Object.keys(kept).length === 0 ? {} : { mailbox: kept }),
    left: [
      ...[...rights.left, ...dropped, ...(isItself ? ["forwardTo"] : [])],
      ...(isAnswering && said === undefined ? ["automaticReplies"] : []),
    ].map((key) => `mailbox.${key}`),
  };
}

/** Undefined where the program would declare something else, as of periods with hours. */
function repliesInFile(found: Replies, country: string) {
  const {
    status,
    externalAudience,
    scheduledStartDateTime: start,
    scheduledEndDateTime: end,
  } = found;
  const entry = {
    status,
    internalReplyMessage: found.internalReplyMessage ?? "",
    ...(externalAudience === "none"
      ? {}
      : { externalReplyMessage: found.externalReplyMessage ?? "" }),
    ...(externalAudience === "contactsOnly" ? { externalAudience } : {}),
    ...(start === undefined || end === undefined
      ? {}
      : { from: dayIn(country, new Date(start)), until: dayBefore(country, end) }),
  };
  const { automaticReplies = {} } = graphInputs({ automaticReplies: entry }, country);
  const declared = Object.fromEntries(
    Object.entries(automaticReplies).filter(([key]) => key !== "from" && key !== "until"),
  );
  return isDeepStrictEqual(declared, found) ? entry : undefined;
}

/** The last whole day of a period that ends at midnight. */
const dayBefore = (country: string, end: string): string =>
  addDays(dayIn(country, new Date(end)), -1);

/** Such a period stays in the mailbox, and answers nobody. */
const isOver = (replies: { readonly until?: string } | undefined, { day }: MailboxPlace): boolean =>
  replies?.until !== undefined && replies.until < day;
