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
  return primary?.slice("SMTP:".length) ?? text(user, "userPrincipalName");
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
