/** Finding mailboxes and recipients by any of their names, and writing their addresses. */
import type { Entry } from "../core/store.ts";
import { isVisible } from "../core/visibility.ts";
import type { Call, Scope } from "../core/workload.ts";
import { addressesOf } from "../entities/addresses.ts";
import { groups, users } from "../entities/collections.ts";
import type { GraphObject } from "../graph/object.ts";
import { addressInUse, objectAmbiguous, objectNotFound } from "./errors.ts";
import { mailboxes, type Mailbox } from "./model.ts";

export function text(object: GraphObject, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}

export function primaryAddress(user: GraphObject): string {
  const primary = addressesOf(user).find((address) => address.startsWith("SMTP:"));
  return primary?.slice("SMTP:".length) ?? (text(user, "mail") || text(user, "userPrincipalName"));
}

/** Users whom the identity names: id, sign-in name, alias, any address, or display name. */
function candidates(call: Call, identity: string): GraphObject[] {
  const found = new Map<string, GraphObject>();
  const add = (entry: Entry<GraphObject> | undefined): void => {
    if (entry !== undefined && isVisible(call, entry)) found.set(entry.object.id, entry.object);
  };
  add(call.store.entry(users, identity.toLowerCase()));
  for (const key of ["userPrincipalName", "mailNickname", "displayName"]) {
    call.store.find(users, key, identity).forEach(add);
  }
  call.store.find(users, "proxyAddresses", `smtp:${identity}`).forEach(add);
  for (const { object } of call.store.list(mailboxes)) {
    if (object.exchangeGuid === identity.toLowerCase()) add(call.store.entry(users, object.id));
  }
  return [...found.values()];
}

export interface Recipient {
  user: GraphObject;
  mailbox: Mailbox;
}

/** @throws ServiceFailure 404 when there is no such mailbox, 400 when there are several */
export function requireMailbox(call: Call, identity: string): Recipient {
  const found = candidates(call, identity).flatMap((user) => {
    const mailbox = call.store.get(mailboxes, user.id);
    return mailbox === undefined ? [] : [{ user, mailbox }];
  });
  const [first] = found;
  if (first === undefined) throw objectNotFound(identity);
  if (found.length > 1) throw objectAmbiguous(identity);
  return first;
}

/** A user, with or without a mailbox. Security groups of the directory are unknown to Exchange. */
export function requireUser(call: Call, identity: string): GraphObject {
  const found = candidates(call, identity);
  const [first] = found;
  if (first === undefined) throw objectNotFound(identity);
  if (found.length > 1) throw objectAmbiguous(identity);
  return first;
}

/** Groups with mail, by any of their names where one is given. */
export function mailGroupsNamed(call: Call, identity: string | undefined): GraphObject[] {
  const wanted = identity?.toLowerCase();
  const isNamed = (group: GraphObject): boolean =>
    wanted === undefined ||
    ["id", "mail", "mailNickname", "displayName"].some(
      (name) => text(group, name).toLowerCase() === wanted,
    ) ||
    addressesOf(group).some((address) => address.toLowerCase() === `smtp:${wanted}`);
  return call.store
    .list(groups)
    .filter((entry) => entry.object.mailEnabled === true && isVisible(call, entry))
    .map(({ object }) => object)
    .filter(isNamed);
}

/** @throws ServiceFailure 404 when there is no such group of the kind, 400 when there are several */
export function requireGroup(
  call: Call,
  identity: string,
  isWanted: (group: GraphObject) => boolean,
): GraphObject {
  const found = mailGroupsNamed(call, identity).filter(isWanted);
  const [first] = found;
  if (first === undefined) throw objectNotFound(identity);
  if (found.length > 1) throw objectAmbiguous(identity);
  return first;
}

/** Undefined for who or what receives no mail here: people without a mailbox, groups without mail. */
export function kindOfRecipient(scope: Scope, object: GraphObject): string | undefined {
  const mailbox = scope.store.get(mailboxes, object.id);
  if (mailbox !== undefined) return mailbox.recipientTypeDetails;
  if (object.userType === "Guest" && text(object, "mail") !== "") return "GuestMailUser";
  if (object.mailEnabled !== true) return undefined;
  if ((object.groupTypes as string[]).includes("Unified")) return "GroupMailbox";
  return object.securityEnabled === true
    ? "MailUniversalSecurityGroup"
    : "MailUniversalDistributionGroup";
}

/** A mailbox, a guest or a group with mail. @throws ServiceFailure 404 when there is none, 400 when there are several */
export function requireRecipient(call: Call, identity: string): GraphObject {
  const found = [...candidates(call, identity), ...mailGroupsNamed(call, identity)].filter(
    (object) => kindOfRecipient(call, object) !== undefined,
  );
  const [first] = found;
  if (first === undefined) throw objectNotFound(identity);
  if (found.length > 1) throw objectAmbiguous(identity);
  return first;
}

/** What Exchange shows of a user by object id; someone who is gone is left out. */
export function usersById(scope: Scope, ids: readonly string[]): GraphObject[] {
  return ids.flatMap((id) => scope.store.get(users, id) ?? []);
}

/** @throws ServiceFailure 400 when another recipient has one of the addresses */
export function refuseAddressesInUse(
  scope: Scope,
  ownId: string,
  addresses: readonly string[],
): void {
  for (const address of addresses) {
    for (const collection of [users, groups]) {
      const other = scope.store
        .find(collection, "proxyAddresses", address)
        .find(({ object }) => object.id !== ownId);
      if (other !== undefined) throw addressInUse(address, text(other.object, "displayName"));
    }
  }
}

/** Writes to the directory, which notifies the others. */
export function saveUser(scope: Scope, user: GraphObject): void {
  scope.store.replace(users, user);
  scope.emit("user.updated", { id: user.id });
}
