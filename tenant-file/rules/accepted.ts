import { OBJECT_KINDS } from "../../core/nouns.ts";
import { ACCEPTABLE_LISTS, NAMING_SOMEBODY, WITH_ROLE } from "../schema/accepted.ts";
import type { Finding } from "../diagnostic.ts";
import { list, quote, show } from "../reading/show.ts";
import { nearest } from "../reading/nearest.ts";
import { declaredObjects, itemsOf, unresolved } from "./facts.ts";
import type { Facts, Placed, Rule } from "./facts.ts";

type Entry = NonNullable<NonNullable<Facts["tenant"]["accepted"]>[number]>;

const FORMS = ["value", "extra", "missing"] as const;

/** A deviation is of something that is managed, says what was found, and never of an account that is protected. */
export const acceptedThingsAreManaged: Rule = (facts) => {
  const seen = new Set<string>();
  return itemsOf(facts.tenant.accepted, ["accepted"]).flatMap((entry) => [
    ...ofObject(facts, entry),
    ...inForm(entry),
    ...identified(entry),
    ...repeated(entry, seen),
  ]);
};

function ofObject(facts: Facts, { path, value: entry }: Placed<Entry>): Finding[] {
  const { users, guests, groups, mailboxes, sites, domains, tenant } = facts.tenant;
  const declared = declaredObjects(facts);
  const protectedAccounts = [
    ...(tenant?.emergencyAccounts ?? []),
    ...(tenant?.globalAdministrators ?? []),
  ];
  return OBJECT_KINDS.flatMap((kind): Finding[] => {
    const [name, { property }] = [entry[kind], entry];
    if (name === undefined) return [];
    const at = [...path, kind];
    const unknown = unresolved({ path: at, value: name }, declared[kind], nearest);
    if (unknown.length > 0) return unknown;
    if (kind === "user" && protectedAccounts.includes(name)) {
      return [
        {
          path: at,
          message: "This account is protected: no deviation of it can be accepted",
          received: quote(name),
          allowed: "a user that is no emergency account and no global administrator",
        },
      ];
    }
    const found = {
      user: users?.find((one) => one?.userPrincipalName === name),
      guest: guests?.find((one) => one?.email === name),
      group: groups?.find((one) => one?.name === name),
      mailbox: mailboxes?.find((one) => one?.address === name),
      site: sites?.find((one) => one?.url === name),
      domain: domains?.find((one) => one?.name === name),
    }[kind];
    if (found === undefined || property === undefined) return [];
    const cleared: readonly (string | undefined)[] = "clear" in found ? (found.clear ?? []) : [];
    if (isIn(found, property.split(".")) || cleared.includes(property)) return [];
    return [
      {
        path: [...path, "property"],
        message: `This ${kind} is declared without this key, so nothing differs from the file`,
        received: quote(property),
        allowed: "a key that the object's entry has",
      },
    ];
  });
}

/** Of automatic replies one key stands for all: what the group leaves out is nothing, and not unmanaged. */
function isIn(entry: object, [key = "", ...inner]: readonly string[]): boolean {
  const value: unknown = Object.entries(entry).find(([own]) => own === key)?.[1];
  if (value === undefined) return false;
  if (inner.length === 0 || key === "automaticReplies") return true;
  return typeof value === "object" && value !== null && isIn(value, inner);
}

function inForm({ path, value: entry }: Placed<Entry>): Finding[] {
  const { property, value } = entry;
  if (property === undefined) return [];
  const isList = ACCEPTABLE_LISTS.some((one) => one === property);
  const given = FORMS.filter((key) => key in entry);
  const wanted = property === "senders" ? FORMS : isList ? ["extra", "missing"] : ["value"];
  if (given.length !== 1 || !given.every((key) => wanted.includes(key))) {
    return [
      {
        path,
        message: `Needs exactly one of ${list(wanted)}`,
        received: given.length === 0 ? "none of them" : list(given),
        allowed: isList ? "one element of the list" : "what the tenant has instead",
      },
    ];
  }
  const allowed = WORDS[property] ?? "text";
  // Where it was not understood, that is another problem.
  if (value === undefined || wordFor(value) === allowed) return [];
  return [
    {
      path: [...path, "value"],
      message: `Not a valid value for ${property}`,
      received: show(value),
      allowed,
    },
  ];
}

/** A name alone is nobody's: it may change, and the next one of that name would be accepted too. */
function identified({ path, value: entry }: Placed<Entry>): Finding[] {
  const { property, value, extra, id, role } = entry;
  const isSender = property === "senders" && value === undefined;
  const namesSomebody =
    isSender || (NAMING_SOMEBODY.some((key) => key === property) && value !== "");
  const givesRight = WITH_ROLE.some((key) => key === property) && extra !== undefined;
  return [
    ...presence({ path, key: "id", received: id }, namesSomebody),
    ...presence({ path, key: "role", received: role }, givesRight),
  ];
}

function presence(
  { path, key, received }: Pick<Placed<Entry>, "path"> & { key: string; received?: unknown },
  isWanted: boolean,
): Finding[] {
  if ((received !== undefined) === isWanted) return [];
  return [
    {
      path: isWanted ? path : [...path, key],
      message: isWanted ? `Needs ${key} too` : `Takes no ${key}`,
      received: isWanted ? "none" : show(received),
      allowed: ALLOWED[key] ?? "",
    },
  ];
}

const ALLOWED: Readonly<Partial<Record<string, string>>> = {
  id: "the object id of a person or group, as `tenantry accept` writes it",
  role: "with extra of permissions and calendars: the right that the tenant gives",
};

const WORDS: Readonly<Partial<Record<string, string>>> = {
  accountEnabled: "true or false",
  businessPhones: "a list",
  hideFromAddressLists: "true or false",
  "mailbox.forwardTo": "a list",
  "mailbox.deliverToMailboxAndForward": "true or false",
  "mailbox.litigationHoldEnabled": "true or false",
  "mailbox.archiveEnabled": "true or false",
};

const wordFor = (value: NonNullable<Entry["value"]>): string =>
  Array.isArray(value) ? "a list" : typeof value === "boolean" ? "true or false" : "text";

function repeated({ path, value: entry }: Placed<Entry>, seen: Set<string>): Finding[] {
  const { property, extra, missing, id } = entry;
  const names = OBJECT_KINDS.map((kind) => entry[kind]);
  const key = JSON.stringify([names, property, id ?? [extra, missing]]);
  if (!seen.has(key)) {
    seen.add(key);
    return [];
  }
  return [
    {
      path,
      message: "This deviation is accepted twice",
      received: quote(property ?? ""),
      allowed: "one entry for each deviation",
    },
  ];
}
