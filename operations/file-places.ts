/** Where the tenant file says what a drift is about: the object's entry, and its keys. */
import * as z from "zod";
import { fileKeyOfPath, kindInFile } from "../core/file-keys.ts";
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
  unwrap,
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
  const kind = noun && kindInFile(noun);
  if (noun === undefined || kind === undefined) return undefined;
  const { list } = noun;
  const own = nameOfUrn(urn);
  const name = list === undefined ? own : ownerOfList({ list }, own);
  return { kind, name, section: NOUN_OF[kind].listedIn };
}

/** The key of the entry that says what the property is to be, with dots inside groups of keys; undefined where no key does. */
export function fileKeyOf(
  { type }: Pick<Drift, "type">,
  { path }: Pick<PropertyChange, "path">,
): string | undefined {
  const noun = nounOf(type);
  const kind = noun && kindInFile(noun);
  if (noun === undefined || kind === undefined) return undefined;
  const key = fileKeyOfPath(noun, path);
  const isSaid = schemaOf({ kind }, key) !== undefined && key !== NOUN_OF[kind].fileKey;
  return isSaid ? key : undefined;
}

/** Of the value of this key; undefined where an entry has no such key. */
export function schemaOf(place: Pick<FilePlace, "kind">, key: string): z.ZodType | undefined {
  const [top = "", ...inner] = key.split(".");
  return inner.reduce<z.ZodType | undefined>((schema, one) => {
    const group = schema === undefined ? undefined : unwrap(schema);
    return group instanceof z.ZodObject ? (group.shape as Shape)[one] : undefined;
  }, entryOf(place).shape[top]);
}

type Shape = Readonly<Partial<Record<string, z.ZodType>>>;

/** Whether a command that names this key means the other: itself, or one inside it. */
export const isWithin = (asked: string, key: string): boolean =>
  key === asked || key.startsWith(`${asked}.`);

/** Undefined for a key of which a deviation can be accepted. */
export const whyNotAcceptable = (key: string): string | undefined =>
  isAcceptable(key) || GROUPS.includes(key)
    ? undefined
    : (WHY_NOT[key] ?? "no other value of it has a meaning that the tenant file could give it");

const whyNot = (key: string | undefined): string | undefined =>
  key === undefined ? "nothing is left of it" : whyNotAcceptable(key);

/** Groups of keys, of which each that differs is accepted by itself. */
const GROUPS = ["mailbox", "mailbox.automaticReplies"];

const BY_NAME = "the file names the object by it; with `formerly` a new name is taken over";

/** By key of the file, and by path where no key says it. */
const WHY_NOT: Readonly<Partial<Record<string, string>>> = {
  ...{ userPrincipalName: BY_NAME, mail: BY_NAME, mailNickname: BY_NAME, name: BY_NAME },
  url: "the file names the site by it",
  type: "of another type it is something else",
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
