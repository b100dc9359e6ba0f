/** What the rules across sections look at, and how they speak of it. */
import type { ObjectKind } from "../../core/nouns.ts";
import type { Finding, Path } from "../diagnostic.ts";
import type { TenantIdentity } from "../identities.ts";
import type { Lenient } from "../reading/lenient.ts";
import { nearest } from "../reading/nearest.ts";
import { quote } from "../reading/show.ts";
import type { Tenant } from "../tenant-schema.ts";

export interface Facts {
  /** What could be understood of the file; rules skip what is missing in it, which is another problem. */
  tenant: Lenient<Tenant>;
  /** Sections that the file does not have, as against those that could not be understood. */
  leftOut: ReadonlySet<string>;
  /** Who the other tenants of the folder are. */
  others: readonly TenantIdentity[];
}

/** A demand that concerns more than one value. */
export type Rule = (facts: Facts) => Finding[];

export interface Placed<T> {
  path: Path;
  value: T;
}

/** The items of a list that could be understood, each with its place. */
export function itemsOf<T>(list: readonly (T | undefined)[] | undefined, path: Path): Placed<T>[] {
  return (list ?? []).flatMap((value, index) =>
    value === undefined ? [] : [{ path: [...path, index], value }],
  );
}

/** The names that a section declares. */
export interface Declared {
  section: string;
  /** One thing of the section, in words. */
  noun: string;
  names: ReadonlySet<string>;
  /** False when some names could not be understood, so that a name not found may be there after all. */
  isComplete: boolean;
  isLeftOut: boolean;
}

function declaredIn<T>(
  facts: Facts,
  section: {
    name: "users" | "guests" | "groups" | "mailboxes" | "sites" | "domains";
    noun: string;
  },
  list: { items: readonly (T | undefined)[] | undefined; nameOf: (item: T) => string | undefined },
): Declared {
  const isLeftOut = facts.leftOut.has(section.name);
  const names = (list.items ?? []).map((item) =>
    item === undefined ? undefined : list.nameOf(item),
  );
  return {
    section: section.name,
    noun: section.noun,
    names: new Set(names.filter((name) => name !== undefined)),
    isComplete: isLeftOut || (list.items !== undefined && !names.includes(undefined)),
    isLeftOut,
  };
}

export const usersOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "users", noun: "user" },
    { items: facts.tenant.users, nameOf: (user) => user.userPrincipalName },
  );

export const guestsOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "guests", noun: "guest" },
    { items: facts.tenant.guests, nameOf: (guest) => guest.email },
  );

export const groupsOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "groups", noun: "group" },
    { items: facts.tenant.groups, nameOf: (group) => group.name },
  );

export const mailboxesOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "mailboxes", noun: "mailbox" },
    { items: facts.tenant.mailboxes, nameOf: (mailbox) => mailbox.address },
  );

export const sitesOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "sites", noun: "site" },
    { items: facts.tenant.sites, nameOf: (site) => site.url },
  );

const domainsOf = (facts: Facts): Declared =>
  declaredIn(
    facts,
    { name: "domains", noun: "domain" },
    { items: facts.tenant.domains, nameOf: (domain) => domain.name },
  );

/** What the file declares of each kind that it names objects of. */
export const declaredObjects = (facts: Facts): Readonly<Record<ObjectKind, Declared>> => ({
  user: usersOf(facts),
  guest: guestsOf(facts),
  group: groupsOf(facts),
  mailbox: mailboxesOf(facts),
  site: sitesOf(facts),
  domain: domainsOf(facts),
});

/** Names that the file knows without managing what they stand for. */
export function unmanagedOf({
  tenant: { unmanaged },
}: Facts): Readonly<Record<"user" | "group" | "site", ReadonlySet<string>>> {
  const known = (names: readonly (string | undefined)[] = []): ReadonlySet<string> =>
    new Set(names.filter((name) => name !== undefined));
  return {
    user: known(unmanaged?.users?.map((user) => user?.userPrincipalName)),
    group: known(unmanaged?.groups?.map((group) => group?.name)),
    site: known(unmanaged?.sites),
  };
}

/** The names of a section, and those that are known besides. */
export const withUnmanaged = (declared: Declared, known: ReadonlySet<string>): Declared => ({
  ...declared,
  names: new Set([...declared.names, ...known]),
});

/** The same for everything that holds somebody's name under `user`. */
export const unresolvedHolders = (
  holders: readonly Placed<{ readonly user?: string | undefined }>[],
  users: Declared,
  suggest: typeof nearest,
): Finding[] =>
  holders.flatMap(({ path, value: { user } }) =>
    user === undefined ? [] : unresolved({ path: [...path, "user"], value: user }, users, suggest),
  );

/** The finding for a name that refers to nothing; empty when it refers to something or that cannot be known. */
export function unresolved(
  { value: name, path }: Placed<string>,
  declared: Declared,
  suggest: typeof nearest,
): Finding[] {
  if (declared.names.has(name) || !declared.isComplete) return [];
  const { noun, section } = declared;
  const received = quote(name);
  if (declared.isLeftOut) {
    const message = `This names a ${noun}, but the file has no section ${section}`;
    const allowed = `a ${noun} that is named under unmanaged.${section}`;
    return [{ path, message, received, allowed }];
  }
  const suggestion = suggest(name, declared.names);
  return [
    {
      path,
      message: `No such ${noun} in this file`,
      received,
      allowed: `a ${noun} from the section ${section}, or one named under unmanaged.${section}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ];
}

/** Comparing many wrong names with many right ones takes minutes; nobody reads that many suggestions. */
const MAX_SUGGESTIONS = 100;

/** Suggests as `nearest` does, for the first hundred names. */
export function suggestSparingly(): typeof nearest {
  let given = 0;
  return (written, candidates) =>
    ++given > MAX_SUGGESTIONS ? undefined : nearest(written, candidates);
}
