/** Where the tenant file says what a drift is about: the object's entry, and its keys. */
import type * as z from "zod";
import { NOUN_OF, nounOf, ownerOfList } from "../core/nouns.ts";
import type { ListSection, ObjectKind } from "../core/nouns.ts";
import { nameOfUrn } from "../core/urn.ts";
import type { Drift, PropertyChange } from "../plan/index.ts";
import {
  domainEntry,
  groupEntry,
  guestEntry,
  mailboxEntry,
  isAcceptable,
  siteEntry,
  userEntry,
} from "../tenant-file/index.ts";

export interface FilePlace {
  readonly kind: ObjectKind;
  /** As the file names it. */
  readonly name: string;
  readonly section: ListSection;
}

const ENTRIES = {
  user: userEntry,
  guest: guestEntry,
  group: groupEntry,
  mailbox: mailboxEntry,
  site: siteEntry,
  domain: domainEntry,
};

/** The schema of such an entry. */
export const entryOf = ({
  kind,
}: Pick<FilePlace, "kind">): { readonly shape: Readonly<Partial<Record<string, z.ZodType>>> } =>
  ENTRIES[kind];

/** Undefined for what is not one of the people, guests, groups, sites and domains that the file lists. */
export function filePlaceOf({ urn, type }: Pick<Drift, "urn" | "type">): FilePlace | undefined {
  const noun = nounOf(type);
  const kind = noun?.list?.owner ?? noun?.removedAs;
  if (noun === undefined || kind === undefined) return undefined;
  const { list } = noun;
  const own = nameOfUrn(urn);
  const name = list === undefined ? own : ownerOfList({ list }, own);
  return { kind, name, section: NOUN_OF[kind].listedIn };
}

/** The key of the entry that says what the property is to be; undefined where no key does. */
export function fileKeyOf(
  { type }: Pick<Drift, "type">,
  { path }: Pick<PropertyChange, "path">,
): string | undefined {
  const noun = nounOf(type);
  const kind = noun?.list?.owner ?? noun?.removedAs;
  if (noun === undefined || kind === undefined) return undefined;
  const { list } = noun;
  const isWholeList = list !== undefined && path === (list.path ?? list.key);
  const key = isWholeList ? list.key : (noun.people?.[path] ?? path);
  return key in ENTRIES[kind].shape && key !== NOUN_OF[kind].fileKey ? key : undefined;
}

/** Undefined for a key of which a deviation can be accepted. */
export const whyNotAcceptable = (key: string): string | undefined =>
  isAcceptable(key)
    ? undefined
    : (WHY_NOT[key] ?? "no other value of it has a meaning that the tenant file could give it");

const whyNot = (key: string | undefined): string | undefined =>
  key === undefined ? "nothing is left of it" : whyNotAcceptable(key);

const BY_NAME = "the file names the object by it; with `formerly` a new name is taken over";

/** By key of the file, and by path where no key says it. */
const WHY_NOT: Readonly<Partial<Record<string, string>>> = {
  ...{ userPrincipalName: BY_NAME, mail: BY_NAME, mailNickname: BY_NAME, name: BY_NAME },
  url: "the file names the site by it",
  type: "a group of another type is another group",
};

/** What can be done about a drift beside undoing it. */
export interface WaysOn {
  /** As commands name the object; undefined where the file does not list it. */
  readonly object: string | undefined;
  /** Keys of the file that can take over what was found. */
  readonly keys: readonly string[];
  /** Those of them of which the deviation can be accepted. */
  readonly acceptable: readonly string[];
  /** Why none can. */
  readonly whyNotAcceptable: string | undefined;
}

export function waysOn(drift: Drift): WaysOn {
  const found = drift.properties.flatMap((property) => fileKeyOf(drift, property) ?? []);
  const keys = [...new Set(found)];
  const acceptable = keys.filter(isAcceptable);
  const [first = drift.properties[0]?.path] = keys;
  return {
    object: filePlaceOf(drift)?.name,
    ...{ keys, acceptable },
    whyNotAcceptable: acceptable.length > 0 ? undefined : whyNot(first),
  };
}
