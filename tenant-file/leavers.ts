/**
 * What goes with somebody who leaves: one line of the file (`leaves` of a user), from which the rest follows. The mailbox becomes a
 * shared one before its licence goes; one that is held or has an archive keeps its licence, and the groups that give it.
 * Left as they are: groups whose members the file does not manage or a rule decides, sites that the person owns, whose manager
 * or sponsor the person is, and the OneDrive, which Microsoft archives 93 days after the licence went.
 * @see https://learn.microsoft.com/sharepoint/unlicensed-onedrive-accounts (cited, not read)
 */
import { addDays } from "../core/calendar.ts";
import type { Ended } from "../core/end-days.ts";
import { peopleWithoutMailbox } from "./rules/mail.ts";
import { RIGHTS } from "./rules/mailbox-rights.ts";
import type { Tenant } from "./tenant-schema.ts";

type User = NonNullable<Tenant["users"]>[number];
type Mailbox = NonNullable<User["mailbox"]>;
type Group = NonNullable<Tenant["groups"]>[number];

/** For how long whoever takes over may open the mailbox, where the file does not say it. */
const HANDED_OVER_DAYS = 90;

interface Leaver {
  readonly user: User;
  readonly lastDay: string;
  /** Undefined without a mailbox, or where nobody takes over, which is refused. */
  readonly handOver: Handover | undefined;
  /** Held, or with an archive: the licence stays. */
  readonly keepsLicense: boolean;
}

interface Handover {
  /** User principal name. */
  readonly user: string;
  /** First and last day. */
  readonly from: string;
  readonly until: string;
}

/** Who takes over from somebody who leaves: user principal name. */
export const successorOf = ({
  leaves,
  manager,
}: {
  readonly leaves?: { readonly handOverTo?: string | undefined } | undefined;
  readonly manager?: string | undefined;
}): string | undefined => leaves?.handOverTo ?? manager;

/** Everybody who leaves, in the order of the file. */
export function leaversOf(tenant: Tenant): readonly Leaver[] {
  const without = peopleWithoutMailbox(tenant);
  return (tenant.users ?? []).flatMap((user) => {
    const { userPrincipalName: name, leaves, mailbox = {} } = user;
    if (leaves === undefined) return [];
    const { lastDay, until = addDays(lastDay, HANDED_OVER_DAYS) } = leaves;
    const successor = without.has(name) ? undefined : successorOf(user);
    const handOver =
      successor === undefined ? undefined : { user: successor, from: addDays(lastDay, 1), until };
    const keepsLicense = mailbox.litigationHoldEnabled === true || mailbox.archiveEnabled === true;
    return [{ user, lastDay, handOver, keepsLicense }];
  });
}

/** The days of those who leave: the last one, and from when until when somebody else has their mailbox. */
export const leavingDays = (tenant: Tenant): readonly Ended[] =>
  leaversOf(tenant).flatMap(({ user: { userPrincipalName: name }, lastDay, handOver }) => {
    const leaver: Ended = { kind: "leaver", name, until: lastDay };
    if (handOver === undefined) return [leaver];
    const access = { kind: "fullAccess" as const, name, user: handOver.user };
    return [
      leaver,
      { ...access, isStart: true, until: lastDay },
      { ...access, until: handOver.until },
    ];
  });

