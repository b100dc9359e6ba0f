/** What groups and people can have of mail, and who can have it: only who has a mailbox receives any. */
import { domainOfAddress } from "../../core/mail-address.ts";
import { findSku } from "../../core/sku-catalogue.ts";
import type { Finding, Path } from "../diagnostic.ts";
import type { Lenient } from "../reading/lenient.ts";
import { list, quote, show } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";
import { ownDomains } from "./domains.ts";
import {
  groupsOf,
  guestsOf,
  itemsOf,
  suggestSparingly,
  unresolved,
  usersOf,
  withUnmanaged,
  unmanagedOf,
  type Placed,
  type Rule,
} from "./facts.ts";

type Group = NonNullable<Lenient<Tenant>["groups"]>[number];
type Kind = NonNullable<NonNullable<Group>["type"]>;

/** Groups that only Exchange makes. */
export const isMailGroup = ({ type }: { readonly type?: Kind | undefined }): boolean =>
  type === "distribution" || type === "mailSecurity";

/** Keys that mean nothing for such a group, each with what to do instead. */
const WITHOUT: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  security: {
    aliases: "a group with mail: another type",
    hideFromAddressLists: "a group with mail: another type",
    senders: "a group with mail: another type",
  },
  microsoft365: { memberGroups: "members, or a group of type security around both" },
  distribution: {
    licenses: "a security or Microsoft 365 group, or licences at the users",
    disabledPlans: "licences at the users",
    membershipRule: "members, or another type",
    adopt: "another name, or the list removed in the tenant first",
    recycleBin: "nothing: Microsoft keeps no deleted distribution lists",
  },
  mailSecurity: {
    licenses: "a security or Microsoft 365 group, or licences at the users",
    disabledPlans: "licences at the users",
    membershipRule: "members, or another type",
    adopt: "another name, or the group removed in the tenant first",
    recycleBin: "nothing: Microsoft keeps no deleted security groups with mail",
  },
};

/** @see https://learn.microsoft.com/entra/identity/users/licensing-groups-assign (checked 2026-11-27; with mail: not verified) */
export const groupsHaveWhatTheirTypeCan: Rule = ({ tenant: { groups } }) =>
  itemsOf(groups, ["groups"]).flatMap(({ path, value }): Finding[] =>
    value.type === undefined
      ? []
      : Object.entries(WITHOUT[value.type])
          .filter(([key]) => key in value)
          .map(([key, allowed]) => ({
            path: [...path, key],
            message: `A group of type ${value.type ?? ""} has no ${key}`,
            received: show(value[key as keyof typeof value]),
            allowed,
          })),
  );

/** @see https://learn.microsoft.com/powershell/module/exchangepowershell/new-distributiongroup (checked 2026-11-27) */
export const distributionListsGiveNoAccess: Rule = ({ tenant: { groups, sites } }) => {
  const lists = new Set(
    itemsOf(groups, []).flatMap(({ value }) => (value.type === "distribution" ? value.name : [])),
  );
  return itemsOf(sites, ["sites"]).flatMap(({ path, value }) =>
    itemsOf(value.permissions, [...path, "permissions"]).flatMap((permission): Finding[] => {
      const { group } = permission.value;
      if (group === undefined || !lists.has(group)) return [];
      return [
        {
          path: [...permission.path, "group"],
          message: "A distribution list cannot be given access",
          received: quote(group),
          allowed: "a security or Microsoft 365 group, or a group of type mailSecurity",
        },
      ];
    }),
  );
};

/** Whoever may send to a group is somebody of the file; of groups, those with mail. */
export const sendersReferToSomething: Rule = (facts) => {
  const { user, group } = unmanagedOf(facts);
  const [users, guests] = [withUnmanaged(usersOf(facts), user), guestsOf(facts)];
  const people = {
    ...users,
    names: new Set([...users.names, ...guests.names]),
    isComplete: users.isComplete && guests.isComplete,
  };
  const groups = withUnmanaged(groupsOf(facts), group);
  const types = new Map(itemsOf(facts.tenant.groups, []).map(({ value }) => [value.name, value]));
  const suggest = suggestSparingly();
  return sendersOf(facts.tenant).flatMap((sender): Finding[] => {
    if (sender.value.includes("@")) return unresolved(sender, people, suggest);
    const declared = types.get(sender.value);
    if (declared?.type === undefined || isMailGroup(declared)) {
      return unresolved(sender, groups, suggest);
    }
    return [
      {
        path: sender.path,
        message: "Exchange does not take this group as a sender",
        received: quote(sender.value),
        allowed: "a group of type distribution or mailSecurity",
      },
    ];
  });
};

const sendersOf = ({ groups }: Lenient<Tenant>): Placed<string>[] =>
  itemsOf(groups, ["groups"]).flatMap(({ path, value: { senders } }) =>
    Array.isArray(senders) ? itemsOf(senders, [...path, "senders"]) : [],
  );

