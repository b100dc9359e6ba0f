/** The inverse of groups.ts: groups that exist as entries of a tenant file, where the file can say what they are. */
import { MANAGED_HERE, ON_PREMISES } from "../../core/on-premises.ts";
import type { InventoriedGroup, InventoriedMailGroup, Inventory } from "../../provider/index.ts";
import { canContain, groupEntry } from "../../tenant-file/index.ts";
import type { GroupEntry } from "../../tenant-file/index.ts";
import { aliasesIn } from "./aliases.ts";
import { fitting, licensesInFile, managedHere } from "./fitting.ts";
import type { DraftedGuests } from "./guests.ts";
import type { DraftedPeople, LeftAlone } from "./people.ts";

export interface DraftedGroups {
  /** Sorted by name. */
  readonly groups: readonly GroupEntry[];
  readonly left: readonly LeftAlone[];
  /** What is said above an entry, by name of the group. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** What the file can call a group, by object id; no group that cannot be named is in it. */
  readonly names: ReadonlyMap<string, string>;
}

/** Narrower than what a group may have, as the tenant file is: the alias becomes part of addresses. */
const ALIAS = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

export function draftGroups(
  inventory: Inventory,
  named: { readonly people: DraftedPeople; readonly guests: DraftedGuests },
): DraftedGroups {
  const { people } = named;
  const aliasesOf = aliasesIn(inventory);
  const { groups, tenant } = inventory;
  const aliases = Map.groupBy(groups, ({ inputs }) => inputs.mailNickname?.toLowerCase());
  const addresses = new Set(people.names.values());
  const judge = (group: InventoriedGroup): string | undefined => {
    const alias = group.inputs.mailNickname ?? "";
    if ((aliases.get(alias.toLowerCase()) ?? []).length > 1) return "another group has its alias";
    const own = [tenant.initialDomain, ...tenant.domains].map((domain) => `${alias}@${domain}`);
    const isTaken =
      group.inputs.mailEnabled === true && own.some((address) => addresses.has(address));
    return isTaken
      ? "a person has its address in another domain"
      : reasonToLeave(group, inventory.mail?.groups.get(group.id));
  };
  const names = new Map(
    groups.flatMap(({ id, inputs: { mailNickname = "" } }) => {
      const named = groupEntry.shape.name.safeParse(mailNickname);
      const isOnly = aliases.get(mailNickname.toLowerCase())?.length === 1;
      return named.success && isOnly ? [[id, named.data] as const] : [];
    }),
  );
  const judged = groups.map((group) => ({ group, reason: judge(group) }));
  const drafted = judged
    .filter(({ reason }) => reason === undefined)
    .map(({ group }) =>
      entryOf(group, inventory, { ...named, names, aliases: aliasesOf(group.id) }),
    )
    .sort((one, other) => (one.entry.name < other.entry.name ? -1 : 1));
  return {
    groups: drafted.map(({ entry }) => entry),
    left: judged.flatMap(({ group: { id, inputs }, reason }) =>
      reason === undefined
        ? []
        : [{ kind: "group" as const, name: inputs.displayName, id, reason }],
    ),
    remarks: new Map(
      drafted.flatMap(({ entry, remarks }) =>
        remarks.length === 0 ? [] : [[entry.name, remarks] as const],
      ),
    ),
    names,
  };
}

const isUnified = ({ inputs }: InventoriedGroup): boolean =>
  inputs.types?.includes("Unified") === true;

/** Undefined where the program would declare exactly this group. */
function reasonToLeave(
  group: InventoriedGroup,
  mail: InventoriedMailGroup | undefined,
): string | undefined {
  const { inputs } = group;
  const { mailNickname = "", displayName } = inputs;
  if (inputs.dynamicMembership?.enabled === false) return "its membership rule is paused";
  if (inputs.assignableToRole === true) return "can hold roles of the directory";
  const isList = inputs.mailEnabled === true && !isUnified(group);
  if (isList && mail?.list === undefined) return "a distribution list";
  if (isList && group.licenses.length > 0) return "a group with mail that gives licences";
  if (!isList && inputs.securityEnabled !== true) return "gives no access: its security is off";
  if (inputs.mailEnabled === true && !ALIAS.test(mailNickname)) {
    return "its alias has characters that a tenant file does not take";
  }
  return fitting(groupEntry, { name: mailNickname, displayName }).dropped.length === 0
    ? undefined
    : "its name has capitals or other characters that a tenant file does not take";
}

interface Around {
  readonly people: DraftedPeople;
  readonly guests: DraftedGuests;
  /** Of groups, by object id. */
  readonly names: ReadonlyMap<string, string>;
  readonly aliases: readonly string[] | undefined;
}

