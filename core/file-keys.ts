/** By which key of an object's entry the tenant file says what a resource has, and the other way round. */
import { NOUNS } from "./nouns.ts";
import type { Noun, ObjectKind } from "./nouns.ts";

const ALL: readonly Noun[] = Object.values(NOUNS);

/**
 * Keys of the entry of the object or of the list's owner, for what a resource has under another name or beside its list; a
 * dot leads into a group of keys. Of two that one key says, the first is a value and the second a list.
 */
const FILE_KEYS: Readonly<
  Partial<Record<keyof typeof NOUNS, Readonly<Partial<Record<string, string>>>>>
> = {
  userMail: {
    forwardingSmtpAddress: "mailbox.forwardTo",
    deliverToMailboxAndForward: "mailbox.deliverToMailboxAndForward",
    litigationHoldEnabled: "mailbox.litigationHoldEnabled",
    archiveEnabled: "mailbox.archiveEnabled",
    maxSendSize: "mailbox.maxSendSize",
    maxReceiveSize: "mailbox.maxReceiveSize",
    issueWarningQuota: "mailbox.issueWarningQuota",
    prohibitSendQuota: "mailbox.prohibitSendQuota",
    prohibitSendReceiveQuota: "mailbox.prohibitSendReceiveQuota",
    smtpClientAuthenticationDisabled: "mailbox.smtpClientAuthenticationDisabled",
  },
  userMailboxSettings: {
    automaticReplies: "mailbox.automaticReplies",
    "automaticReplies.scheduledStartDateTime": "mailbox.automaticReplies.from",
    "automaticReplies.scheduledEndDateTime": "mailbox.automaticReplies.until",
    language: "mailbox.language",
    timeZone: "mailbox.timeZone",
  },
  userMailboxPermissions: {
    fullAccess: "mailbox.fullAccess",
    sendAs: "mailbox.sendAs",
    sendOnBehalf: "mailbox.sendOnBehalf",
  },
  userCalendar: { permissions: "mailbox.calendar" },
  sitePermissions: { grants: "permissions" },
  group: { "dynamicMembership.rule": "membershipRule" },
  groupMembership: { memberGroups: "memberGroups" },
  groupMail: {
    hideFromAddressLists: "hideFromAddressLists",
    requireSenderAuthentication: "senders",
    acceptMessagesOnlyFrom: "senders",
  },
  mailboxPermissions: { sendAs: "sendAs", sendOnBehalf: "sendOnBehalf" },
  calendarPermissions: { permissions: "calendar" },
};

const KEYS_OF_TYPE: ReadonlyMap<string, (typeof FILE_KEYS)[keyof typeof FILE_KEYS]> = new Map(
  Object.entries(FILE_KEYS).map(([name, keys]) => [NOUNS[name as keyof typeof NOUNS].type, keys]),
);

/** What the tenant file calls the object whose entry says it; undefined where no entry does. */
export const kindInFile = (noun: Noun): ObjectKind | undefined =>
  noun.list?.owner ?? noun.removedAs;

const namedOtherwise = ({ type, people }: Noun): Readonly<Partial<Record<string, string>>> => ({
  ...people,
  ...KEYS_OF_TYPE.get(type),
});

/** The key, with dots inside groups of keys; the file may not have it. @param path of the resource, without places in lists */
export function fileKeyOfPath(noun: Noun, path: string): string {
  const keys = namedOtherwise(noun);
  const own = keys[path];
  if (own !== undefined) return own;
  const [top = path] = path.split(".", 1);
  return `${keys[top] ?? top}${path.slice(top.length)}`;
}

/** Which paths of which nouns a key says: none where the object's own resource has it under the same name. */
export function pathsOfFileKey(
  kind: ObjectKind,
  key: string,
): readonly { readonly noun: Noun; readonly path: string }[] {
  return ALL.filter((noun) => kindInFile(noun) === kind).flatMap((noun) => {
    const named = Object.entries(namedOtherwise(noun));
    const exact = named.filter(([, own]) => own === key).map(([path]) => ({ noun, path }));
    if (exact.length > 0) return exact;
    const group = named.find(([, own]) => key.startsWith(`${own}.`));
    if (group !== undefined) return [{ noun, path: `${group[0]}${key.slice(group[1]?.length)}` }];
    return noun.list?.key === key ? [{ noun, path: key }] : [];
  });
}
