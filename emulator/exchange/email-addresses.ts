/** Aliases and addresses of recipients of every kind: what is valid, and what a change makes of them. */
import type { Call } from "../core/workload.ts";
import { addressesOf, normalizeAddresses } from "../entities/addresses.ts";
import { isVerifiedDomain } from "../entities/rules.ts";
import type { GraphObject } from "../graph/object.ts";
import type { ListChange } from "./cmdlet.ts";
import { refused } from "./errors.ts";
import { refuseAddressesInUse } from "./recipients.ts";

const MAX_ALIAS_LENGTH = 64;

/** Letters, digits and some signs; periods inside only. */
export function checkAlias(alias: string): string {
  const isGood = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(alias);
  if (!isGood || alias.length > MAX_ALIAS_LENGTH)
    throw refused(`The value "${alias}" of property Alias isn't valid.`);
  return alias;
}

export function checkAddress(address: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
    throw refused(`"${address}" isn't a valid SMTP address.`);
}

export function requireAcceptedDomain(call: Call, address: string): void {
  const domain = address.split("@")[1] ?? "";
  if (!isVerifiedDomain(call, domain)) {
    throw refused(
      `"${address}" isn't valid: the domain "${domain}" isn't an accepted domain of your organization.`,
    );
  }
}

/** The addresses that the recipient has then. @throws ServiceFailure where another has one of them, or none is primary */
export function changedAddresses(call: Call, before: GraphObject, change: ListChange): string[] {
  const wanted =
    "replace" in change
      ? normalizeAddresses(change.replace)
      : addAndRemove(addressesOf(before), {
          add: normalizeAddresses(change.add),
          remove: normalizeAddresses(change.remove),
        });
  checkAddresses(call, before.id, wanted);
  return wanted;
}

/** Addresses are the same without regard to case, whose only meaning is which one is primary. */
function addAndRemove(
  present: readonly string[],
  change: { add: readonly string[]; remove: readonly string[] },
): string[] {
  const lower = (address: string): string => address.toLowerCase();
  const removed = new Set(change.remove.map(lower));
  const hasNewPrimary = change.add.some((address) => address.startsWith("SMTP:"));
  const kept = present
    .filter((address) => !removed.has(lower(address)))
    .map((address) => (hasNewPrimary ? address.replace(/^SMTP:/, "smtp:") : address));
  return normalizeAddresses([...kept, ...change.add]);
}

function checkAddresses(call: Call, ownId: string, addresses: readonly string[]): void {
  const primary = addresses.filter((address) => address.startsWith("SMTP:"));
  if (primary.length !== 1) {
    throw refused(`There must be exactly one primary SMTP address; got ${primary.length}.`);
  }
  for (const address of addresses.filter((one) => /^smtp:/i.test(one))) {
    checkAddress(address.slice("smtp:".length));
    requireAcceptedDomain(call, address.slice("smtp:".length));
  }
  refuseAddressesInUse(call, ownId, addresses);
}
