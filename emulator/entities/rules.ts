/** Checks that several directory entities share, in the service's words. */
import { badRequest } from "../graph/errors.ts";
import type { ServiceFailure } from "../core/failure.ts";
import type { Collection } from "../core/store.ts";
import type { Scope } from "../core/workload.ts";
import { domains, groups, users, type GraphObject } from "./collections.ts";

/** As the service's messages name it. */
export type ResourceName = "User" | "Group" | "Application";

export function requireValues(
  object: GraphObject,
  names: readonly string[],
  resource: string,
): void {
  const missing = names.find(
    (name) => object[name] === undefined || object[name] === null || object[name] === "",
  );
  if (missing === undefined) return;
  const message = `A value is required for property '${missing}' of resource '${resource}'.`;
  throw badRequest(message, [{ code: "MissingValue", target: missing, message }]);
}

export function invalidValue(property: string, resource: ResourceName): ServiceFailure {
  const message = `Invalid value specified for property '${property}' of resource '${resource}'.`;
  return badRequest(message, [{ code: "InvalidValue", target: property, message }]);
}

/** The body of microsoft-graph-docs#1508. */
function conflict(property: string): ServiceFailure {
  const message = `Another object with the same value for property ${property} already exists.`;
  return badRequest(message, [
    { code: "ObjectConflict", target: property, message },
    {
      code: "ConflictingObjects",
      target: property,
      message: "The conflicting object is in this directory.",
    },
  ]);
}

/** Refuses when another live object of the collection has the value under that key. */
export function requireUnique(
  scope: Scope,
  collection: Collection<GraphObject>,
  candidate: { key: string; value: string; id: string },
): void {
  const taken = scope.store
    .find(collection, candidate.key, candidate.value)
    .some((entry) => entry.object.id !== candidate.id);
  if (taken) throw conflict(candidate.key);
}

/** Refuses mail addresses that another user or group has. */
export function requireFreeAddresses(
  scope: Scope,
  addresses: readonly string[],
  ownId: string,
): void {
  for (const value of addresses) {
    for (const collection of [users, groups]) {
      requireUnique(scope, collection, { key: "proxyAddresses", value, id: ownId });
    }
  }
}

export function isVerifiedDomain(scope: Scope, name: string): boolean {
  return scope.store.get(domains, name.toLowerCase())?.isVerified === true;
}

export function defaultDomain(scope: Scope): string {
  const found = scope.store.list(domains).find((entry) => entry.object.isDefault === true);
  return found?.object.id ?? "";
}

export function initialDomain(scope: Scope): string {
  const found = scope.store.list(domains).find((entry) => entry.object.isInitial === true);
  return found?.object.id ?? "";
}

/** `S-1-12-1-…`, the object id as a security identifier. */
export function securityIdentifier(id: string): string {
  const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
  // The first three groups of a GUID are stored in little-endian order.
  const guid = Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
  return `S-1-12-1-${[0, 4, 8, 12].map((offset) => guid.readUInt32LE(offset)).join("-")}`;
}
