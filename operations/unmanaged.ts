/** What a tenant has that nobody manages from here, and that the tenant file does not name either. */
import { NOUNS } from "../core/nouns.ts";
import type { Directory, DirectoryObject } from "../engine/index.ts";
import { globalAdministratorsOf } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

const { user, guest, group } = NOUNS;
type Section = (typeof user | typeof guest | typeof group)["listedIn"];

export interface UnmanagedKind {
  readonly kind: keyof Directory;
  /** Section of the tenant file that would list them. */
  readonly section: Section;
  /** At least 1. */
  readonly count: number;
  /** By name; undefined where the tenant file leaves out the section, and so manages none of them. */
  readonly objects: readonly Pick<DirectoryObject, "id" | "name" | "address">[] | undefined;
}

/** The kinds in the order in which they are told. */
const SECTIONS: Readonly<Record<keyof Directory, Section>> = {
  people: user.listedIn,
  guests: guest.listedIn,
  groups: group.listedIn,
};
const KINDS = Object.keys(SECTIONS) as (keyof Directory)[];

export function unmanagedIn(
  directory: Directory,
  managed: {
    readonly tenant: Pick<Tenant, "tenant" | "roles" | "unmanaged" | "backup" | Section>;
    /** Of everything in the state. */
    readonly ids: readonly string[];
    /** Names of what an apply may have made without the state having it yet. */
    readonly begun: readonly string[];
  },
): readonly UnmanagedKind[] {
  const { tenant, ids, begun } = managed;
  const known = new Set([
    ...ids,
    ...begun,
    ...(tenant.unmanaged?.users ?? []).map(({ id }) => id),
    ...(tenant.backup?.helperAccounts ?? []).map(({ id }) => id),
    ...(tenant.unmanaged?.groups ?? []).map(({ id }) => id),
    ...(tenant.tenant.emergencyAccounts ?? []),
    ...(globalAdministratorsOf(tenant) ?? []),
  ]);
  const isNew = ({ id, resourceId, key }: DirectoryObject): boolean =>
    ![id, resourceId, key.toLowerCase()].some((one) => known.has(one));
  return KINDS.flatMap((kind) => {
    const found = directory[kind].filter(isNew).toSorted(byName);
    if (found.length === 0) return [];
    const section = SECTIONS[kind];
    const isListed = tenant[section] !== undefined;
    const objects = isListed
      ? found.map(({ id, name, address }) => ({ id, name, address }))
      : undefined;
    return [{ kind, section, count: found.length, objects }];
  });
}

const byName = (one: DirectoryObject, other: DirectoryObject): number =>
  one.name.localeCompare(other.name, "en") || (one.key < other.key ? -1 : 1);
