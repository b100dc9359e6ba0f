/**
 * Mail addresses of a user with a mailbox.
 * @see https://learn.microsoft.com/troubleshoot/entra/entra-id/user-prov-sync/proxyaddresses-attribute-populate (checked 2026-11)
 */
import type { Scope } from "../core/workload.ts";
import type { GraphObject } from "../graph/object.ts";
import { groups, users } from "./collections.ts";
import { initialDomain } from "./rules.ts";

/** No address twice, whatever its casing; `smtp:` is added where no kind is given. */
export function normalizeAddresses(addresses: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const address of addresses) {
    const whole = address.includes(":") ? address : `smtp:${address}`;
    const known = seen.get(whole.toLowerCase());
    if (known === undefined || whole.startsWith("SMTP:")) seen.set(whole.toLowerCase(), whole);
  }
  return [...seen.values()];
}

export function addressesOf(user: GraphObject): string[] {
  return Array.isArray(user.proxyAddresses) ? user.proxyAddresses.map(String) : [];
}

/** What a mailbox gives its owner: the user principal name and the alias at the initial domain, unless others have them. */
export function withMailboxAddresses(scope: Scope, user: GraphObject): GraphObject {
  const own = [
    String(user.userPrincipalName),
    `${String(user.mailNickname)}@${initialDomain(scope)}`,
  ];
  const free = own.filter((address) => isFree(scope, address, user.id));
  const mail = typeof user.mail === "string" ? user.mail : free[0];
  if (mail === undefined) return user;
  const proxyAddresses = normalizeAddresses([`SMTP:${mail}`, ...addressesOf(user), ...free]);
  return { ...user, mail, proxyAddresses };
}

function isFree(scope: Scope, address: string, ownId: string): boolean {
  return [users, groups].every((collection) =>
    scope.store
      .find(collection, "proxyAddresses", `smtp:${address}`)
      .every(({ object }) => object.id === ownId),
  );
}
