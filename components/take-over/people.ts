/** The inverse of people.ts: accounts that exist as entries of a tenant file, where the file can say what they are. */
import type { InventoriedPerson, Inventory } from "../../provider/index.ts";
import { userEntry } from "../../tenant-file/index.ts";
import type { UserEntry } from "../../tenant-file/index.ts";
import { MANAGED_HERE, ON_PREMISES } from "../../core/on-premises.ts";
import { aliasesIn } from "./aliases.ts";
import { fitting, licensesInFile, managedHere } from "./fitting.ts";
import { ownMailboxOf } from "./own-mailbox.ts";
import type { MailboxPlace } from "./own-mailbox.ts";

/** Most keys of the file are called as in the directory. */
type Named = Readonly<Record<string, unknown>>;

export interface DraftedPeople {
  /** Sorted by name. */
  readonly users: readonly UserEntry[];
  readonly left: readonly LeftAlone[];
  /** What is said above an entry, by user principal name. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** What the file can call somebody, by object id; nobody who cannot be named is in it. */
  readonly names: ReadonlyMap<string, string>;
}

/** Something that stays as it is, and why. */
export interface LeftAlone {
  readonly kind:
    "person" | "guest" | "group" | "mailbox" | "contact" | "site" | "domain" | "sign-in rule";
  readonly name: string;
  /** Object id; of a site its address. */
  readonly id: string;
  readonly reason: string;
}

/** @param options.accounts that are no people: of shared mailboxes */
export function draftPeople(
  inventory: Inventory,
  { accounts, place }: { readonly accounts: ReadonlySet<string>; readonly place: MailboxPlace },
): DraftedPeople {
  const { tenant, mail } = inventory;
  const aliasesOf = aliasesIn(inventory);
  const people = inventory.people.filter(({ id }) => !accounts.has(id));
  const domains: ReadonlySet<string> = new Set([tenant.initialDomain, ...tenant.domains]);
  const judged = people.map((person) => ({ person, reason: reasonToLeave(person, domains) }));
  const taken = judged.filter(({ reason }) => reason === undefined);
  const names = new Map(
    people.flatMap(({ id, inputs }) => {
      const named = userEntry.shape.userPrincipalName.safeParse(inputs.userPrincipalName);
      return named.success ? [[id, named.data] as const] : [];
    }),
  );
  const known = new Set(names.values());
  const drafted = taken
    .map(({ person }) =>
      entryOf(person, {
        ...{ names, aliases: aliasesOf(person.id) },
        own: ownMailboxOf(mail?.mailboxes.get(person.id), { names: known, place }),
      }),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    users: drafted.map(({ entry }) => entry),
    left: judged.flatMap(({ person: { id, inputs }, reason }) =>
      reason === undefined
        ? []
        : [{ kind: "person" as const, name: inputs.userPrincipalName, id, reason }],
    ),
    remarks: new Map(
      drafted.flatMap(({ name, remarks }) => (remarks.length === 0 ? [] : [[name, remarks]])),
    ),
    names,
  };
}

/** Undefined where the program would declare exactly this account. */
function reasonToLeave(
  { inputs, isSynchronized }: InventoriedPerson,
  domains: ReadonlySet<string>,
): string | undefined {
  const { userPrincipalName: name, mail, mailNickname, displayName } = inputs;
  const [local, domain = ""] = name.split("@");
  if (name.toLowerCase().includes("#ext#")) return "an account of another organisation";
  if (!domains.has(domain.toLowerCase())) return "the sign-in name is in none of the domains";
  if (fitting(userEntry, { userPrincipalName: name }).dropped.length > 0) {
    return "the sign-in name has capitals or other characters that a tenant file does not take";
  }
  if (fitting(userEntry, { displayName }).dropped.length > 0) {
    return "the name has characters that a tenant file does not take";
  }
  // Of them neither address nor alias is declared.
  if (isSynchronized) return undefined;
  if (mail === undefined) return "no e-mail address";
  if (mail !== name) return "the primary e-mail address is not the sign-in name";
  return mailNickname === local ? undefined : "the mail alias is not the first part of the name";
}

function entryOf(
  { inputs, licenses, isSynchronized }: InventoriedPerson,
  {
    names,
    aliases,
    own,
  }: {
    readonly names: ReadonlyMap<string, string>;
    readonly aliases: readonly string[] | undefined;
    readonly own: ReturnType<typeof ownMailboxOf>;
  },
): { name: string; entry: UserEntry; remarks: readonly string[] } {
  const { userPrincipalName, accountEnabled, managerId } = inputs;
  const { isSayable, ...direct } = licensesInFile(licenses);
  const isBlocked = accountEnabled === false;
  const alike = Object.keys(userEntry.shape).map((key) => [key, (inputs as Named)[key]] as const);
  const values: Named = {
    ...Object.fromEntries(alike),
    source: isSynchronized ? ON_PREMISES : undefined,
    accountEnabled: isBlocked ? false : undefined,
    manager: managerId === undefined ? undefined : names.get(managerId),
    aliases,
    ...direct,
    mailbox: own.mailbox,
  };
  const { kept, dropped } = fitting(userEntry, managedHere(values, MANAGED_HERE.users));
  const left = [...dropped, ...(isSynchronized ? [] : own.left)];
  return {
    name: userPrincipalName,
    entry: kept as unknown as UserEntry,
    remarks: [
      ...(isBlocked ? ["Blocked; nobody here knows why: blockedBecause can say it."] : []),
      ...(isBlocked && licenses.length > 0 ? ["Blocked, and holds a licence all the same."] : []),
      ...(isSayable ? [] : ["Holds licences that this file cannot say; left as they are."]),
      ...(left.length === 0 ? [] : [`Left as it is in the tenant: ${left.join(", ")}.`]),
    ],
  };
}
