import {
  groupsOf,
  guestsOf,
  itemsOf,
  mailboxesOf,
  sitesOf,
  suggestSparingly,
  unmanagedOf,
  unresolved,
  usersOf,
  withUnmanaged,
  type Declared,
  type Facts,
  type Placed,
  type Rule,
} from "./facts.ts";
import { mailboxesWithRights, RIGHTS } from "./mailbox-rights.ts";

/** Every user, group and site that is referred to is in its own section, or under unmanaged. */
export const namesReferToSomething: Rule = (facts) => {
  const { users, guests, groups, sites, backup, contract } = facts.tenant;
  const unmanaged = unmanagedOf(facts);
  const knownUsers = withUnmanaged(usersOf(facts), unmanaged.user);
  const knownMembers = withGuests(knownUsers, guestsOf(facts));
  const shared = mailboxesOf(facts);
  const withMailbox = {
    ...knownUsers,
    names: new Set([...knownUsers.names, ...shared.names]),
    isComplete: knownUsers.isComplete && shared.isComplete,
  };
  const knownGroups = withUnmanaged(groupsOf(facts), unmanaged.group);
  const knownSites = withUnmanaged(sitesOf(facts), unmanaged.site);
  const suggest = suggestSparingly();
  const check = (references: Placed<string>[], declared: Declared) =>
    references.flatMap((reference) => unresolved(reference, declared, suggest));
  const one = (value: string | undefined, path: Placed<string>["path"]) =>
    value === undefined ? [] : [{ path, value }];

  return [
    ...itemsOf(users, ["users"]).flatMap(({ path, value }) =>
      check(
        [
          ...one(value.manager, [...path, "manager"]),
          ...one(value.leaves?.handOverTo, [...path, "leaves", "handOverTo"]),
        ],
        knownUsers,
      ),
    ),
    ...itemsOf(guests, ["guests"]).flatMap(({ path, value }) =>
      check(itemsOf(value.sponsors, [...path, "sponsors"]), knownUsers),
    ),
    ...itemsOf(groups, ["groups"]).flatMap(({ path, value }) => [
      ...check(itemsOf(value.owners, [...path, "owners"]), knownUsers),
      ...check(itemsOf(value.members, [...path, "members"]), knownMembers),
      ...check(itemsOf(value.memberGroups, [...path, "memberGroups"]), knownGroups),
    ]),
    ...mailboxRights(facts).flatMap(({ path, value }) =>
      check(one(value.user, [...path, "user"]), knownUsers),
    ),
    ...itemsOf(sites, ["sites"]).flatMap(({ path, value }) => [
      ...check(one(value.owner, [...path, "owner"]), knownUsers),
      ...permissionsOf({ path, value }).flatMap((permission) => [
        ...check(one(permission.value.user, [...permission.path, "user"]), knownMembers),
        ...check(one(permission.value.group, [...permission.path, "group"]), knownGroups),
      ]),
    ]),
    ...itemsOf(contract?.seats, ["contract", "seats"]).flatMap(({ path, value }) =>
      check(one(value.user, [...path, "user"]), knownUsers),
    ),
    ...check(listed(backup?.covers?.mailboxes, ["backup", "covers", "mailboxes"]), withMailbox),
    ...check(listed(backup?.covers?.sites, ["backup", "covers", "sites"]), knownSites),
    ...itemsOf(backup?.exceptions, ["backup", "exceptions"]).flatMap(({ path, value }) => [
      ...check(one(value.mailbox, [...path, "mailbox"]), withMailbox),
      ...check(one(value.site, [...path, "site"]), knownSites),
    ]),
  ];
};

/** On mailboxes of people and shared ones. */
const mailboxRights = ({ tenant }: Facts) =>
  mailboxesWithRights(tenant).flatMap(({ path, value }) =>
    RIGHTS.flatMap((kind) => itemsOf(value[kind], [...path, kind])),
  );

type Site = NonNullable<NonNullable<Facts["tenant"]["sites"]>[number]>;

/** Of the site itself and of its libraries. */
const permissionsOf = ({ path, value }: Placed<Site>) => [
  ...itemsOf(value.permissions, [...path, "permissions"]),
  ...itemsOf(value.libraries, [...path, "libraries"]).flatMap((library) =>
    itemsOf(library.value.permissions, [...library.path, "permissions"]),
  ),
];

/** Guests may be in groups, and on sites by themselves; nothing else of the file is theirs. */
const withGuests = (users: Declared, guests: Declared): Declared => ({
  ...users,
  names: new Set([...users.names, ...guests.names]),
  isComplete: users.isComplete && guests.isComplete,
});

function listed(
  covered: "all" | (string | undefined)[] | undefined,
  path: Placed<string>["path"],
): Placed<string>[] {
  return covered === "all" ? [] : itemsOf(covered, path);
}
