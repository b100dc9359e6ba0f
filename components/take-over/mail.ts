/** The inverse of mail.ts and mailboxes.ts: what Exchange has, as keys of entries and as mailboxes of nobody's own. */
import { domainOfAddress } from "../../core/mail-address.ts";
import type { InventoriedMailbox, InventoriedPerson, Inventory } from "../../provider/index.ts";
import { mailboxEntry, userEntry } from "../../tenant-file/index.ts";
import type { MailboxEntry } from "../../tenant-file/index.ts";
import { aliasesIn, ownersIn } from "./aliases.ts";
import { fitting } from "./fitting.ts";
import { rightsIn } from "./mailbox-rights.ts";
import type { LeftAlone } from "./people.ts";

export interface DraftedMail {
  /** Sorted by address. */
  readonly mailboxes: readonly MailboxEntry[];
  readonly left: readonly LeftAlone[];
  /** What is said above an entry, by address. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** Accounts of shared mailboxes that are taken over: no people. */
  readonly accounts: ReadonlySet<string>;
}

interface Given {
  readonly id: string;
  readonly mailbox: InventoriedMailbox;
}

export function draftMail(inventory: Inventory): DraftedMail {
  const ownersOf = ownersIn(inventory);
  const aliasesOf = aliasesIn(inventory);
  const accounts = new Map(inventory.people.map((person) => [person.id, person]));
  const shared = [...(inventory.mail?.mailboxes ?? [])]
    .filter(([, { type }]) => type !== undefined && type !== "regular")
    .map(([id, mailbox]): Given => ({ id, mailbox }));
  const judged = shared.map((given) => ({
    ...given,
    reason: ownersOf(given.mailbox.address).some((id) => id !== given.id)
      ? "a person or group has its address in another domain"
      : reasonToLeave(given, accounts.get(given.id), inventory.tenant),
  }));
  const taken = judged.filter(({ reason }) => reason === undefined);
  const isAccount = new Set(taken.map(({ id }) => id));
  const names = new Set(
    inventory.people
      .filter(({ id }) => !isAccount.has(id))
      .flatMap(({ inputs }) => {
        const named = userEntry.shape.userPrincipalName.safeParse(inputs.userPrincipalName);
        return named.success ? [named.data] : [];
      }),
  );
  const drafted = taken
    .map((given) => entryOf(given, { aliases: aliasesOf(given.id), names }))
    .sort((one, other) => (one.entry.address < other.entry.address ? -1 : 1));
  return {
    mailboxes: drafted.map(({ entry }) => entry),
    left: judged.flatMap(({ id, mailbox: { address }, reason }) =>
      reason === undefined ? [] : [{ kind: "mailbox" as const, name: address, id, reason }],
    ),
    remarks: new Map(
      drafted.flatMap(({ entry, remarks }) =>
        remarks.length === 0 ? [] : [[entry.address, remarks] as const],
      ),
    ),
    accounts: isAccount,
  };
}

/** Undefined where the program would declare exactly this mailbox. */
function reasonToLeave(
  { mailbox: { address, displayName } }: Given,
  account: InventoriedPerson | undefined,
  tenant: Inventory["tenant"],
): string | undefined {
  if (account === undefined) return "its account is not among the people of the directory";
  if (account.isSynchronized) return "its account comes from the on-premises directory";
  if (account.inputs.accountEnabled !== false) {
    return "its account can sign in: ask who does; blocked, it can be taken over";
  }
  if (![tenant.initialDomain, ...tenant.domains].includes(domainOfAddress(address))) {
    return "its address is in none of the domains";
  }
  return fitting(mailboxEntry, { address, displayName }).dropped.length === 0
    ? undefined
    : "its address or name has characters that a tenant file does not take";
}

function entryOf(
  { mailbox }: Given,
  {
    aliases,
    names,
  }: { readonly aliases: readonly string[] | undefined; readonly names: ReadonlySet<string> },
): { entry: MailboxEntry; remarks: readonly string[] } {
  const rights = rightsIn(mailbox, names);
  const { address, displayName, type } = mailbox;
  const { kept, dropped } = fitting(mailboxEntry, {
    ...{ address, displayName, ...(type === "shared" ? {} : { type }) },
    ...{ aliases, ...rights.lists },
  });
  const left = [...rights.left, ...dropped];
  return {
    entry: kept as unknown as MailboxEntry,
    remarks: left.length === 0 ? [] : [`Left as it is in the tenant: ${left.join(", ")}.`],
  };
}
