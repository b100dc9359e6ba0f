/** People and groups that the drafted entries refer to and that are left as they are: named with their ids. */
import type { TenantDraft } from "../../tenant-file/index.ts";
import type { DraftedGuests } from "./guests.ts";
import type { DraftedGroups } from "./groups.ts";
import type { DraftedMail } from "./mail.ts";
import type { DraftedPeople } from "./people.ts";
import type { DraftedSites } from "./sites.ts";

interface Drafted {
  readonly people: DraftedPeople;
  readonly guests: DraftedGuests;
  readonly groups: DraftedGroups;
  readonly mail: DraftedMail;
  readonly sites: DraftedSites | undefined;
}

/** Undefined where everything that is named is managed. */
export function unmanagedSection({
  people,
  guests,
  groups,
  mail,
  sites,
}: Drafted): TenantDraft["unmanaged"] {
  const permissions = (sites?.sites ?? []).flatMap((site) => site.permissions ?? []);
  const users = strangers(people.names, {
    named: [
      ...people.users.flatMap(({ manager }) => manager ?? []),
      ...guests.guests.flatMap(({ sponsors }) => sponsors ?? []),
      ...groups.groups.flatMap(({ owners, members }) => [...(owners ?? []), ...(members ?? [])]),
      ...groups.groups.flatMap(({ senders }) => (Array.isArray(senders) ? senders : [])),
      ...[...mail.mailboxes, ...people.users.flatMap(({ mailbox }) => mailbox ?? [])].flatMap(
        ({ fullAccess = [], sendAs = [], sendOnBehalf = [], calendar = [] }) =>
          [...fullAccess, ...sendAs, ...sendOnBehalf, ...calendar].map(({ user }) => user),
      ),
      ...(sites?.sites ?? []).map(({ owner }) => owner),
      ...permissions.flatMap(({ user }) => user ?? []),
    ],
    managed: people.users.map(({ userPrincipalName }) => userPrincipalName),
  });
  const others = strangers(groups.names, {
    named: [
      ...permissions.flatMap(({ group }) => group ?? []),
      ...groups.groups.flatMap(({ memberGroups }) => memberGroups ?? []),
    ],
    managed: groups.groups.map(({ name }) => name),
  });
  if (users.length + others.length === 0) return undefined;
  return {
    ...(users.length === 0
      ? {}
      : { users: users.map(({ name: userPrincipalName, id }) => ({ userPrincipalName, id })) }),
    ...(others.length === 0 ? {} : { groups: others }),
  };
}

/** Each once, by name. */
function strangers(
  names: ReadonlyMap<string, string>,
  { named, managed }: { readonly named: readonly string[]; readonly managed: readonly string[] },
): { name: string; id: string }[] {
  const known = new Set(managed);
  const wanted = new Set(named.filter((name) => !known.has(name)));
  return [...names]
    .filter(([, name]) => wanted.has(name))
    .map(([id, name]) => ({ name, id }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
