/** What the file says of objects that go, of those that it lets go of, and of those that went before. */
import { OBJECT_KINDS } from "../core/nouns.ts";
import type { ObjectKind } from "../core/nouns.ts";
import type { Tenant } from "./tenant-schema.ts";

export interface Removal {
  /** Key of the object: user principal name, group name or address of the site. */
  readonly object: string;
  readonly reason: string;
  /** What happens to the data. */
  readonly data: string;
}

/** The `remove` section, whatever kind of object an entry names. */
export const removeEntries = (tenant: Tenant): readonly Removal[] =>
  (tenant.remove ?? []).map(removeEntry);

function removeEntry(entry: NonNullable<Tenant["remove"]>[number]): Removal {
  const { reason, data } = entry;
  return { object: objectOf(entry).name, reason, data };
}

export interface ReleaseEntries {
  readonly sections: readonly Section[];
  readonly objects: readonly (ObjectName & { readonly reason: string })[];
}

type Entry = NonNullable<Tenant["release"]>[number];
type Section = Extract<Entry, string>;

/** The `release` section: whole sections, and single objects with the reason. */
export function releaseEntries({ release = [] }: Tenant): ReleaseEntries {
  return {
    sections: release.filter((entry): entry is Section => typeof entry === "string"),
    objects: release.flatMap((entry) =>
      typeof entry === "string" ? [] : [{ ...objectOf(entry), reason: entry.reason }],
    ),
  };
}

/** Why people are blocked, by user principal name, where the file says it. */
export const blockReasons = ({ users = [] }: Tenant): ReadonlyMap<string, string> =>
  new Map(
    users.flatMap(({ userPrincipalName, blockedBecause }) =>
      blockedBecause === undefined ? [] : [[userPrincipalName, blockedBecause]],
    ),
  );

/** What is to happen with what a recycle bin has under the name of something that is declared. */
export type BinWord = NonNullable<NonNullable<Tenant["users"]>[number]["recycleBin"]>;

export function binWords({
  users = [],
  guests = [],
  groups = [],
  mailboxes = [],
}: Tenant): readonly (ObjectName & {
  readonly word: BinWord;
})[] {
  const worded = (object: ObjectName, word: BinWord | undefined) =>
    word === undefined ? [] : [{ ...object, word }];
  return [
    ...users.flatMap(({ userPrincipalName: name, recycleBin }) =>
      worded({ kind: "user", name }, recycleBin),
    ),
    ...guests.flatMap(({ email: name, recycleBin }) => worded({ kind: "guest", name }, recycleBin)),
    ...groups.flatMap(({ name, recycleBin }) => worded({ kind: "group", name }, recycleBin)),
    ...mailboxes.flatMap(({ address: name, recycleBin }) =>
      worded({ kind: "mailbox", name }, recycleBin),
    ),
  ];
}

/** What is there already and is to be taken over. */
export function adoptions({
  users = [],
  guests = [],
  groups = [],
  sites = [],
}: Tenant): ObjectName[] {
  const isAsked = ({ adopt }: { readonly adopt?: true }): boolean => adopt === true;
  return [
    ...users
      .filter(isAsked)
      .map((one): ObjectName => ({ kind: "user", name: one.userPrincipalName })),
    ...guests.filter(isAsked).map((one): ObjectName => ({ kind: "guest", name: one.email })),
    ...groups.filter(isAsked).map((one): ObjectName => ({ kind: "group", name: one.name })),
    ...sites.filter(isAsked).map((one): ObjectName => ({ kind: "site", name: one.url })),
  ];
}

interface ObjectName {
  readonly kind: ObjectKind;
  readonly name: string;
}

/** The schema sees to it that an entry names exactly one. */
export function objectOf(entry: Readonly<Partial<Record<ObjectKind, string>>>): ObjectName {
  const kind = OBJECT_KINDS.find((one) => entry[one] !== undefined) ?? "user";
  return { kind, name: entry[kind] ?? "" };
}