function entryOf(
  group: InventoriedGroup,
  inventory: Inventory,
  { people, guests, names, aliases }: Around,
): { entry: GroupEntry; remarks: readonly string[] } {
  const { inputs, licenses, isSynchronized } = group;
  const everybody: ReadonlySet<string> = new Set(
    [...inventory.people, ...inventory.guests].map(({ id }) => id),
  );
  /** Undefined where one of them cannot be named: then nobody's place is managed. */
  const named = (
    ids: readonly string[] = [],
    known: ReadonlyMap<string, string>,
  ): string[] | undefined => {
    const found = ids.filter((id) => everybody.has(id)).map((id) => known.get(id));
    return found.includes(undefined) ? undefined : (found as string[]).sort();
  };
  const mail = inventory.mail?.groups.get(group.id);
  // Who manages a list is Exchange's to know.
  const ownerIds = mail?.list === undefined ? inputs.owners : mail.list.owners;
  const owners = named(ownerIds, people.names);
  const members = named(inputs.members, new Map([...people.names, ...guests.names]));
  const nested = groupsIn(group, inventory, names);
  const membershipRule = inputs.dynamicMembership?.rule;
  const { isSayable, ...held } = licensesInFile(licenses);
  const values = {
    name: inputs.mailNickname,
    displayName: inputs.displayName,
    type: typeOf(group, mail),
    source: isSynchronized ? ON_PREMISES : undefined,
    description: inputs.description,
    owners: owners === undefined || owners.length === 0 ? undefined : owners,
    members: membershipRule === undefined ? members : undefined,
    memberGroups: nested.length > 0 && !nested.includes(undefined) ? nested.sort() : undefined,
    membershipRule,
    aliases,
    ...(mail === undefined ? {} : mailKeys(mail, { people, guests })),
    ...held,
  };
  const { kept, dropped } = fitting(groupEntry, managedHere(values, MANAGED_HERE.groups));
  const others = (inputs.members ?? []).filter((id) => !everybody.has(id)).length - nested.length;
  const ofPeople = [
    ...((ownerIds ?? []).length === 0 ? ["Nobody owns this group."] : []),
    ...(owners === undefined ? ["Has owners that cannot be named here; left as they are."] : []),
    ...(members === undefined ? ["Has members that cannot be named here; left as they are."] : []),
    ...(nested.includes(undefined)
      ? ["Has groups in it that cannot be named here; left as they are."]
      : []),
    ...(others === 0
      ? []
      : [`Members that are neither people nor groups, left as they are: ${others}.`]),
  ];
  return {
    entry: kept as unknown as GroupEntry,
    remarks: [
      // Who belongs to such a group is decided on premises.
      ...(isSynchronized ? [] : ofPeople),
      ...(isSayable ? [] : ["Gives licences that this file cannot say; left as they are."]),
      ...(dropped.length === 0 ? [] : [`Left as it is in the tenant: ${dropped.join(", ")}.`]),
    ],
  };
}

/** The groups in a group by the names that the file has for them; undefined for one that it cannot have there. */
function groupsIn(
  group: InventoriedGroup,
  { groups, mail }: Inventory,
  names: ReadonlyMap<string, string>,
): (string | undefined)[] {
  const ids = new Set(group.inputs.members);
  const typeIn = (one: InventoriedGroup): GroupEntry["type"] =>
    typeOf(one, mail?.groups.get(one.id));
  const byId = new Map(groups.map((one) => [one.id, one]));
  // Whether Microsoft refuses circles is not documented; the file does.
  const around = new Set<string>();
  const lookInto = (id: string): void => {
    if (around.has(id)) return;
    around.add(id);
    byId.get(id)?.inputs.members?.forEach(lookInto);
  };
  const isInside = (inner: InventoriedGroup): boolean => {
    around.clear();
    lookInto(inner.id);
    return around.has(group.id);
  };
  const isSayable = (inner: InventoriedGroup): boolean =>
    canContain(typeIn(group), typeIn(inner)) && !isInside(inner);
  return groups
    .filter(({ id }) => ids.has(id))
    .map((inner) => (isSayable(inner) ? names.get(inner.id) : undefined));
}

function typeOf(
  group: InventoriedGroup,
  mail: InventoriedMailGroup | undefined,
): GroupEntry["type"] {
  if (isUnified(group)) return "microsoft365";
  if (mail?.list === undefined) return "security";
  return mail.list.isSecurity ? "mailSecurity" : "distribution";
}

/** Senders only where the file can name them all; groups among them are told apart when the file is read. */
function mailKeys(
  { hideFromAddressLists, requireSenderAuthentication, senders }: InventoriedMailGroup,
  { people, guests }: { readonly people: DraftedPeople; readonly guests: DraftedGuests },
): Partial<GroupEntry> {
  const names = new Set([...people.names.values(), ...guests.names.values()]);
  const isNamed = senders.length > 0 && senders.every((sender) => names.has(sender));
  const open = !requireSenderAuthentication && senders.length === 0;
  return {
    ...(hideFromAddressLists ? { hideFromAddressLists } : {}),
    ...(open ? { senders: "anyone" as const } : {}),
    ...(isNamed && requireSenderAuthentication ? { senders: [...senders].sort() } : {}),
  };
}
