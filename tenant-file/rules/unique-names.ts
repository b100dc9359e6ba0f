import { LISTED_SECTIONS, OBJECT_KINDS } from "../../core/nouns.ts";
import { formatPath, type Finding, type Path } from "../diagnostic.ts";
import { quote } from "../reading/show.ts";
import type { Lenient } from "../reading/lenient.ts";
import type { Tenant } from "../tenant-schema.ts";
import { itemsOf, type Placed, type Rule } from "./facts.ts";
import { mailboxesWithRights, RIGHTS } from "./mailbox-rights.ts";

/** No duplicates: after normalising, so that names which differ only by case are the same. */
export const nothingIsThereTwice: Rule = ({ tenant: file }) => [
  ...repeated(itemsOf(file.tenant?.emergencyAccounts, ["tenant", "emergencyAccounts"])),
  ...repeated(itemsOf(file.tenant?.globalAdministrators, ["tenant", "globalAdministrators"])),
  ...repeated(itemsOf(file.managedBy?.domains, ["managedBy", "domains"])),
  ...repeated(keyed(file.approval?.decisionMakers, ["approval", "decisionMakers"], "email")),
  ...LISTED_SECTIONS.flatMap((noun) =>
    // Listed there it only has to exist; here it is managed.
    repeated([
      ...(noun.removedAs === "domain" ? itemsOf(file.tenant?.domains, ["tenant", "domains"]) : []),
      ...named(file, noun),
    ]),
  ),
  ...itemsOf(file.users, ["users"]).flatMap(({ path, value }) => [
    ...repeated(itemsOf(value.licenses, [...path, "licenses"])),
    ...repeated(itemsOf(value.aliases, [...path, "aliases"])),
    ...repeated(itemsOf(value.disabledPlans, [...path, "disabledPlans"])),
  ]),
  ...itemsOf(file.guests, ["guests"]).flatMap(({ path, value }) =>
    repeated(itemsOf(value.sponsors, [...path, "sponsors"])),
  ),
  ...itemsOf(file.groups, ["groups"]).flatMap(({ path, value }) => [
    ...repeated(itemsOf(value.owners, [...path, "owners"])),
    ...repeated(itemsOf(value.members, [...path, "members"])),
    ...repeated(itemsOf(value.memberGroups, [...path, "memberGroups"])),
    ...repeated(itemsOf(value.licenses, [...path, "licenses"])),
    ...repeated(itemsOf(value.disabledPlans, [...path, "disabledPlans"])),
    ...repeated(itemsOf(value.aliases, [...path, "aliases"])),
  ]),
  ...itemsOf(file.mailboxes, ["mailboxes"]).flatMap(({ path, value }) => [
    ...repeated(itemsOf(value.aliases, [...path, "aliases"])),
  ]),
  ...mailboxesWithRights(file).flatMap(({ path, value }) =>
    RIGHTS.flatMap((kind) => repeated(keyed(value[kind], [...path, kind], "user"))),
  ),
  ...itemsOf(file.sites, ["sites"]).flatMap(({ path, value }) => [
    ...repeated(keyed(value.permissions, [...path, "permissions"], "user")),
    ...repeated(keyed(value.permissions, [...path, "permissions"], "group")),
    ...repeated(
      keyed(value.libraries, [...path, "libraries"], "name").map((one) => ({
        ...one,
        value: one.value.toLowerCase(),
      })),
    ),
    ...itemsOf(value.libraries, [...path, "libraries"]).flatMap((library) => [
      ...repeated(keyed(library.value.permissions, [...library.path, "permissions"], "user")),
      ...repeated(keyed(library.value.permissions, [...library.path, "permissions"], "group")),
    ]),
  ]),
  ...repeated(keyed(file.roles, ["roles"], "role")),
  ...itemsOf(file.roles, ["roles"]).flatMap(({ path, value }) =>
    repeated(keyed(value.users, [...path, "users"], "user")),
  ),
  ...repeated(keyed(file.dnsZones, ["dnsZones"], "zone")),
  ...itemsOf(file.dnsZones, ["dnsZones"]).flatMap(({ path, value }) =>
    repeated(
      itemsOf(value.records, [...path, "records"]).flatMap(({ path: at, value: { name, type } }) =>
        name === undefined || type === undefined
          ? []
          : [{ path: [...at, "name"], value: `${name} ${type}` }],
      ),
    ),
  ),
  ...repeated(keyed(file.contract?.seats, ["contract", "seats"], "user")),
  ...repeated(keyed(file.contract?.seats, ["contract", "seats"], "device")),
  ...listedTwice(file.backup?.covers?.mailboxes, ["backup", "covers", "mailboxes"]),
  ...listedTwice(file.backup?.covers?.sites, ["backup", "covers", "sites"]),
  ...repeated(keyed(file.backup?.exceptions, ["backup", "exceptions"], "mailbox")),
  ...repeated(keyed(file.backup?.exceptions, ["backup", "exceptions"], "site")),
  ...repeated(keyed(file.unmanaged?.users, ["unmanaged", "users"], "userPrincipalName")),
  ...repeated(keyed(file.unmanaged?.users, ["unmanaged", "users"], "id")),
  ...repeated(keyed(file.unmanaged?.groups, ["unmanaged", "groups"], "name")),
  ...repeated(keyed(file.unmanaged?.groups, ["unmanaged", "groups"], "id")),
  ...repeated(itemsOf(file.unmanaged?.sites, ["unmanaged", "sites"])),
  ...OBJECT_KINDS.flatMap((kind) => repeated(keyed(file.remove, ["remove"], kind))),
];

/** The objects of one section of the file, by the key that names them. */
function named(
  file: Lenient<Tenant>,
  { listedIn, fileKey }: (typeof LISTED_SECTIONS)[number],
): Placed<string>[] {
  const objects: readonly (Readonly<Record<string, unknown>> | undefined)[] = file[listedIn] ?? [];
  return itemsOf(objects, [listedIn]).flatMap(({ path, value: { [fileKey]: value } }) =>
    typeof value === "string" ? [{ path: [...path, fileKey], value }] : [],
  );
}

function keyed<K extends string>(
  list: readonly (Partial<Record<K, string | undefined>> | undefined)[] | undefined,
  path: Path,
  key: K,
): Placed<string>[] {
  return itemsOf(list, path).flatMap((item) => {
    const value = item.value[key];
    return value === undefined ? [] : [{ path: [...item.path, key], value }];
  });
}

function listedTwice(covered: "all" | (string | undefined)[] | undefined, path: Path): Finding[] {
  return covered === "all" ? [] : repeated(itemsOf(covered, path));
}

function repeated(names: Placed<string>[]): Finding[] {
  const first = new Map<string, Path>();
  return names.flatMap(({ path, value }) => {
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, path);
      return [];
    }
    return [
      {
        path,
        message: `This is a duplicate of ${formatPath(earlier)}`,
        received: quote(value),
      },
    ];
  });
}