/** Aliases, of everything that has some. */
export const aliasesOf = ({
  users,
  groups,
  mailboxes,
}: Lenient<Tenant>): readonly {
  /** Of the object. */
  readonly owner: Path;
  readonly alias: Placed<string>;
}[] =>
  [
    ...itemsOf(users, ["users"]),
    ...itemsOf(groups, ["groups"]),
    ...itemsOf(mailboxes, ["mailboxes"]),
  ].flatMap(({ path, value }) =>
    itemsOf(value.aliases, [...path, "aliases"]).map((alias) => ({ owner: path, alias })),
  );

export const aliasesAreInTheTenantsDomains: Rule = ({ tenant }) => {
  const own = ownDomains(tenant);
  if (own === undefined) return [];
  const primary = itemsOf(tenant.mailboxes, ["mailboxes"]).flatMap(({ path, value }) =>
    value.address === undefined ? [] : [{ path: [...path, "address"], value: value.address }],
  );
  return [...primary, ...aliasesOf(tenant).map(({ alias }) => alias)]
    .filter(({ value }) => !own.has(domainOfAddress(value)))
    .map(({ path, value }) => ({
      path,
      message: "This address is in none of the tenant's domains",
      received: quote(value),
      allowed: `an address in ${list(own)}`,
    }));
};

/** Exchange knows nobody without a mailbox: the apply would wait for one in vain. */
export const mailIsForThoseWithAMailbox: Rule = ({ tenant }) => {
  // A shared mailbox needs no licence.
  const shared = new Set(
    itemsOf(tenant.users, []).flatMap(({ value }) =>
      value.mailbox?.type === "shared" ? value.userPrincipalName : [],
    ),
  );
  const without = peopleWithoutMailbox(tenant);
  const named = [
    ...itemsOf(tenant.users, ["users"]).flatMap(({ path, value }) =>
      value.userPrincipalName === undefined
        ? []
        : (["aliases", "mailbox"] as const)
            .filter((key) => key in value)
            .map((key) => ({ path: [...path, key], value: value.userPrincipalName ?? "" })),
    ),
    ...itemsOf(tenant.groups, ["groups"])
      .filter(({ value }) => isMailGroup(value))
      .flatMap(({ path, value }) => [
        ...itemsOf(value.owners, [...path, "owners"]),
        ...itemsOf(value.members, [...path, "members"]),
      ]),
    ...sendersOf(tenant),
  ];
  return named
    .filter(({ value }) => without.has(value) && !shared.has(value))
    .map(({ path, value }) => ({
      path,
      message: `${value} gets no licence with a mailbox`,
      allowed:
        "somebody with such a licence, directly or through a group, or with licences left out",
    }));
};

/** Mail goes elsewhere, and not outside without a word: it may be meant, or the work of whoever broke in. */
export const forwardedMailGoesElsewhere: Rule = ({ tenant }) => {
  const own = ownDomains(tenant);
  return itemsOf(tenant.users, ["users"]).flatMap(({ path, value }): Finding[] => {
    const { forwardTo, deliverToMailboxAndForward: keeps } = value.mailbox ?? {};
    const place = [...path, "mailbox"];
    if (keeps !== undefined && value.mailbox !== undefined && !("forwardTo" in value.mailbox)) {
      return [
        {
          path: [...place, "deliverToMailboxAndForward"],
          message: "Without forwardTo this has no effect",
          received: show(keeps),
          allowed: "forwardTo beside it, or neither",
        },
      ];
    }
    const addresses = [value.userPrincipalName, ...(value.aliases ?? [])];
    return itemsOf(forwardTo, [...place, "forwardTo"]).flatMap(({ path: at, value: to }) => {
      const received = quote(to);
      if (addresses.includes(to)) {
        return [{ path: at, received, message: "This is the mailbox itself", allowed: "another" }];
      }
      if (own?.has(domainOfAddress(to)) !== false) return [];
      return [
        {
          ...{ path: at, received, level: "warning" as const },
          message: "This mail leaves the organisation by itself",
          allowed: `an address in ${list(own)}, or this one if it is meant`,
        },
      ];
    });
  });
};

/** Of those whose licences the file manages; a group of unknown members may give them one. */
export function peopleWithoutMailbox({ users, groups }: Lenient<Tenant>): ReadonlySet<string> {
  const hasMailbox = (licenses: readonly (string | undefined)[] | undefined): boolean =>
    licenses?.some((sku) => sku === undefined || findSku(sku)?.hasMailbox !== false) === true;
  const giving = itemsOf(groups, []).filter(({ value }) => hasMailbox(value.licenses));
  if (giving.some(({ value }) => value.members === undefined)) return new Set();
  const through = new Set(giving.flatMap(({ value }) => value.members ?? []));
  return new Set(
    itemsOf(users, []).flatMap(({ value: { userPrincipalName: name, licenses } }) =>
      name === undefined || licenses === undefined || hasMailbox(licenses) || through.has(name)
        ? []
        : [name],
    ),
  );
}