/** The file with what follows from `leaves` on that day (YYYY-MM-DD); what it says of somebody otherwise stands. */
export function withLeaving(tenant: Tenant, day: string): Tenant {
  const leavers = leaversOf(tenant);
  if (leavers.length === 0) return tenant;
  const gone = leavers.filter(({ lastDay }) => lastDay < day);
  const names = new Set(gone.map(({ user }) => user.userPrincipalName));
  const isHere = ({ user }: { readonly user?: string }): boolean =>
    user === undefined || !names.has(user);
  const withoutTheirs = <R extends Pick<Mailbox, (typeof RIGHTS)[number]>>(rights: R): R => ({
    ...rights,
    ...Object.fromEntries(
      RIGHTS.flatMap((kind) => {
        const list: readonly { readonly user: string }[] | undefined = rights[kind];
        return list === undefined ? [] : [[kind, list.filter(isHere)] as const];
      }),
    ),
  });
  const { users, groups, mailboxes, roles, sites } = tenant;
  return {
    ...tenant,
    ...(users && {
      users: users.map((user) => {
        const leaver = leavers.find((one) => one.user === user);
        const left = leaver === undefined ? user : leaving(leaver, { tenant, day });
        return left.mailbox === undefined
          ? left
          : { ...left, mailbox: withoutTheirs(left.mailbox) };
      }),
    }),
    ...(groups && { groups: groups.map((group) => groupWithout(group, { leavers, gone })) }),
    ...(mailboxes && { mailboxes: mailboxes.map(withoutTheirs) }),
    ...(roles && {
      roles: roles.map((role) => ({ ...role, users: role.users.filter(isHere) })),
    }),
    ...(sites && {
      sites: sites.map(({ permissions, libraries, ...site }) => ({
        ...site,
        ...(permissions && { permissions: permissions.filter(isHere) }),
        ...(libraries && {
          libraries: libraries.map((library) => ({
            ...library,
            permissions: library.permissions.filter(isHere),
          })),
        }),
      })),
    }),
  };
}

function leaving(
  { user, lastDay, handOver, keepsLicense }: Leaver,
  { tenant, day }: { readonly tenant: Tenant; readonly day: string },
): User {
  const freed = lastDay < day && !keepsLicense;
  const licensed = freed && user.licenses !== undefined ? { ...user, licenses: [] } : user;
  const { disabledPlans: _parts, ...unlicensed } = licensed;
  const left = freed ? unlicensed : licensed;
  if (handOver === undefined) return left;
  const { fullAccess = [], ...mailbox }: Mailbox = user.mailbox ?? {};
  const isThere = fullAccess.some((right) => right.user === handOver.user);
  return {
    ...left,
    mailbox: {
      automaticReplies: farewell(user, { tenant, handOver }),
      ...mailbox,
      ...(freed && { type: "shared" as const }),
      fullAccess: isThere ? fullAccess : [...fullAccess, handOver],
    },
  };
}

/** Known from the day of the approval on: Exchange itself begins and ends it. */
function farewell(
  { displayName }: User,
  { tenant, handOver }: { readonly tenant: Tenant; readonly handOver: Handover },
): NonNullable<Mailbox["automaticReplies"]> {
  const { users = [], tenant: own } = tenant;
  const successor = users.find(({ userPrincipalName }) => userPrincipalName === handOver.user);
  const whom =
    successor === undefined ? handOver.user : `${successor.displayName} (${handOver.user})`;
  const message =
    own.language === "nl"
      ? `${displayName} werkt niet meer bij ${own.displayName}. Neem contact op met ${whom}.`
      : `${displayName} no longer works at ${own.displayName}. Please contact ${whom}.`;
  return {
    ...{ status: "scheduled", from: handOver.from, until: handOver.until },
    ...{ internalReplyMessage: message, externalReplyMessage: message },
  };
}

/** A group never stands without an owner: whoever takes over owns it beside the last one from the start. */
function groupWithout(
  group: Group,
  { leavers, gone }: { readonly leavers: readonly Leaver[]; readonly gone: readonly Leaver[] },
): Group {
  const named = (list: readonly Leaver[]): ReadonlyMap<string, User> =>
    new Map(list.map(({ user }) => [user.userPrincipalName, user]));
  const [all, left] = [named(leavers), named(gone)];
  const staying = named(gone.filter(({ keepsLicense }) => keepsLicense));
  const givesLicenses = (group.licenses ?? []).length > 0;
  const { owners, members, senders } = group;
  const successors = owners?.every((owner) => all.has(owner))
    ? owners.flatMap((owner) => successorOf(all.get(owner) ?? {}) ?? [])
    : [];
  const heirs = [...new Set([...(owners ?? []), ...successors])].filter((name) => !left.has(name));
  return {
    ...group,
    ...(owners && { owners: heirs.length > 0 ? heirs : owners }),
    ...(members && {
      members: members.filter((name) => !left.has(name) || (givesLicenses && staying.has(name))),
    }),
    ...(typeof senders === "object" && { senders: senders.filter((name) => !left.has(name)) }),
  };
}
